"""Opens a file that the user named, reads a bounded number of bytes, and decodes them.

A byte order mark decides the encoding. Without one, zero bytes in every second place mean UTF-16, and valid UTF-8 is
UTF-8, because text in another encoding is hardly ever valid UTF-8. Otherwise the file declares its encoding, or it is
guessed: an old single-byte encoding, nearly always Windows-1252.
"""

import codecs
import difflib
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from audiobook.errors import BookError

_SAMPLE = 65536
_BYTE_ORDER_MARKS = (  # the longer ones first: the mark of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (  # first bytes of files that are often renamed or mistaken for text
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xca\xfe\xba\xbe", "a compiled program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a sound, video or picture file"),
    (b"ID3", "an MP3 recording"),
    (b"\xff\xfb", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ITSF", "a compiled HTML help file"),
)
_SIGNATURES_WITH_TEXT = {
    b"MZ",
    b"BM",
    b"ID3",
    b"BZh",
    b"II*\x00",
}  # a text may begin like this: control characters must confirm it
_MOBIPOCKET = (b"BOOKMOBI", b"TEXtREAd")  # at byte 60
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}) + b"\x7f"
_MOST_CONTROLS = 0.002  # share of control bytes that a text may have; scanned text has a few, programs have thousands
_HINT = "save it as a text file"
# Possessive, so that no run of white space or comments is tried in more than one way.
_PAGE_START = re.compile(
    r"(?:\s++|<!--.*?-->|<\?xml[^<>]*\?>)*+(?:<!doctype\s+html|<html)\b", re.IGNORECASE | re.DOTALL
)


def decode(data: bytes, where: str, hint: str = _HINT, declared: str = "") -> str:
    """The text of a file: no byte order mark, every line ending one newline.

    `declared` is the encoding that the file itself names. It decides where the bytes are not UTF-8.
    Raises BookError, with that hint, where the file is no text.
    """
    kind = _binary_kind(data)
    if kind:
        raise BookError(f"this is {kind}, not a text", where=where, hint=hint)
    if not _is_marked_or_wide(data) and _has_controls(data):
        raise BookError(
            "this is not a text: it is full of control characters, like a program or a picture", where=where, hint=hint
        )
    text = _decode_bytes(data, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def name_kind(data: bytes) -> str | None:
    """What a file looks like from its first bytes ("a PDF document"); None for a text."""
    return _binary_kind(data)


def is_web_page(head: bytes) -> bool:
    """Whether a file begins as a web page does: with its document type or its root, after comments at most."""
    wide = next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), None) or _wide_encoding(head)
    text = head.decode(wide or "latin-1", "replace").removeprefix("\ufeff")
    return _PAGE_START.match(text) is not None


def _binary_kind(data: bytes) -> str | None:
    if data[60:68] in _MOBIPOCKET:
        return "a Kindle book (MOBI)"
    if data[4:8] == b"ftyp":
        return "a video or an MP4 recording"
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and (signature not in _SIGNATURES_WITH_TEXT or _has_controls(data)):
            return kind
    return None


def _has_controls(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample)


def _is_marked_or_wide(data: bytes) -> bool:
    """Whether the data has a byte order mark or is UTF-16, and so is text."""
    marked = any(data.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS)
    return marked or _wide_encoding(data[:_SAMPLE]) is not None


def _decode_bytes(data: bytes, declared: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace" if encoding != "utf-8" else _PATCH)
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    if declared.startswith("iso2022") and b"\x1b" in data:  # its bytes are ASCII, and so UTF-8 as well
        return data.decode(declared, _PATCH)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(declared or _old_encoding(data), _PATCH)


def is_nearly_utf8(data: bytes) -> bool:
    """Whether most of the bytes that are not ASCII are those of UTF-8."""
    return sum(map(len, _SEQUENCE.findall(data))) > _count_high(data) * 0.6


def _count_high(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(128, 256))))


