"""A Rich Text document → HTML elements: its paragraphs, then notes and what is not read."""

import locale
import re
from collections.abc import Iterable
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Cover
from audiobook.readers import sources
from audiobook.readers.converted.book import Converted
from audiobook.readers.converted.builder import HtmlBuilder, add_heading_number, add_note_mark, class_of, unread
from audiobook.readers.converted.xml import check_paragraphs
from audiobook.readers.rtf.destinations import DESTINATIONS, HIDDEN
from audiobook.readers.rtf.model import Item, Paragraph, Parsed, Style
from audiobook.readers.rtf.parser import Parser
from audiobook.readers.rtf.properties import PROPERTIES
from audiobook.readers.text.gutenberg import split_authors
from audiobook.readers.titles import one_line

_WORDS = {**PROPERTIES, **DESTINATIONS}
_MAX_BYTES = 128 * 2**20  # pictures are in it as digits
_HEADING = re.compile(r"heading\s*([1-9])")
_CONTENTS = re.compile(r"(?:toc|contents) (?:\d+|heading)|table of contents")
_TITLES = frozenset({"title", "subtitle", "author"})
_TITLED_CHAPTERS = 3
_MOST_LEVELS = 20  # of styles that are based on styles
_DEEPEST_HEADING = 6
_REASONS = {"deleted": "deleted text", "hidden": "hidden text", "page number": "page number"}
_NUMBER = re.compile(r"\(?(\d{1,6})[.)]?")


def convert(path: Path) -> Converted:
    """The document as HTML elements. Raises BookError."""
    data = sources.read_head(path, _MAX_BYTES + 1).lstrip()
    if len(data) > _MAX_BYTES:
        raise BookError("the Rich Text document is too large", where=str(path), hint="split it into volumes")
    if not data.startswith(b"{\\rtf"):
        raise BookError("this is no Rich Text document", where=str(path), hint="save it again with Word or LibreOffice")
    parsed = Parser(data, str(path), _WORDS, HIDDEN).parse()
    check_paragraphs(len(parsed.body), str(path))
    content = _Content(parsed)
    content.add(parsed.body)
    for key, paragraphs in parsed.notes:
        content.builder.start("aside", {"role": "doc-footnote", "id": key})
        content.add(paragraphs)
        content.builder.end()
    for reason, paragraphs in parsed.others:
        content.builder.start("div", unread(reason))
        content.add(paragraphs)
        content.builder.end()
    title = one_line(parsed.facts.get("title", ""))
    return Converted(
        root=content.builder.finish(),
        title=title or content.title,
        authors=tuple(split_authors(one_line(parsed.facts.get("author", "")))),
        language=locale.windows_locale.get(parsed.language, "").replace("_", "-"),
        cover=_make_cover(parsed.cover),
    )


def _make_cover(data: bytes) -> Cover | None:
    return Cover(data=data, media_type="image/png" if data.startswith(b"\x89PNG") else "image/jpeg") if data else None


