"""The tags of an MP4 file as iTunes writes them (`ilst`), and Nero's list of chapters (`chpl`)."""

import struct

from audiobook.writers.album import ChapterSpan, FileTags, one_line
from audiobook.writers.m4b.boxes import box, full_box

MOST_NERO_CHAPTERS = 255  # their number is one byte
_LONGEST_NERO_TITLE = 255  # bytes
_TEXT, _JPEG, _PNG, _INTEGER = 1, 13, 14, 21  # types of a value
_PICTURES = {"image/jpeg": _JPEG, "image/png": _PNG}
_AUDIOBOOK = b"\x02"  # kind of media
_LONGEST = 200_000  # bytes of one text


def user_data(tags: FileTags, spans: list[ChapterSpan], heard: int) -> bytes:
    """The box with tags, cover and chapters. `heard` is the length of the sound in samples, without the delay."""
    handler = full_box(b"hdlr", 0, 0, struct.pack(">I4s4s9x", 0, b"mdir", b"appl"))
    parts = [full_box(b"meta", 0, 0, handler, box(b"ilst", *_items(tags, heard)))]
    if spans:
        parts.append(_nero_chapters(spans[:MOST_NERO_CHAPTERS]))
    return box(b"udta", *parts)


def _items(tags: FileTags, heard: int) -> list[bytes]:
    album = tags.album
    texts = {
        b"\xa9nam": tags.title,
        b"\xa9alb": album.title,
        b"\xa9ART": tags.authors,
        b"aART": tags.authors,
        b"\xa9wrt": tags.narrators,
        b"\xa9nrt": tags.narrators,
        b"\xa9gen": album.genre,
        b"\xa9day": album.year,
        b"\xa9cmt": album.comment,
    }
    items = [_item(name, _TEXT, _encode(text)) for name, text in texts.items() if one_line(text)]
    items.append(_item(b"stik", _INTEGER, _AUDIOBOOK))
    if tags.piece is not None:
        items.append(_item(b"trkn", 0, struct.pack(">HHHH", 0, tags.piece.number, tags.piece.total, 0)))
    cover = album.cover
    if cover is not None and cover.media_type in _PICTURES:
        items.append(_item(b"covr", _PICTURES[cover.media_type], cover.data))
    items.append(_gapless(heard))
    return items


def _item(name: bytes, kind: int, value: bytes) -> bytes:
    return box(name, box(b"data", struct.pack(">II", kind, 0), value))


def _gapless(heard: int) -> bytes:
    """Delay, padding and length, for players that do not read edit lists."""
    from audiobook.writers.m4b.encoding import LEAD  # noqa: PLC0415

    text = f" 00000000 {LEAD:08X} 00000000 {heard:016X}" + " 00000000" * 8
    mean = full_box(b"mean", 0, 0, b"com.apple.iTunes")
    return box(
        b"----", mean, full_box(b"name", 0, 0, b"iTunSMPB"), box(b"data", struct.pack(">II", _TEXT, 0), text.encode())
    )


def _nero_chapters(spans: list[ChapterSpan]) -> bytes:
    rows = []
    for span in spans:
        title = _encode(span.title, _LONGEST_NERO_TITLE)
        rows.append(struct.pack(">QB", span.start * 10_000, len(title)) + title)
    return full_box(b"chpl", 1, 0, bytes(4), struct.pack(">B", len(rows)), *rows)


def _encode(text: str, longest: int = _LONGEST) -> bytes:
    return one_line(text).encode("utf-8", "replace")[:longest].decode("utf-8", "ignore").encode()
