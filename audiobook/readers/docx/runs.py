"""The inside of a paragraph of Word: runs of text, changes, links, fields, notes, pictures."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from audiobook.readers.converted.builder import HtmlBuilder, add_note_mark, unread
from audiobook.readers.docx.package import W
from audiobook.readers.docx.styles import PLAIN, Style, Styles, is_on, with_run
from audiobook.readers.html.markup import Element, name_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PASSED = frozenset(W + name for name in ("smartTag", "sdtContent", "customXml", "dir", "bdo", "ins", "moveTo", "sdt"))
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_ORNAMENT = "❧"  # what a character of a font of pictures is read as: an ornament, which is not spoken
_FIELD = re.compile(r"\s*([A-Za-z]+)")
_SILENT_FIELDS = {
    "PAGE": "page number",
    "NUMPAGES": "page number",
    "PAGEREF": "page number",
    "NOTEREF": "note reference",
}
_LIST_FIELDS = {"TOC": "table of contents", "INDEX": "index", "TOA": "bibliography"}


def list_field_reason(instruction: str) -> str:
    """Why what a field makes is not read: a list of contents. Empty for other fields."""
    found = _FIELD.match(instruction)
    return _LIST_FIELDS.get(found[1].upper(), "") if found else ""


@dataclass(slots=True)
class FieldState:
    """The fields that are open: they may begin in one paragraph and end in another."""

    names: list[str] = field(default_factory=list)
    instruction: str = ""
    shows: list[bool] = field(default_factory=list)  # of each open field: whether its result has begun

    def read(self, element: Element) -> None:
        """Take in the beginning, the middle or the end of a field."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.names.append("")
            self.shows.append(False)
            self.instruction = ""
        elif kind == "separate" and self.names:
            found = _FIELD.match(self.instruction)
            self.names[-1] = found[1].upper() if found else ""
            self.shows[-1] = True
        elif kind == "end" and self.names:
            self.names.pop()
            self.shows.pop()

    @property
    def list_reason(self) -> str:
        """Why paragraphs inside the field are not read: it makes a list of contents."""
        return next((_LIST_FIELDS[name] for name in self.names if name in _LIST_FIELDS), "")

    @property
    def silent_reason(self) -> str:
        """Why the text inside the field is not read."""
        return next((_SILENT_FIELDS[name] for name in self.names if name in _SILENT_FIELDS), "")

    @property
    def is_code(self) -> bool:
        """Whether text here is the instruction of a field, which Word does not show."""
        return bool(self.shows) and not self.shows[-1]


