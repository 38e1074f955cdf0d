"""The XML of a FictionBook, out of its zip file where it is in one, with the pictures in it set apart."""

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Cover
from audiobook.readers import sources
from audiobook.readers.html.markup import Element, decode_markup, name_of, parse_markup
from audiobook.readers.zip_archive import Archive, Limits

_LIMITS = Limits(document=192 * 2**20, marks=8_000_000, all_marks=8_000_000)  # pictures included
_MOST_CHARACTERS = 32_000_000  # of the text with its tags: over five million words
_MOST_MARKS = 1_500_000  # tags and attributes
_BINARY = re.compile(r"<(?:\w+:)?binary\b([^<>]*)>([^<>]*)</(?:\w+:)?binary\s*>")
_ID = re.compile(r"\bid\s*=\s*[\"']([^\"']*)[\"']")
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"))
_AGAIN = "download or copy it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The parts of a FictionBook."""

    markup: str  # without pictures
    root: Element
    pictures: dict[str, str]  # id → base64


def load_source(path: Path) -> Source:
    """The parts of a FictionBook. Raises BookError where it is damaged, or is none."""
    markup = decode_markup(_read_bytes(path))
    pictures: dict[str, str] = {}

    def set_apart(found: re.Match[str]) -> str:
        if key := _ID.search(found[1]):
            pictures.setdefault(key[1], found[2])
        return ""

    markup = _BINARY.sub(set_apart, markup)
    if len(markup) > _MOST_CHARACTERS or markup.count("<") + markup.count("=") > _MOST_MARKS:
        message = "the FictionBook holds more text or tags than a book does"
        raise BookError(message, where=str(path), hint="split it into volumes")
    root = parse_markup(markup, soup=False)
    if root is None or not any(name_of(element) == "body" for element in root):
        raise BookError("the FictionBook is damaged or cut off: it has no body", where=str(path), hint=_AGAIN)
    return Source(markup=markup, root=root, pictures=pictures)


def _read_bytes(path: Path) -> bytes:
    if not sources.read_head(path, 4).startswith(b"PK"):
        return sources.read_head(path, sources.MAX_BYTES)
    with Archive(path, "FictionBook", _LIMITS) as archive:
        names = [name for name in archive.names() if name.casefold().endswith(".fb2")]
        if len(names) > 1:
            hint = "unpack it, and give one of its books"
            raise archive.error(f"the zip file holds {len(names)} books", hint=hint)
        data = archive.document(names[0]) if names else None
        if data is None:
            raise archive.error("the zip file holds no FictionBook", hint="unpack it, and give the book in it")
        return data


def decode_picture(text: str) -> Cover | None:
    """A picture that is a JPEG or a PNG, from its base64 form."""
    try:
        data = base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return None
    media_type = next((kind for sign, kind in _PICTURES if data.startswith(sign)), None)
    return Cover(data=data, media_type=media_type) if media_type else None