class _Content:
    """Adds paragraphs to a builder."""

    def __init__(self, parsed: Parsed) -> None:
        self.builder = HtmlBuilder()
        self.title = ""
        self._styles = {key: _resolve(key, parsed.styles) for key in parsed.styles}
        titles = sum(self._style(paragraph).name == "title" for paragraph in parsed.body)
        self._may_be_title = titles < _TITLED_CHAPTERS
        self._open: list[str] = []  # what is open of a table
        self._list = ""  # the open list
        self._notes = 0

    def _style(self, paragraph: Paragraph) -> Style:
        return self._styles.get(paragraph.style, _PLAIN)

    def add(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add paragraphs, with the tables and lists that they make."""
        for paragraph in paragraphs:
            if paragraph.in_table or paragraph.ends in {"cell", "row"}:
                self._add_to_table(paragraph)
            else:
                self._close_table()
                self._add_paragraph(paragraph)
        self._close_table()
        self._close_list()

    def _add_to_table(self, paragraph: Paragraph) -> None:
        self._close_list()
        if paragraph.ends == "row":
            while self._open and self._open[-1] != "table":
                self._close_one()
            return
        for name in ("table", "tr", "td")[len(self._open) :]:
            self.builder.start(name)
            self._open.append(name)
        if paragraph.items:
            self._add_paragraph(paragraph)
        if paragraph.ends == "cell":
            self._close_list()
            self._close_one()

    def _close_one(self) -> None:
        self.builder.end()
        self._open.pop()

    def _close_table(self) -> None:
        while self._open:
            self._close_one()

    def _close_list(self) -> None:
        if self._list:
            self.builder.end()
            self._list = ""

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        if not (paragraph.ends == "page" and not _has_words(paragraph)):
            self._add_text_of(paragraph)
        if paragraph.ends == "page":
            self._close_list()
            self.builder.put("hr")

    def _add_text_of(self, paragraph: Paragraph) -> None:
        style = self._style(paragraph)
        level = (paragraph.level or style.level) if _has_words(paragraph) else 0
        reason = paragraph.reason or ("table of contents" if _CONTENTS.fullmatch(style.name) else "")
        if style.name in _TITLES and not level and not reason:
            level, reason = self._judge_title(paragraph, style)
        self._may_be_title = self._may_be_title and not level
        name, attributes = f"h{min(level, _DEEPEST_HEADING)}" if level else "p", unread(reason) if reason else {}
        if paragraph.label and not level and not reason:
            name, attributes = "li", self._open_list(paragraph.label)
        else:
            self._close_list()
        if name == "p" and not reason:
            attributes = self._describe(paragraph, style)
        self.builder.start(name, attributes)
        if level and not reason:
            add_heading_number(self.builder, paragraph.label)
        for item in paragraph.items:
            self._add_item(item, is_heading=level > 0)
        self.builder.end()

    def _judge_title(self, paragraph: Paragraph, style: Style) -> tuple[int, str]:
        """The level of a paragraph in a style for titles, and why it is not read."""
        if self._may_be_title:
            self.title = self.title or one_line("".join(item.text for item in paragraph.items if item.kind == "text"))
            return 0, "title page"
        return (1, "") if style.name == "title" else (0, "")

    def _describe(self, paragraph: Paragraph, style: Style) -> dict[str, str]:
        attributes = {"class": class_of([style.name])} if style.name not in {"", "normal", "standard"} else {}
        if paragraph.is_centred or style.is_centred:
            attributes["align"] = "center"
        return attributes

    def _open_list(self, label: str) -> dict[str, str]:
        """Open the list of a paragraph with this number, and return the attributes of its item."""
        number = _NUMBER.fullmatch(label)
        name = "ol" if number or any(map(str.isalnum, label)) else "ul"
        if self._list != name:
            self._close_list()
            self.builder.start(name)
            self._list = name
        return {"value": number[1]} if number else {}

    def _add_item(self, item: Item, *, is_heading: bool) -> None:
        if item.kind == "text":
            self.builder.set_format(tuple(n for n in item.format if n.startswith("su")) if is_heading else item.format)
            self.builder.text(item.text)
        elif item.kind == "line":
            self.builder.put("br")
        elif item.kind == "note":
            self._notes += 1
            add_note_mark(self.builder, item.text, str(self._notes))
        elif item.kind == "anchor":
            self.builder.anchor(item.text)
        elif item.kind == "picture":
            self.builder.put("img", attributes={"alt": ""})
        else:
            self.builder.put("span", item.text, unread(_REASONS[item.kind]))


_PLAIN = Style()


def _has_words(paragraph: Paragraph) -> bool:
    return any(item.kind in {"note", "picture"} or (item.text and not item.text.isspace()) for item in paragraph.items)


def _resolve(key: int, styles: dict[int, Style]) -> Style:
    """The style with the level that it inherits."""
    own = styles[key]
    for _ in range(_MOST_LEVELS):
        style = styles.get(key)
        if style is None:
            break
        found = _HEADING.fullmatch(style.name)
        if found or style.level:
            return Style(name=own.name, level=int(found[1]) if found else style.level, is_centred=own.is_centred)
        if style.based_on == key:
            break
        key = style.based_on
    return own
