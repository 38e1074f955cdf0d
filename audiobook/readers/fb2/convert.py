"""A FictionBook → HTML elements, its sections as the table of contents, and what its description says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from audiobook.model.book import Cover
from audiobook.readers.converted.book import Converted
from audiobook.readers.converted.builder import HtmlBuilder, add_note_mark, unread
from audiobook.readers.fb2.source import Source, decode_picture, load_source
from audiobook.readers.html.markup import Element, attribute, name_of, words_of
from audiobook.readers.html.strip import strip_markup
from audiobook.readers.sections.contents import Entry
from audiobook.readers.titles import one_line

PAGE = "book"  # the name of the only page, for the entries of the contents
_NOTES = frozenset({"notes", "comments", "footnotes"})  # names of the bodies that hold notes
_DEEPEST_HEADING = 5
_SUBTITLE = "h6"
_BOLD_HEADING = "h4"
_MOST_HEADING_WORDS = 12
_FORMATS = {"emphasis": "em", "strong": "strong", "sub": "sub", "sup": "sup", "strikethrough": "s", "code": "code"}
_QUOTED = {"epigraph": "epigraph", "cite": "", "annotation": ""}


def convert(path: Path) -> Converted:
    """The book as HTML elements. Raises BookError."""
    source = load_source(path)
    has_titles = sum(name_of(e) == "title" and name_of(e.getparent()) == "section" for e in source.root.iter()) > 1
    added = _Content(HtmlBuilder(), _find_note_ids(source.root), bold_is_heading=not has_titles)
    for element in source.root:
        if name_of(element) == "description":
            _add_annotation(added, element)
        elif name_of(element) == "body":
            added.add_body(element)
    info = next((e for e in source.root.iter() if name_of(e) == "title-info"), None)
    facts = _read_facts(info) if info is not None else _Facts()
    return Converted(
        root=added.builder.finish(),
        title=facts.title,
        authors=facts.authors,
        language=facts.language,
        cover=_find_cover(source, info) if info is not None else None,
        unmarked=strip_markup(_without_metadata(source)),
        name=PAGE,
        contents=tuple(added.entries),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def _read_facts(info: Element) -> _Facts:
    found = {name_of(e): one_line(words_of(e)) for e in reversed(info) if name_of(e) in {"book-title", "lang"}}
    authors = (_read_author(e) for e in info if name_of(e) == "author")
    return _Facts(
        title=found.get("book-title", ""),
        authors=tuple(dict.fromkeys(author for author in authors if author)),
        language=found.get("lang", ""),
    )


def _read_author(element: Element) -> str:
    parts = {name_of(e): one_line(words_of(e)) for e in element}
    name = " ".join(part for key in ("first-name", "middle-name", "last-name") if (part := parts.get(key)))
    return name or parts.get("nickname", "")


def _find_cover(source: Source, info: Element) -> Cover | None:
    page = next((e for e in info if name_of(e) == "coverpage"), None)
    for image in page.iter() if page is not None else ():
        text = source.pictures.get(attribute(image, "href").lstrip("#"))
        if text and (cover := decode_picture(text)):
            return cover
    return None


def _find_note_ids(root: Element) -> frozenset[str]:
    bodies = (e for e in root if name_of(e) == "body" and attribute(e, "name") in _NOTES)
    return frozenset(key for body in bodies for e in body.iter() if (key := attribute(e, "id")))


def _without_metadata(source: Source) -> str:
    """The markup without the description, of which only the annotation is text."""
    start = source.markup.find("<description")
    end = source.markup.find("</description>", start)
    return source.markup[:start] + source.markup[end:] if 0 <= start < end else source.markup


def _add_annotation(added: "_Content", description: Element) -> None:
    """What the description says of the book, which is not read."""
    for element in description.iter():
        if name_of(element) == "annotation":
            added.builder.start("div", unread("description of the book"))
            added.add(element)
            added.builder.end()


@dataclass(slots=True)
class _Content:
    """Adds the content of bodies to a builder, in order."""

    builder: HtmlBuilder
    note_ids: frozenset[str]
    bold_is_heading: bool  # in a file whose sections have no titles, as Calibre writes them
    entries: list[Entry] = field(default_factory=list)
    depth: int = 0  # of the open sections
    format: tuple[str, ...] = ()

    def add_body(self, body: Element) -> None:
        """Add a body: the text, or notes."""
        if attribute(body, "name") in _NOTES:
            self._add_notes(body)
            return
        has_sections = any(name_of(child) == "section" for child in body)
        for child in body:
            if name_of(child) == "title" and has_sections:
                self.builder.start("div", unread("title page"))
                self.add(child)
                self.builder.end()
            else:
                self._add_block(child)

    def _add_notes(self, body: Element) -> None:
        for child in body:
            if name_of(child) == "section":
                self.builder.start("aside", {"role": "doc-footnote", "id": attribute(child, "id")})
            else:
                self.builder.start("div", unread("notes"))
            depth, self.depth = self.depth, _DEEPEST_HEADING
            entries = len(self.entries)
            self.add(child)
            del self.entries[entries:]
            self.depth = depth
            self.builder.end()

    def add(self, parent: Element) -> None:
        """Add the blocks of a section, a title or a quotation."""
        for child in parent:
            self._add_block(child)

    def _add_block(self, child: Element) -> None:
        name = name_of(child)
        if (add := self._BLOCKS.get(name)) is not None:
            add(self, child)
        elif name:
            self.add(child)

    def _add_section(self, element: Element) -> None:
        title = next((e for e in element if name_of(e) == "title"), None)
        key = f"section-{len(self.entries) + 1}"
        if title is not None and (text := one_line(_join_title(title))):
            self.builder.start("div", {"id": key})
            self.entries.append(Entry(title=text, name=PAGE, anchor=key, depth=self.depth))
        else:
            self.builder.start("div")
            self.builder.put("hr")
        if own := attribute(element, "id"):
            self.builder.anchor(own)
        self.depth += 1
        self.add(element)
        self.depth -= 1
        self.builder.end()

    def _add_title(self, element: Element) -> None:
        """A title: its paragraphs are the lines of one heading."""
        self.builder.start(f"h{min(max(self.depth, 1), _DEEPEST_HEADING)}")
        lines = [line for line in element if name_of(line) == "p"]
        for n, line in enumerate(lines or [element]):
            if n:
                self.builder.put("br")
            self._add_content(line)
        self.builder.end()

    def _add_paragraph(self, element: Element) -> None:
        key = attribute(element, "id")
        name = _SUBTITLE if name_of(element) == "subtitle" else "p"
        if name == "p" and self.bold_is_heading and _is_bold(element):
            name = _BOLD_HEADING
        self.builder.start(name, {"id": key} if key else None)
        self._add_content(element)
        self.builder.end()

    def _add_empty_line(self, element: Element) -> None:  # noqa: ARG002  # one of the functions, which all get the element
        self.builder.put("p")

    def _add_quotation(self, element: Element) -> None:
        kind = _QUOTED[name_of(element)]
        self.builder.start("blockquote", {"class": kind} if kind else None)
        self.add(element)
        self.builder.end()

    def _add_poem(self, element: Element) -> None:
        self.builder.start("div", {"class": "poem"})
        self.add(element)
        self.builder.end()

    def _add_stanza(self, element: Element) -> None:
        self.builder.start("p")
        for n, line in enumerate(line for line in element if name_of(line) == "v"):
            if n:
                self.builder.put("br")
            self._add_content(line)
        self.builder.end()
        for other in element:
            if name_of(other) not in {"v", ""}:
                self._add_block(other)

    def _add_table(self, element: Element) -> None:
        self.builder.start("table")
        for row in element:
            self.builder.start("tr")
            for cell in row:
                if name_of(cell) in {"td", "th"}:
                    self.builder.start(name_of(cell))
                    self._add_content(cell)
                    self.builder.end()
            self.builder.end()
        self.builder.end()

    def _add_content(self, element: Element) -> None:
        """Add the text and the elements inside a paragraph."""
        self._add_text(element.text)
        for child in element:
            self._add_inline(child)
            self._add_text(child.tail)

    def _add_text(self, text: str | None) -> None:
        if text:
            self.builder.set_format(self.format)
            self.builder.text(str(text))

    def _add_inline(self, child: Element) -> None:
        name = name_of(child)
        if name == "image":
            self.builder.put("img", attributes={"alt": attribute(child, "alt")})
        elif name == "a":
            self._add_link(child)
        elif name in _FORMATS and _FORMATS[name] not in self.format:
            before = self.format
            self.format = (*before, _FORMATS[name])
            self._add_content(child)
            self.format = before
        elif name:
            self._add_content(child)

    def _add_link(self, element: Element) -> None:
        target = attribute(element, "href")
        key = target.rpartition("#")[2]
        if attribute(element, "type") == "note" or key in self.note_ids:
            add_note_mark(self.builder, key, words_of(element))
            return
        self.builder.start("a", {"href": target})
        self._add_content(element)
        self.builder.end()

    _BLOCKS: ClassVar[Mapping[str, Callable[["_Content", Element], None]]] = {
        "section": _add_section,
        "title": _add_title,
        "p": _add_paragraph,
        "subtitle": _add_paragraph,
        "text-author": _add_paragraph,
        "date": _add_paragraph,
        "v": _add_paragraph,
        "empty-line": _add_empty_line,
        "epigraph": _add_quotation,
        "cite": _add_quotation,
        "annotation": _add_quotation,
        "poem": _add_poem,
        "stanza": _add_stanza,
        "table": _add_table,
    }


def _is_bold(paragraph: Element) -> bool:
    """Whether a short paragraph is bold from end to end."""
    if str(paragraph.text or "").strip() or not 0 < len(words_of(paragraph).split()) <= _MOST_HEADING_WORDS:
        return False
    return all(name_of(child) == "strong" and not str(child.tail or "").strip() for child in paragraph)


def _join_title(title: Element) -> str:
    """The lines of a title as one: "Chapter 1: The Quay"."""
    return " ".join(_iterate_lines(title)) if len(list(title)) != 2 else ": ".join(_iterate_lines(title))


def _iterate_lines(title: Element) -> Iterator[str]:
    lines = [line for line in title if name_of(line) == "p"] or [title]
    return (text for line in lines if (text := one_line(words_of(line))))
