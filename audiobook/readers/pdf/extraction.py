"""Runs the process that reads a PDF, and turns what it writes into pages of fragments. Errors become sentences."""

import base64
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, NamedTuple

from audiobook.errors import BookError, MissingToolError, command_line
from audiobook.model.book import Cover
from audiobook.readers.sources import check_readable, read_ends

_SILENCE = 60.0  # seconds without a page after which the process is ended
_MOST_CHARACTERS = 32_000_000
_TAIL = 4096  # bytes in which a whole PDF has its end mark
_AGAIN = "download or copy it again; opening it in a PDF viewer and printing it to a new PDF may repair it"
_NO_COPY = "only books without copy protection can be read"
_FEW_LETTERS = 12  # a page; below it, on average, a PDF has no text layer
_MOST_UNKNOWN = 0.3  # share of characters without meaning, where fonts hide their letters


class Fragment(NamedTuple):
    """Characters of one font in one line, without line ends."""

    start: int  # in the text of the page
    end: int
    left: float  # points from the left edge of the page
    right: float
    y: float  # of its baseline, points from the lower edge of the page
    size: float
    style: int  # bits: see `ITALIC` and the others


ITALIC, BOLD, FIXED, ROTATED, OUTSIDE = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as pdfium reads it."""

    width: float
    height: float
    text: str
    fragments: tuple[Fragment, ...]
    links: tuple[tuple[float, float, float, float], ...]  # left, bottom, right, top of links within the document


class Bookmark(NamedTuple):
    """An entry of the outline."""

    depth: int
    title: str
    page: int  # from 0; -1 where it leads nowhere
    y: float | None  # the height on the page it leads to


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """All that is read of a PDF."""

    pages: tuple[RawPage, ...]
    outline: tuple[Bookmark, ...] = ()
    title: str = ""
    author: str = ""
    language: str = ""
    cover: Cover | None = field(default=None, repr=False)


def extract(path: Path) -> Extracted:
    """The text of a PDF with its places. The last file read is remembered, because it is read and then audited.

    Raises BookError where the file is damaged, protected, without text or longer than any book; MissingToolError
    where pypdfium2 is not installed.
    """
    check_readable(path)
    state = path.stat()
    return _extract(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _extract(path: Path, changed: int, size: int) -> Extracted:
    del changed, size  # parts of the key
    if b"%%EOF" not in b"".join(read_ends(path, _TAIL)):
        raise BookError("the PDF is cut off: its end is missing", where=str(path), hint=_AGAIN)
    lines = _run(path)
    head = next(lines)
    pages: list[RawPage] = []
    cover = None
    pictures = length = 0
    for line in lines:
        pages.append(_make_page(line))
        pictures += line.get("pictures", 0)
        length += len(line["text"])
        if line.get("cover"):
            cover = Cover(data=base64.b64decode(line["cover"]), media_type="image/jpeg")
        if length > _MOST_CHARACTERS:
            raise BookError(
                f"the text is too long: at most {_MOST_CHARACTERS:,} characters are read",
                where=str(path),
                hint="split it into volumes",
            )
    _check_text(pages, pictures, path)
    return Extracted(
        pages=tuple(pages),
        outline=tuple(Bookmark(*entry) for entry in head["outline"]),
        title=head["title"],
        author=head["author"],
        language=head["language"],
        cover=cover,
    )


def _make_page(line: dict[str, Any]) -> RawPage:
    return RawPage(
        width=line["width"],
        height=line["height"],
        text=line["text"],
        fragments=tuple(Fragment(*fragment) for fragment in line["fragments"]),
        links=tuple((left, bottom, right, top) for left, bottom, right, top in line["links"]),
    )


def _check_text(pages: list[RawPage], pictures: int, path: Path) -> None:
    """Raises BookError where the pages are pictures, or fonts that hide their letters."""
    text = "".join(page.text for page in pages)
    letters = sum(map(str.isalnum, text))
    new = path.with_name(f"{path.stem}-text.pdf").name
    if letters < _FEW_LETTERS * len(pages) and (pictures or not letters):
        hint = f"recognise its text with an OCR tool, for example: {command_line('ocrmypdf', path.name, new)}"
        raise BookError("this PDF has no text: its pages are pictures (a scan)", where=str(path), hint=hint)
    unknown = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or "\x00" <= c < "\x09")
    if unknown > _MOST_UNKNOWN * (letters + unknown):
        force = command_line("ocrmypdf", "--force-ocr", path.name, new)
        hint = f"recognise its text with an OCR tool, for example: {force}"
        raise BookError("the text of this PDF cannot be read: its fonts hide their letters", where=str(path), hint=hint)


def _run(path: Path) -> Iterator[dict[str, Any]]:
    """What the process writes, line by line. Raises BookError for an error it reports, and where it ends early."""
    _check_installed()
    command = [sys.executable, "-P", "-m", "audiobook.readers.pdf.child", str(path.resolve())]
    expected = -1  # the number of pages, from the first line
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    ) as child:
        guard = _Guard(child)
        try:
            for seen, line in enumerate(_read_lines(child.stdout)):
                guard.note()
                if "error" in line:
                    raise _make_error(line, path)
                expected = line["pages"] if seen == 0 else expected
                yield line
                if seen == expected:
                    return
        finally:
            guard.stop()
            child.kill()
    raise BookError("the PDF is damaged: reading it failed", where=str(path), hint=_AGAIN)


def _check_installed() -> None:
    from importlib.util import find_spec  # noqa: PLC0415

    if find_spec("pypdfium2") is None:
        raise MissingToolError("reading PDF needs the package pypdfium2", hint="pip install pypdfium2")


def _read_lines(stream: IO[bytes] | None) -> Iterator[dict[str, Any]]:
    for line in stream or ():
        try:
            value = json.loads(line)
        except ValueError:  # the process was ended while it wrote
            return
        yield value


class _Guard:
    """Ends the process where it writes nothing for a minute."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child
        self._last = time.monotonic()
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def note(self) -> None:
        """Something was written."""
        self._last = time.monotonic()

    def stop(self) -> None:
        """The process is watched no longer."""
        self._done.set()

    def _watch(self) -> None:
        while not self._done.wait(1.0):
            if time.monotonic() - self._last > _SILENCE:
                self._child.kill()
                return


def _make_error(line: dict[str, Any], path: Path) -> BookError:
    kind, where = line["error"], str(path)
    if kind == "password":
        hint = "open it with its password in a PDF viewer, and print it to a new PDF"
        return BookError("the PDF is protected by a password", where=where, hint=hint)
    if kind == "security":
        return BookError("the PDF is DRM-protected", where=where, hint=_NO_COPY)
    if kind == "pages" and line["pages"]:
        message = f"the PDF has {line['pages']:,} pages, more than any book"
        return BookError(message, where=where, hint="split it into volumes")
    if kind == "page":
        return BookError(f"the PDF is damaged: page {line['page'] + 1} cannot be read", where=where, hint=_AGAIN)
    return BookError("the PDF is damaged", where=where, hint=_AGAIN)
