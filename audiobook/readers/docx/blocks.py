"""Paragraphs, lists and tables of Word → HTML elements."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audiobook.readers.converted.builder import HtmlBuilder, add_heading_number, class_of, unread
from audiobook.readers.docx.numbering import Label, Numbering
from audiobook.readers.docx.package import W
from audiobook.readers.docx.runs import Inline, add_anchor, list_field_reason
from audiobook.readers.docx.styles import Style, Styles, with_paragraph
from audiobook.readers.html.markup import Element

_PASSED = frozenset(W + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_DEEPEST_HEADING = 6
_LISTED_PARTS = {"Table of Contents": "table of contents", "Bibliographies": "bibliography"}


@dataclass(slots=True)
class Blocks:
    """Adds the blocks of a document to a builder, in order."""

    builder: HtmlBuilder
    styles: Styles
    numbering: Numbering
    inline: Inline
    title_lines: list[str] = field(default_factory=list)  # of the title page
    may_be_title: bool = True  # whether paragraphs in a style for titles make the title page, and not chapters
    list_id: str = ""  # of the list that is open in the builder
    is_joined: bool = False  # whether the next paragraph continues the open one, whose mark was deleted

    def add(self, parent: Element) -> None:
        """Add what a body, a cell, a note or a text box holds."""
        for child in parent:
            self._add_block(child)

    def finish_part(self) -> None:
        """Close what is open at the end of a body, a cell or a note."""
        if self.is_joined:
            self.builder.end()
            self.is_joined = False
        self._close_list()

    def _add_block(self, child: Element) -> None:
        tag = child.tag
        if tag == f"{W}p":
            self._add_paragraph(child)
        elif tag == f"{W}tbl":
            self.finish_part()
            self._add_table(child)
        elif tag == f"{W}sdt":
            self._add_control(child)
        elif tag in _PASSED:
            self.add(child)
        elif tag == f"{W}bookmarkStart" and not self.is_joined:
            add_anchor(self.builder, child)

    def _add_control(self, element: Element) -> None:
        """A content control: Word keeps a generated table of contents in one."""
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        reason = _LISTED_PARTS.get((gallery.get(f"{W}val") or "") if gallery is not None else "", "")
        if reason:
            self.finish_part()
            self.builder.start("div", unread(reason))
        for content in element.iterfind(f"{W}sdtContent"):
            self.add(content)
        if reason:
            self.finish_part()
            self.builder.end()

    def _add_paragraph(self, element: Element) -> None:
        properties = element.find(f"{W}pPr")
        style = self._style_of(properties)
        if not self.is_joined:
            if _is_break(element, style):
                self._add_page_break()
                return
            style = self._open_paragraph(element, style)
        self.inline.base = style
        self.inline.is_heading = style.level > 0
        self.inline.add(element)
        self.is_joined = _is_mark_deleted(properties)
        if not self.is_joined:
            self.builder.end()
        if self.inline.boxes:
            self._add_boxes()
        if properties is not None and properties.find(f"{W}sectPr") is not None and not self.is_joined:
            self._add_page_break()

    def _style_of(self, properties: Element | None) -> Style:
        if properties is None:
            return self.styles.default
        named = properties.find(f"{W}pStyle")
        style = self.styles.style(named.get(f"{W}val") if named is not None else None)
        return with_paragraph(style, properties)

    def _open_paragraph(self, element: Element, style: Style) -> Style:
        """Open the element of a paragraph, and return the style that it has here."""
        reason = style.unread or self.inline.fields.list_reason or _find_list_field(element)
        if style.is_title and not reason:
            style, reason = self._judge_title(element, style)
        self.may_be_title = self.may_be_title and not style.level
        if style.breaks_page:
            self._close_list()
            self._add_page_break()
        label = self.numbering.next_label(style.number) if style.number and _has_text(element) else None
        if label is None or style.level or reason:
            self._close_list()
        name, attributes = _describe(style, reason)
        if label and not style.level and not reason:
            self._open_list(style, label)
            name, attributes = "li", {"value": str(label.value)} if label.is_number else {}
        self.builder.start(name, attributes)
        if label and style.level:
            add_heading_number(self.builder, label.text)
        return style

    def _judge_title(self, element: Element, style: Style) -> tuple[Style, str]:
        """A paragraph in a style for titles: on the title page it is not read, else it is a heading."""
        if self.may_be_title:
            self.title_lines.append("".join(str(text.text or "") for text in element.iter(f"{W}t")))
            return style, "title page"
        return (replace(style, level=1), "") if style.name in {"title", "book title"} else (style, "")

    def _open_list(self, style: Style, label: Label) -> None:
        key = style.number[0] if style.number else ""
        if self.list_id != key:
            self._close_list()
            self.builder.start("ol" if label.is_number else "ul")
            self.list_id = key

    def _close_list(self) -> None:
        if self.list_id:
            self.builder.end()
            self.list_id = ""

    def _add_page_break(self) -> None:
        self._close_list()
        self.builder.put("hr", attributes={"class": "page"})

    def _add_boxes(self) -> None:
        """The text boxes that are anchored in the paragraph, after it."""
        boxes, self.inline.boxes = self.inline.boxes, []
        self.finish_part()
        for box in boxes:
            self.builder.start("div", {"class": "text-box"})
            self.add(box)
            self.finish_part()
            self.builder.end()

    def _add_table(self, table: Element) -> None:
        self.builder.start("table")
        for row in _find(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            deleted = properties is not None and properties.find(f"{W}del") is not None
            is_header = properties is not None and properties.find(f"{W}tblHeader") is not None
            self.builder.start("tr", unread("deleted text") if deleted else None)
            for cell in _find(row, f"{W}tc"):
                self._add_cell(cell, "th" if is_header else "td")
            self.builder.end()
        self.builder.end()

    def _add_cell(self, cell: Element, name: str) -> None:
        self.builder.start(name)
        self.add(cell)
        self.finish_part()
        self.builder.end()


def _describe(style: Style, reason: str) -> tuple[str, dict[str, str]]:
    """The name and the attributes of the element for a paragraph."""
    if reason:
        return "p", unread(reason)
    if style.level:
        return f"h{min(style.level, _DEEPEST_HEADING)}", {}
    attributes = {"class": class_of([style.name])} if style.name and style.name != "normal" else {}
    if style.is_centred:
        attributes["align"] = "center"
    return "p", attributes


def _is_mark_deleted(properties: Element | None) -> bool:
    """Whether the end of the paragraph is a tracked deletion: the next paragraph continues it."""
    if properties is None:
        return False
    runs = properties.find(f"{W}rPr")
    return runs is not None and (runs.find(f"{W}del") is not None or runs.find(f"{W}moveFrom") is not None)


def _is_break(element: Element, style: Style) -> bool:
    """Whether there is nothing in a paragraph but a page break or a horizontal line."""
    if next(element.iter(f"{W}t", f"{W}drawing", f"{W}bookmarkStart", f"{W}sym"), None) is not None:
        return False
    if any(found.get(f"{W}type") == "page" for found in element.iter(f"{W}br")):
        return True
    if (picture := next(element.iter(f"{W}pict"), None)) is not None:
        return any(found.get(f"{_OFFICE}hr") in {"t", "true", "1"} for found in picture)
    properties = element.find(f"{W}pPr")
    return style.name == "horizontal line" or (properties is not None and properties.find(f"{W}pBdr") is not None)


def _find_list_field(element: Element) -> str:
    """Why a paragraph is not read in which a field begins that lists contents."""
    fields = (list_field_reason(str(code.text or "")) for code in element.iter(f"{W}instrText"))
    return next((reason for reason in fields if reason), "")


def _has_text(element: Element) -> bool:
    return next(element.iter(f"{W}r"), None) is not None


def _find(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls and changes."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _PASSED or child.tag == f"{W}sdt":
            yield from _find(child, tag)
