"""What control words do that set a property of characters, of paragraphs or of the document."""

from dataclasses import replace

from audiobook.readers.rtf.model import Item
from audiobook.readers.rtf.parser import Parser, Words
from audiobook.readers.rtf.tokens import encoding_of_charset, encoding_of_page


def _end_line(parser: Parser, _: int | None) -> None:
    if parser.state.kind == "text":
        parser.paragraph.items.append(Item("line"))


def _reset_paragraph(parser: Parser, _: int | None) -> None:
    state = parser.state
    state.style = state.level = 0
    state.centred = state.in_table = False


def _reset_characters(parser: Parser, _: int | None) -> None:
    state = parser.state
    state.bold = state.italic = state.hidden = state.deleted = False
    state.position, state.size = "", 24
    _choose_font(parser, parser.default_font)


def _choose_font(parser: Parser, value: int | None) -> None:
    parser.font = value or 0
    if parser.state.kind != "fonts":
        parser.state.encoding = parser.fonts.get(parser.font) or parser.page


def _set_charset(parser: Parser, value: int | None) -> None:
    if parser.state.kind == "fonts":
        parser.fonts[parser.font] = encoding_of_charset(value) if value else ""


def _set_page(parser: Parser, value: int | None) -> None:
    parser.page = encoding_of_page(value or 1252)
    parser.state.encoding = parser.page


def _set_default_font(parser: Parser, value: int | None) -> None:
    parser.default_font = value or 0


def _set_language(parser: Parser, value: int | None) -> None:
    parser.parsed.language = parser.parsed.language or value or 0


def _set_default_language(parser: Parser, value: int | None) -> None:
    """The language of the default style is that of the document."""
    if parser.state.kind == "styles" and parser.style_key == 0 and value:
        parser.parsed.language = value


def _set_fallback(parser: Parser, value: int | None) -> None:
    parser.state.fallback = min(max(value if value is not None else 1, 0), 10)


def _set_style(parser: Parser, value: int | None) -> None:
    if parser.state.kind == "styles":
        parser.style_key = value or 0
    parser.state.style = value or 0


def _set_level(parser: Parser, value: int | None) -> None:
    level = value + 1 if value is not None and 0 <= value < 9 else 0
    if parser.state.kind == "styles":
        parser.own_style = replace(parser.own_style, level=level)
    parser.state.level = level


def _set_base(parser: Parser, value: int | None) -> None:
    parser.own_style = replace(parser.own_style, based_on=value if value is not None else -1)


def _set_character_style(parser: Parser, _: int | None) -> None:
    """A style for characters is no style for paragraphs; its properties are repeated where it is used."""
    if parser.state.kind == "styles":
        parser.style_key = -1


def _set_centred(parser: Parser, _: int | None) -> None:
    if parser.state.kind == "styles":
        parser.own_style = replace(parser.own_style, is_centred=True)
    parser.state.centred = True


def _set_aligned(parser: Parser, _: int | None) -> None:
    parser.state.centred = False


def _set_bold(parser: Parser, value: int | None) -> None:
    parser.state.bold = value != 0


def _set_italic(parser: Parser, value: int | None) -> None:
    parser.state.italic = value != 0


def _set_hidden(parser: Parser, value: int | None) -> None:
    parser.state.hidden = value != 0


def _set_deleted(parser: Parser, value: int | None) -> None:
    parser.state.deleted = value != 0


def _set_size(parser: Parser, value: int | None) -> None:
    parser.state.size = value or 24


def _raise(parser: Parser, value: int | None) -> None:
    parser.state.position = "sup" if value != 0 else ""


def _lower(parser: Parser, value: int | None) -> None:
    parser.state.position = "sub" if value != 0 else ""


def _level_out(parser: Parser, _: int | None) -> None:
    parser.state.position = ""


def _enter_table(parser: Parser, _: int | None) -> None:
    parser.state.in_table = True


PROPERTIES: Words = {
    "par": lambda parser, _: parser.end_paragraph("paragraph"),
    "sect": lambda parser, _: parser.end_paragraph("page"),
    "page": lambda parser, _: parser.end_paragraph("page"),
    "cell": lambda parser, _: parser.end_paragraph("cell"),
    "nestcell": lambda parser, _: parser.end_paragraph("paragraph"),
    "row": lambda parser, _: parser.end_paragraph("row"),
    "line": _end_line,
    "softline": _end_line,
    "pard": _reset_paragraph,
    "plain": _reset_characters,
    "f": _choose_font,
    "fcharset": _set_charset,
    "ansicpg": _set_page,
    "mac": lambda parser, _: _set_page(parser, 10000),
    "pc": lambda parser, _: _set_page(parser, 437),
    "pca": lambda parser, _: _set_page(parser, 850),
    "deff": _set_default_font,
    "deflang": _set_language,
    "lang": _set_default_language,
    "uc": _set_fallback,
    "s": _set_style,
    "outlinelevel": _set_level,
    "sbasedon": _set_base,
    "cs": _set_character_style,
    "ts": _set_character_style,
    "ds": _set_character_style,
    "qc": _set_centred,
    "ql": _set_aligned,
    "qr": _set_aligned,
    "qj": _set_aligned,
    "b": _set_bold,
    "i": _set_italic,
    "v": _set_hidden,
    "deleted": _set_deleted,
    "fs": _set_size,
    "super": _raise,
    "sub": _lower,
    "nosupersub": _level_out,
    "intbl": _enter_table,
}