_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode_damaged(data: bytes) -> str:
    """The text of bytes in no single encoding: UTF-8 with a few bytes of Windows-1252, or an old encoding."""
    return data.decode(_old_encoding(data), _PATCH)


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark, recognised by the zero bytes beside Latin letters."""
    pairs = len(sample) // 2
    if not pairs or b"\x00" not in sample:
        return None
    even, odd = sample[: pairs * 2 : 2].count(0) / pairs, sample[1 : pairs * 2 : 2].count(0) / pairs
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else None


def _old_encoding(data: bytes) -> str:
    """The encoding of bytes that are not valid UTF-8."""
    if is_nearly_utf8(data):
        return "utf-8"  # with a few foreign bytes, which are read as Windows-1252
    high = _count_high(data)
    if re.search(rb"[a-z]\xd5[a-z]", data):
        return "mac-roman"  # its curly apostrophe inside words
    if high < 0.2 * len(data):
        return "cp1252"
    return _guess_encoding(data)


def _guess_encoding(data: bytes) -> str:
    """An encoding of a language not written in Latin letters, guessed from a sample."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  # slow to import, rarely needed

    best = from_bytes(data[:_SAMPLE], steps=3).best()
    return best.encoding if best else "cp1252"


def _patch(error: UnicodeError) -> tuple[str, int]:
    """Decode an invalid byte as Windows-1252, and the five bytes that are undefined there as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    try:
        return bad.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return bad.decode("latin-1"), error.end


_PATCH = "audiobook-patch"
codecs.register_error(_PATCH, _patch)


MAX_BYTES = 256 * 2**20  # larger than a book full of pictures
MAX_TEXT = 64 * 2**20  # the longest novels are under 20 MB
_CHUNK = 1024 * 1024


def check_readable(path: Path, largest: int = MAX_BYTES) -> None:
    """Raises BookError unless `path` is a file of a sensible size. For a missing file, the hint names similar files."""
    try:
        there = path.exists()
    except OSError as error:  # the name is too long, or a folder above may not be looked into
        raise _make_read_error(path, error) from error
    if not there:
        raise BookError("there is no such file", where=str(path), hint=_suggest_names(path))
    if path.is_dir():
        raise BookError("this is a folder, not a book", where=str(path), hint="name the book's file inside it")
    if not path.is_file():
        raise BookError("this is not an ordinary file", where=str(path), hint="save the book to a file first")
    size = path.stat().st_size
    if size == 0:
        raise BookError("the file is empty", where=str(path), hint="was its download or copy cut off?")
    if size > largest:
        raise BookError(
            f"the file is too large to be a book ({size // 2**20} MB; at most {largest // 2**20} MB are read)",
            where=str(path),
            hint="split it into volumes",
        )


def read_text_bytes(path: Path) -> bytes:
    """The bytes of a text file. Raises BookError where it cannot be read, or is larger than any text."""
    check_readable(path, MAX_TEXT)
    return read_head(path, MAX_TEXT)


def read_head(path: Path, length: int) -> bytes:
    """The first bytes of a file. Raises BookError where it cannot be read."""
    check_readable(path)
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as error:
        raise _make_read_error(path, error) from error


def read_ends(path: Path, length: int) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file, without overlap. Raises BookError where it cannot be read."""
    head = read_head(path, length)
    try:
        with path.open("rb") as file:
            file.seek(max(len(head), path.stat().st_size - length))
            return head, file.read(length)
    except OSError as error:
        raise _make_read_error(path, error) from error


def digest(path: Path) -> str:
    """A hash of the file's content, for cache keys: the same bytes give the same digest, whatever the name.

    Reads in pieces, about a gigabyte a second. Raises BookError where the file cannot be read.
    """
    check_readable(path)
    hashed = hashlib.blake2b(digest_size=20)
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                hashed.update(piece)
    except OSError as error:
        raise _make_read_error(path, error) from error
    return hashed.hexdigest()


def join_digests(first: str, others: Iterable[str]) -> str:
    """One digest of several."""
    return hashlib.blake2b(" ".join((first, *others)).encode("ascii"), digest_size=20).hexdigest()


def _make_read_error(path: Path, error: OSError) -> BookError:
    reason = (error.strerror or type(error).__name__).lower()
    return BookError(f"the file cannot be read: {reason}", where=str(path), hint="check its permissions")


def _suggest_names(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return f"there is no folder {path.parent} either"
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(path.name.casefold(), by_folded, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(by_folded[name] for name in near) + "?"
    return f"look at the name again; the folder read was {path.parent.resolve()}"
