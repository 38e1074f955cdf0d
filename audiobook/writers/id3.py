"""Write ID3v2.3 tags with chapters (id3v2.3.0, id3v2-chapters-1.0).

The version is 2.3 because ffmpeg, and players built on it, parse the frames inside a chapter by the rules of 2.3 in
every tag: in a 2.4 tag they lose each chapter whose title has more than 127 bytes. mutagen is not used because it sorts
chapters by the length of their titles.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence

from audiobook.writers.album import Album, ChapterSpan, FileTags, chapter_spans, one_line

_SEPARATORS = re.compile(r"[-_]")

# ISO 639-1 to 639-2/T, for the languages of espeak-ng.
_CODES = """
af:afr am:amh an:arg ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cv:chv cy:cym
da:dan de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra ga:gle gd:gla gl:glg
gn:grn gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind io:ido is:isl it:ita ja:jpn ka:kat
kk:kaz kl:kal kn:kan ko:kor ku:kur ky:kir la:lat lb:ltz lt:lit lv:lav mi:mri mk:mkd ml:mal mr:mar ms:msa
mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor om:orm or:ori pa:pan pl:pol pt:por qu:que ro:ron ru:rus
sd:snd si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel th:tha tk:tuk tn:tsn tr:tur tt:tat
ug:uig uk:ukr ur:urd uz:uzb vi:vie zh:zho
"""
_THREE_LETTERS = dict(pair.split(":") for pair in _CODES.split())


def iso639(language: str) -> str:
    """The ISO 639-2 code of a BCP 47 tag; empty if it is unknown."""
    first = _SEPARATORS.split(language.strip().lower())[0]
    if re.fullmatch(r"[a-z]{3}", first):
        return first
    return _THREE_LETTERS.get(first, "")


_LATIN1, _UTF16 = b"\x00", b"\x01"
_BOM = b"\xff\xfe"
_FRONT_COVER = 3
_ORDERED, _TOP_LEVEL = 0b01, 0b10
_NO_OFFSET = 0xFFFFFFFF  # chapters are located by time, not by byte offset
_MOST_CHILDREN = 255  # of one table of contents
_MOST_BYTES = 1 << 28

_LAST_MS = 0xFFFFFFFE  # the last millisecond that a chapter frame can name: 49 days


def file_tag(tags: FileTags, sample_rate: int) -> bytes:
    """The complete tag of a file.

    `sample_rate` is the sample rate of its marks. Raises ValueError for marks after 49 days.
    """
    spans = chapter_spans(tags.marks, sample_rate)
    if spans and spans[-1].end > _LAST_MS:
        raise ValueError("an ID3 tag cannot mark chapters beyond 49 days")
    frames = [text("TIT2", tags.title), *_common(tags)]
    if spans:
        frames += chapters(spans)
    if tags.piece is not None:
        frames.append(text("TRCK", f"{tags.piece.number}/{tags.piece.total}"))
    return tag((*frames, *_cover(tags.album)))


def _common(tags: FileTags) -> Iterator[bytes]:
    album, language = tags.album, iso639(tags.album.language)
    yield text("TALB", album.title)
    yield text("TPE1", tags.authors)
    yield text("TPE2", tags.authors)  # "album artist": keeps a book's files together in players
    yield text("TCOM", tags.narrators)  # where Audiobookshelf and others look for the narrator
    yield text("TCON", album.genre)
    yield text("TLAN", language)
    yield text("TYER", album.year)
    yield comment(album.comment, language or "und")


def _cover(album: Album) -> Iterator[bytes]:
    if album.cover is not None:
        yield picture(album.cover.data, album.cover.media_type)


def tag(frames: Iterable[bytes]) -> bytes:
    """A complete tag of these frames. Raises ValueError if it is too large for the size field."""
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def text(name: str, value: str) -> bytes:
    """A text frame such as TIT2; empty if the value is blank."""
    value = one_line(value)
    if not value:
        return b""
    return _frame(name, _LATIN1 + value.encode() if value.isascii() else _UTF16 + _utf16(value))


def comment(value: str, language: str) -> bytes:
    """A comment frame. `language` is an ISO 639-2 code. Line breaks are kept."""
    lines = "\n".join(filter(None, map(one_line, value.splitlines())))
    return _frame("COMM", _UTF16 + language.encode() + _utf16("\0") + _utf16(lines)) if lines else b""


def picture(data: bytes, media_type: str) -> bytes:
    """The front cover."""
    return _frame("APIC", _LATIN1 + media_type.encode() + b"\0" + bytes((_FRONT_COVER,)) + b"\0" + data)


def _utf16(value: str) -> bytes:
    return _BOM + value.encode("utf-16-le")


def chapters(spans: Sequence[ChapterSpan]) -> Iterator[bytes]:
    """A table of contents and the chapters in order. Chapters beyond the limit of one table get nested tables."""
    names = [f"chp{number}" for number in range(1, len(spans) + 1)]
    if len(names) <= _MOST_CHILDREN:
        yield _contents("toc", _TOP_LEVEL, names)
    else:
        groups = [names[at : at + _MOST_CHILDREN] for at in range(0, len(names), _MOST_CHILDREN)]
        tables = [f"toc{number}" for number in range(1, len(groups) + 1)]
        yield _contents("toc", _TOP_LEVEL, tables)
        for table, group in zip(tables, groups, strict=True):
            yield _contents(table, 0, group)
    for name, span in zip(names, spans, strict=True):
        times = struct.pack(">4I", span.start, span.end, _NO_OFFSET, _NO_OFFSET)
        yield _frame("CHAP", _identifier(name) + times + text("TIT2", span.title))


def _contents(name: str, level: int, children: Sequence[str]) -> bytes:
    head = _identifier(name) + bytes((level | _ORDERED, len(children)))
    return _frame("CTOC", head + b"".join(map(_identifier, children)))


def _identifier(name: str) -> bytes:
    return name.encode() + b"\0"


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + struct.pack(">IH", len(body), 0) + body


def _synchsafe(size: int) -> bytes:
    """The size of a tag as four bytes of seven bits each."""
    if size >= _MOST_BYTES:
        raise ValueError(f"an ID3 tag cannot hold {size} bytes")
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
