"""The tokens of RTF, and the encodings of its bytes."""

import codecs
import re

TOKEN = re.compile(
    r"(?P<text>[^\\{}\r\n\x00]+)|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|(?P<brace>[{}])|\\(?P<symbol>[^a-zA-Z])"
)
_BINARY = re.compile(r"\\bin(\d{1,10})[ ]?")
_CHARSETS = {  # Windows charset → encoding; 0 is ANSI, 1 the default, 2 a font of symbols
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOLS = "symbols"  # the encoding of a font of pictures
ORNAMENT = "❧"  # what a picture in such a font is read as: an ornament, which is not spoken
CHARACTERS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SIGNS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"}  # "\-" is a soft hyphen, which is no character


def cut_binary(text: str) -> str:
    """The text without binary data, which may hold anything."""
    pieces: list[str] = []
    at = 0
    while found := _BINARY.search(text, at):
        pieces.append(text[at : found.start()])
        at = found.end() + int(found[1])
    return "".join((*pieces, text[at:])) if pieces else text


def encoding_of_page(number: int) -> str:
    """The encoding of a Windows code page; Windows-1252 where it is unknown."""
    if number == 65001:
        return "utf-8"
    name = {10000: "mac-roman", 936: "gbk", 950: "big5", 1361: "johab"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def encoding_of_charset(number: int) -> str:
    """The encoding of a font's character set; empty for the document's own."""
    return SYMBOLS if number == 2 else _CHARSETS.get(number, "")


def decode(data: bytes, encoding: str) -> str:
    """The text of bytes; of a font of pictures, an ornament for each."""
    if encoding == SYMBOLS:
        return ORNAMENT * len(data)
    return data.decode(encoding, "replace")
