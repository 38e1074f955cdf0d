"""What control words do that begin a destination: notes, fields, pictures, styles, facts, and what is not read."""

from audiobook.readers.converted.builder import strip_illegal
from audiobook.readers.rtf.model import Item, Paragraph
from audiobook.readers.rtf.parser import Parser, Words

HIDDEN = frozenset(
    {"colortbl", "filetbl", "listtable", "listoverridetable", "rsidtbl", "generator", "xe", "tc", "rxe", "objdata"}
    | {"objclass", "nonshppict", "nonesttables", "themedata", "datastore", "latentstyles", "pgptbl", "mmathPr"}
    | {
        "wgrffmtfilter",
        "xmlnstbl",
        "ftnsep",
        "ftnsepc",
        "ftncn",
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "userprops",
        "docvar",
    }
    | {"atrfstart", "atrfend", "atnref", "atndate", "operator", "template", "passwordhash", "protusertbl", "falt"}
    | {"panose", "pnseclvl", "background", "revtbl", "bkmkend", "sp", "listpicture", "shpinst", "shprslt", "comment"}
    | {"subject", "keywords", "doccomm", "company", "manager", "category", "hlinkbase", "creatim", "revtim", "printim"}
)
"""Destinations that are no text of the book, whether a star marks them or not."""

_FIELDS = {
    "TOC": "table of contents",
    "INDEX": "index",
    "PAGE": "page number",
    "PAGEREF": "page number",
    "NUMPAGES": "page number",
}


def _begin_fonts(parser: Parser, _: int | None) -> None:
    parser.state.kind = "fonts"


def _begin_styles(parser: Parser, _: int | None) -> None:
    parser.state.kind = "styles"


def _begin_info(parser: Parser, _: int | None) -> None:
    parser.state.kind = "info"


def _begin_title(parser: Parser, _: int | None) -> None:
    _begin_fact(parser, "title")


def _begin_author(parser: Parser, _: int | None) -> None:
    _begin_fact(parser, "author")


def _begin_fact(parser: Parser, name: str) -> None:
    if parser.state.kind != "info":
        return

    def close() -> None:
        parser.parsed.facts.setdefault(name, "".join(parser.collected).strip())

    parser.collect(name, close)


def _begin_anchor(parser: Parser, _: int | None) -> None:
    def close() -> None:
        parser.paragraph.items.append(Item("anchor", strip_illegal("".join(parser.collected).strip())))

    parser.collect("anchor", close)


def _begin_label(parser: Parser, _: int | None) -> None:
    """The number of a paragraph, which the program that wrote it made."""

    def close() -> None:
        parser.paragraph.label = strip_illegal("".join(parser.collected).strip())

    parser.collect("label", close)


def _begin_code(parser: Parser, _: int | None) -> None:
    """The instruction of a field: it says what the result is that the group around it shows."""

    def close() -> None:
        words = "".join(parser.collected).split()
        reason = _FIELDS.get(words[0].upper(), "") if words else ""
        if reason and parser.stack:
            parser.stack[-1][0].field_reason = reason

    parser.collect("code", close)


def _begin_picture(parser: Parser, _: int | None) -> None:
    """A picture: the one before any text is kept, as the cover."""
    if parser.state.kind != "text":
        return
    parser.paragraph.items.append(Item("picture"))
    if not parser.is_empty or parser.parsed.cover:
        parser.state.kind = "skip"
        return

    def close() -> None:
        try:
            data = bytes.fromhex("".join("".join(parser.collected).split()))
        except ValueError:
            return
        parser.parsed.cover = data if data.startswith((b"\xff\xd8\xff", b"\x89PNG")) else b""

    parser.collect("picture", close)


def _begin_note(parser: Parser, _: int | None) -> None:
    if parser.state.kind != "text":
        return
    key = f"note-{len(parser.parsed.notes) + 1}"
    parser.paragraph.items.append(Item("note", key))
    paragraphs: list[Paragraph] = []
    parser.parsed.notes.append((key, paragraphs))
    parser.divert(paragraphs)


def _begin_unread(parser: Parser, reason: str) -> None:
    if parser.state.kind == "text":
        paragraphs: list[Paragraph] = []
        parser.parsed.others.append((reason, paragraphs))
        parser.divert(paragraphs)


def _begin_comment(parser: Parser, _: int | None) -> None:
    _begin_unread(parser, "comment")


def _begin_header(parser: Parser, _: int | None) -> None:
    _begin_unread(parser, "page header")


def _begin_footer(parser: Parser, _: int | None) -> None:
    _begin_unread(parser, "page footer")


def _begin_shape(parser: Parser, _: int | None) -> None:
    if parser.state.kind == "text":
        parser.state.name = "shape"


def _begin_box(parser: Parser, _: int | None) -> None:
    """The text of a shape. It follows what the paragraph has so far; its instructions around it are hidden."""
    if parser.state.name != "shape":
        return
    out, paragraphs = parser.out, list[Paragraph]()
    parser.divert(paragraphs)
    end_box = parser.closing

    def close() -> None:
        if end_box is not None:
            end_box()
        out.extend(paragraphs)

    parser.closing = close


def _begin_both_forms(parser: Parser, _: int | None) -> None:
    """A text in an encoding and in Unicode: only the latter counts."""
    if parser.state.kind == "text":
        parser.state.kind, parser.state.name = "skip", "both"


def _begin_unicode_form(parser: Parser, _: int | None) -> None:
    if parser.state.name == "both":
        parser.state.kind = "text"


def _pass(parser: Parser, _: int | None) -> None:
    """A destination whose content is read as if it stood outside."""


DESTINATIONS: Words = {
    "fonttbl": _begin_fonts,
    "stylesheet": _begin_styles,
    "info": _begin_info,
    "title": _begin_title,
    "author": _begin_author,
    "bkmkstart": _begin_anchor,
    "listtext": _begin_label,
    "pntext": _begin_label,
    "fldinst": _begin_code,
    "pict": _begin_picture,
    "shppict": _pass,
    "footnote": _begin_note,
    "annotation": _begin_comment,
    "atnid": _begin_comment,
    "atnauthor": _begin_comment,
    "header": _begin_header,
    "headerl": _begin_header,
    "headerr": _begin_header,
    "headerf": _begin_header,
    "footer": _begin_footer,
    "footerl": _begin_footer,
    "footerr": _begin_footer,
    "footerf": _begin_footer,
    "shp": _begin_shape,
    "shptxt": _begin_box,
    "upr": _begin_both_forms,
    "ud": _begin_unicode_form,
}
