"""The content of an OpenDocument text → HTML elements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from audiobook.readers.converted.builder import HtmlBuilder, add_heading_number, add_note_mark, class_of, unread
from audiobook.readers.html.markup import Element, attribute, name_of
from audiobook.readers.odt.styles import PLAIN, Style, Styles

_DEEPEST_HEADING = 6
_UNREAD = {  # elements that are not read → the reason
    "table-of-content": "table of contents",
    "illustration-index": "list of illustrations",
    "table-index": "list of illustrations",
    "object-index": "list of illustrations",
    "user-index": "index",
    "alphabetical-index": "index",
    "bibliography": "bibliography",
    "annotation": "comment",
    "tracked-changes": "deleted text",
}
_SILENT = {
    "page-number": "page number",
    "page-count": "page number",
    "hidden-text": "hidden text",
    "hidden-paragraph": "hidden text",
}
_NO_TEXT = frozenset(
    {"table-of-content-source", "illustration-index-source", "table-index-source", "object-index-source", "forms"}
    | {"user-index-source", "alphabetical-index-source", "bibliography-source", "sequence-decls", "variable-decls"}
    | {"user-field-decls", "dde-connection-decls", "script", "annotation-end", "number", "title", "desc"}
)


@dataclass(slots=True)
class Content:
    """Adds the content of a document to a builder, in order."""

    builder: HtmlBuilder
    styles: Styles
    may_be_title: bool = True  # whether paragraphs in a style for titles make the title page, and not chapters
    title_lines: list[str] = field(default_factory=list)
    notes: list[tuple[str, str, Element]] = field(default_factory=list)  # (class, anchor, body), in order
    boxes: list[Element] = field(default_factory=list)  # text boxes, added after their paragraph
    first_picture: str = ""  # the picture that stands before any text
    base: Style = PLAIN  # of the paragraph
    in_paragraph: bool = False
    lists: list[str] = field(default_factory=list)  # the styles of the open lists

    def add(self, parent: Element) -> None:
        """Add the blocks of a body, a cell, a note or a section."""
        for child in parent:
            self.add_block(child)

    def add_block(self, child: Element) -> None:
        """Add one block."""
        name = name_of(child)
        reason = _UNREAD.get(name, "")
        if name in _NO_TEXT:
            return
        if reason:
            self._add_unread(child, reason)
        elif (add := self._BLOCKS.get(name)) is not None:
            add(self, child)
        else:
            self.add(child)

    def _add_unread(self, element: Element, reason: str) -> None:
        """Add what is not read: with the names and dates of comments and changes."""
        self.builder.start("div", unread(reason))
        for child in element.iter("{*}p", "{*}h", "{*}creator", "{*}date"):
            self.builder.start("p")
            self.in_paragraph = True
            self._add_content(child)
            self.in_paragraph = False
            self.builder.end()
        self.boxes.clear()
        self.builder.end()

    def _add_paragraph(self, element: Element) -> None:
        style = self.styles.style("paragraph", attribute(element, "style-name"))
        level = attribute(element, "outline-level") if name_of(element) == "h" else ""
        level_number = int(level) if level.isdigit() and len(level) < 3 else style.level
        style = replace(style, level=min(max(level_number, name_of(element) == "h"), 9))
        reason = style.unread or ("hidden text" if style.is_hidden else "")
        if style.is_title and not style.level:
            style, reason = self._judge_title(element, style)
        self.may_be_title = self.may_be_title and not style.level
        if style.breaks_page or style.name == "horizontal line":
            self.builder.put("hr")
        self._open_paragraph(element, style, reason)
        self.base, self.in_paragraph = style, True
        self._add_content(element)
        self.in_paragraph = False
        self.builder.end()
        self._add_boxes()

    def _open_paragraph(self, element: Element, style: Style, reason: str) -> None:
        attributes = {"class": class_of([style.name])} if style.name not in {"", "standard"} else {}
        if reason:
            attributes = unread(reason)
        elif style.is_centred:
            attributes["align"] = "center"
        self.builder.start(f"h{min(style.level, _DEEPEST_HEADING)}" if style.level else "p", attributes)
        if style.level and not reason and attribute(element, "is-list-header") != "true":
            add_heading_number(self.builder, self.styles.outline.next_label(style.level))

    def _judge_title(self, element: Element, style: Style) -> tuple[Style, str]:
        """A paragraph in a style for titles: on the title page it is not read, else it is a heading."""
        if self.may_be_title:
            self.title_lines.append("".join(str(text) for text in element.itertext()))
            return style, "title page"
        return (replace(style, level=1), "") if style.name == "title" else (style, "")

    def _add_boxes(self) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.builder.start("div")
            self.add(box)
            self.builder.end()

    def _add_list(self, element: Element) -> None:
        name = attribute(element, "style-name") or (self.lists[-1] if self.lists else "")
        if any(name_of(child) == "h" for item in element for child in item):  # headings that are numbered as a list
            for item in element:
                self.add(item)
            return
        numbered = self.styles.is_numbered(name, len(self.lists))
        self.lists.append(name)
        self.builder.start("ol" if numbered else "ul")
        for item in element:
            self.builder.start("li")
            self.add(item)
            self.builder.end()
        self.builder.end()
        self.lists.pop()

    def _add_table(self, element: Element) -> None:
        self.builder.start("table")
        self._add_rows(element, "td")
        self.builder.end()

    def _add_rows(self, parent: Element, cell_name: str) -> None:
        for child in parent:
            name = name_of(child)
            if name in {"table-rows", "table-row-group"}:
                self._add_rows(child, cell_name)
            elif name == "table-header-rows":
                self._add_rows(child, "th")
            elif name == "table-row":
                self.builder.start("tr")
                for cell in child:
                    self.builder.start(cell_name)
                    self.add(cell)
                    self.builder.end()
                self.builder.end()

    def _add_content(self, element: Element) -> None:
        """Add the text and the elements inside a paragraph or a span."""
        self._add_text(element.text)
        for child in element:
            self._add_inline(child)
            self._add_text(child.tail)

    def _add_text(self, text: str | None) -> None:
        if text:
            self.builder.set_format(self._format())
            self.builder.text(str(text))

    def _format(self) -> tuple[str, ...]:
        base = self.base
        names = ["em" if base.is_italic else "strong"] if (base.is_italic or base.is_bold) and not base.level else []
        return (*names, "sup" if base.position == "super" else "sub") if base.position else tuple(names)

    def _add_inline(self, child: Element) -> None:
        name = name_of(child)
        if name in _NO_TEXT:
            return
        reason = _SILENT.get(name) or _UNREAD.get(name, "")
        if reason:
            self.builder.put("span", " ".join(str(text) for text in child.itertext()), unread(reason))
        elif (add := self._INLINE.get(name)) is not None:
            add(self, child)
        else:
            self._add_content(child)

    def _add_span(self, element: Element) -> None:
        own = self.styles.style("text", attribute(element, "style-name"))
        if own.is_hidden:
            self.builder.put("span", "".join(str(text) for text in element.itertext()), unread("hidden text"))
            return
        before = self.base
        position = own.position or before.position
        self.base = replace(
            before,
            is_italic=before.is_italic or own.is_italic,
            is_bold=before.is_bold or own.is_bold,
            position=position,
        )
        self._add_content(element)
        self.base = before

    def _add_link(self, element: Element) -> None:
        self.builder.start("a", {"href": attribute(element, "href")})
        self._add_content(element)
        self.builder.end()

    def _add_anchor(self, element: Element) -> None:
        if key := attribute(element, "name"):
            self.builder.anchor(key)

    def _add_note(self, element: Element) -> None:
        kind = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
        citation = next((str(e.text or "") for e in element if name_of(e) == "note-citation"), "")
        body = next((e for e in element if name_of(e) == "note-body"), None)
        key = f"{kind}-{len(self.notes) + 1}"
        add_note_mark(self.builder, key, citation.strip() or str(len(self.notes) + 1))
        if body is not None:
            self.notes.append((kind, key, body))

    def _add_frame(self, element: Element) -> None:
        """A frame: a text box, or a picture with its description."""
        box = next((e for e in element.iter() if name_of(e) == "text-box"), None)
        if box is not None:
            if self.in_paragraph:
                self.boxes.append(box)
            else:
                self.add(box)
            return
        picture = next((attribute(e, "href") for e in element.iter() if name_of(e) == "image"), "")
        if not self.builder.words:
            self.first_picture = self.first_picture or picture
        description = next((str(e.text or "") for e in element.iter() if name_of(e) in {"desc", "title"}), "")
        self.builder.put("img", attributes={"alt": description.strip()})

    def _add_spaces(self, element: Element) -> None:  # noqa: ARG002  # one of the functions, which all get the element
        self._add_text(" ")

    def _add_line_break(self, element: Element) -> None:  # noqa: ARG002
        self.builder.put("br")

    def _add_ruby(self, element: Element) -> None:
        self.builder.start("ruby")
        for child in element:
            self.builder.start("rt" if name_of(child) == "ruby-text" else "rb")
            self._add_content(child)
            self.builder.end()
        self.builder.end()

    def _skip(self, element: Element) -> None:
        """Nothing: the element is only for the layout."""

    _BLOCKS: ClassVar[Mapping[str, Callable[["Content", Element], None]]] = {
        "p": _add_paragraph,
        "h": _add_paragraph,
        "list": _add_list,
        "table": _add_table,
        "frame": _add_frame,
        "bookmark": _add_anchor,
        "bookmark-start": _add_anchor,
        "soft-page-break": _skip,
    }
    _INLINE: ClassVar[Mapping[str, Callable[["Content", Element], None]]] = {
        "span": _add_span,
        "a": _add_link,
        "bookmark": _add_anchor,
        "bookmark-start": _add_anchor,
        "note": _add_note,
        "frame": _add_frame,
        "s": _add_spaces,
        "tab": _add_spaces,
        "line-break": _add_line_break,
        "ruby": _add_ruby,
        "soft-page-break": _skip,
    }