@dataclass(slots=True)
class Inline:
    """Adds what paragraphs hold to a builder."""

    builder: HtmlBuilder
    styles: Styles
    fields: FieldState = field(default_factory=FieldState)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)  # (kind, id) → its mark, in order of reference
    boxes: list[Element] = field(default_factory=list)  # contents of text boxes, added after the paragraph
    base: Style = PLAIN  # of the paragraph
    is_heading: bool = False
    first_picture: Element | None = None  # the picture that stands before any text

    def add(self, element: Element) -> None:
        """Add the content of a paragraph or of something in it."""
        for child in element:
            self._add_child(child)

    def _add_child(self, child: Element) -> None:
        tag = child.tag
        if tag == f"{W}r":
            self._add_run(child)
        elif tag in _PASSED:
            self.add(child)
        elif tag in _DELETED:
            self.builder.start("del")
            self.add(child)
            self.builder.end()
        elif (add := self._CONTAINERS.get(tag)) is not None:
            add(self, child)
        elif isinstance(tag, str) and tag.startswith(_M):
            self.builder.put("math", " ".join(str(t.text or "") for t in child.iter(f"{_M}t")))

    def _add_bookmark(self, element: Element) -> None:
        add_anchor(self.builder, element)

    def _add_link(self, element: Element) -> None:
        anchor = element.get(f"{W}anchor")
        self.builder.start("a", {"href": f"#{anchor}" if anchor else "link:"})
        self.add(element)
        self.builder.end()

    def _add_simple_field(self, element: Element) -> None:
        found = _FIELD.match(element.get(f"{W}instr") or "")
        reason = _SILENT_FIELDS.get(found[1].upper() if found else "", "")
        if reason:
            self.builder.start("span", unread(reason))
        self.add(element)
        if reason:
            self.builder.end()

    def _add_alternative(self, element: Element) -> None:
        """One of several forms of the same content: the first that can be read."""
        forms = [form for form in element if form.tag in {f"{_MC}Choice", f"{_MC}Fallback"}]
        with_text = (form for form in forms if next(form.iter(f"{W}t"), None) is not None)
        chosen = next(with_text, forms[0] if forms else None)
        for child in chosen if chosen is not None else ():
            self._CONTENT.get(child.tag, Inline._add_child)(self, child)

    def _add_run(self, run: Element) -> None:
        style, position = self.base, ""
        properties = run.find(f"{W}rPr")
        if properties is not None:
            named = properties.find(f"{W}rStyle")
            if named is not None:
                own = self.styles.style(named.get(f"{W}val"))
                style = Style(
                    is_italic=own.is_italic != style.is_italic,
                    is_bold=own.is_bold != style.is_bold,
                    is_hidden=own.is_hidden or style.is_hidden,
                )
            style = with_run(style, properties)
            raised = properties.find(f"{W}vertAlign")
            position = (raised.get(f"{W}val") or "") if raised is not None else ""
        reason = "hidden text" if style.is_hidden else self.fields.silent_reason
        if reason and next(run.iter(f"{W}t"), None) is not None:
            self.builder.start("span", unread(reason))
            self._add_run_content(run)
            self.builder.end()
            return
        self.builder.set_format(self._format_of(style, position))
        self._add_run_content(run)

    def _format_of(self, style: Style, position: str) -> tuple[str, ...]:
        names = []
        if not self.is_heading and (style.is_italic or style.is_bold):
            names.append("em" if style.is_italic else "strong")
        if position in {"superscript", "subscript"}:
            names.append("sup" if position == "superscript" else "sub")
        return tuple(names)

    def _add_run_content(self, run: Element) -> None:
        marked = run.find(f"{W}footnoteReference[@{W}customMarkFollows]")
        if marked is not None and is_on(marked):  # the text of the run is the mark of the note
            own = "".join(str(text.text or "") for text in run.iterfind(f"{W}t"))
            self._add_note(marked, own)
            return
        for child in run:
            add = self._CONTENT.get(child.tag)
            if add is not None:
                add(self, child)

    def _add_text(self, element: Element) -> None:
        if element.text and not (self.fields.is_code and element.tag == f"{W}t"):
            self.builder.text(str(element.text))
        elif element.text:
            self.builder.put("span", str(element.text), unread("field code"))

    def _add_character(self, element: Element) -> None:
        if text := _CHARACTERS[element.tag]:
            self.builder.text(text)

    def _add_break(self, element: Element) -> None:
        kind = element.get(f"{W}type")
        self.builder.put("br", attributes={"class": "page"} if kind == "page" else None)

    def _add_symbol(self, element: Element) -> None:
        code = element.get(f"{W}char") or ""
        value = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
        font = (element.get(f"{W}font") or "").casefold()
        if value >= 0xE000:
            self.builder.text(_ORNAMENT if font != "symbol" or value & 0xFF < 0x20 else chr(value & 0xFF))
        elif value >= 0x20:
            self.builder.text(chr(value))

    def _add_note(self, element: Element, mark: str = "") -> None:
        kind = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        key = (kind, element.get(f"{W}id") or "")
        mark = mark or self.notes.get(key) or str(1 + sum(other == kind for other, _ in self.notes))
        self.notes[key] = mark
        add_note_mark(self.builder, note_key(key), mark)

    def _add_field_character(self, element: Element) -> None:
        self.fields.read(element)

    def _add_instruction(self, element: Element) -> None:
        self.fields.instruction += str(element.text or "")[:1000]

    def _add_ruby(self, element: Element) -> None:
        self.builder.start("ruby")
        for part, name in (("rubyBase", "rb"), ("rt", "rt")):
            found = element.find(W + part)
            if found is not None:
                self.builder.start(name)
                self.add(found)
                self.builder.end()
        self.builder.end()

    def _add_drawing(self, element: Element) -> None:
        boxes = list(_find_boxes(element))
        self.boxes += boxes
        if boxes:
            return
        if not self.builder.words and self.first_picture is None:
            self.first_picture = element
        described = next((e for e in element.iter() if name_of(e) == "docpr"), None)
        self.builder.put("img", attributes={"alt": (described.get("descr") or "") if described is not None else ""})

    # The elements of a paragraph and those of a run → what adds them.
    _CONTAINERS: ClassVar[Mapping[object, Callable[["Inline", Element], None]]] = {
        f"{W}hyperlink": _add_link,
        f"{W}fldSimple": _add_simple_field,
        f"{W}bookmarkStart": _add_bookmark,
        f"{_MC}AlternateContent": _add_alternative,
    }
    _CONTENT: ClassVar[Mapping[object, Callable[["Inline", Element], None]]] = {
        f"{W}t": _add_text,
        f"{W}delText": _add_text,
        **dict.fromkeys(_CHARACTERS, _add_character),
        f"{W}br": _add_break,
        f"{W}cr": _add_break,
        f"{W}sym": _add_symbol,
        f"{W}footnoteReference": _add_note,
        f"{W}endnoteReference": _add_note,
        f"{W}fldChar": _add_field_character,
        f"{W}instrText": _add_instruction,
        f"{W}ruby": _add_ruby,
        f"{W}drawing": _add_drawing,
        f"{W}pict": _add_drawing,
        f"{W}object": _add_drawing,
        f"{_MC}AlternateContent": _add_alternative,
    }


def _find_boxes(element: Element) -> Iterator[Element]:
    """The outermost text boxes in a drawing, in one of its forms."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            forms = [list(_find_boxes(form)) for form in child]
            yield from next((form for form in forms if form), [])
        else:
            yield from _find_boxes(child)


def note_key(key: tuple[str, str]) -> str:
    """The anchor of a note."""
    return f"{key[0]}-{key[1]}"


def add_anchor(builder: HtmlBuilder, bookmark: Element) -> None:
    """Add the anchor that a bookmark is, except Word's own for the place of the cursor."""
    name = bookmark.get(f"{W}name")
    if name and name != "_GoBack":
        builder.anchor(name)
