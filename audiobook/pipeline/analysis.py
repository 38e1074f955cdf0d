"""Analyse a book in steps: parts of its script that are known early, and the whole script at the end.

A large book is analysed in a separate process, while the build starts with the early parts.
"""

import json
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audiobook import readers, synthesis
from audiobook.errors import BookError
from audiobook.model.book import Book, Cover, select_opening, select_sample
from audiobook.model.ledger import account_to_json
from audiobook.model.reading import AS_THE_BOOK_SAYS, ReadingOptions
from audiobook.model.script import Script
from audiobook.model.script_json import script_to_json
from audiobook.runtime import files
from audiobook.runtime.cache import draft_in

if TYPE_CHECKING:
    from audiobook.attribution.pinned_lines import Quotations  # not loaded if the script is cached

ACCOUNT = "account"  # field of a cached script with the account of its reading

_LARGE = 100_000  # bytes; larger books are analysed in a separate process
_TIMEOUT = 3_600.0  # seconds; a hundred times the analysis of a million words
_TRIES = 3  # if the process is killed

_OPENING = 20_000  # characters of the opening, whose narration is found first: about 200 sentences
_LONG = 1_200_000  # bytes; for larger books, a sample shows much earlier who narrates:
_SAMPLE = 600_000  # characters of the sample, a long novel,
_STRETCH = 4_000  # in excerpts of this length; the first has four minutes of speech


class Meanwhile(Protocol):
    """Called while a book is analysed, in this order. `done` returns True when the next step is available."""

    @property
    def is_listening(self) -> bool:
        """Whether the book is played while it is built, so that the first sound is urgent."""

    def begin(self, opening: Script, done: Callable[[], bool]) -> None:
        """Start with the opening of the book, as `read_opening` gives it."""

    def hear(self, sample: Script) -> None:
        """Play the beginning of the sample. Only called for a long book that is played while it is built."""

    def narrate(self, undecided: Script, done: Callable[[], bool]) -> None:
        """Continue with the script of the whole book, without speakers."""


def is_large(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> bool:
    """Whether the book is analysed in a separate process. Raises OSError, BookError."""
    return readers.size_of(path, options) > _LARGE


def analyze_in_process(
    path: Path, workspace: str, meanwhile: Meanwhile | None, options: ReadingOptions = AS_THE_BOOK_SAYS
) -> tuple[str, Cover | None]:
    """`write_draft` in a separate process, whose memory is released before anything is spoken.

    Raises as `write_draft`, OSError if the book is gone, and whatever `meanwhile` raises.
    """
    preload = partial(preload_book, path, options)
    worker = synthesis.Workers(1, timeout=lambda *_: _TIMEOUT, tries=_TRIES, prepare=preload, start_timeout=_TIMEOUT)
    try:
        if meanwhile is None:
            return worker.submit(write_draft, path, workspace, options).result()
        begun = worker.submit(read_opening, path, options)
        is_sampled = meanwhile.is_listening and readers.size_of(path, options) > _LONG
        sampled = worker.submit(read_sample, path, options) if is_sampled else None
        known = worker.submit(read_without_speakers, path, options)
        written = worker.submit(write_draft, path, workspace, options)
        meanwhile.begin(begun.result(), (sampled or known).done)
        if sampled is not None:
            meanwhile.hear(sampled.result())
        meanwhile.narrate(known.result(), written.done)
        return written.result()
    except synthesis.WorkerLostError as error:
        raise BookError(
            f"the book could not be analysed: {error.message}",
            where=str(path),
            hint="the machine may be short of memory: close other programs and run the same command again",
        ) from error
    finally:
        worker.shutdown(cancel_futures=True)


def write_draft(path: Path, workspace: str, options: ReadingOptions = AS_THE_BOOK_SAYS) -> tuple[str, Cover | None]:
    """Analyse a book and write the script to a workspace of the cache; returns its file and the cover.

    The script is passed between processes as a file, so that a long book is not in memory several times. Raises
    BookError, DeliveryError.
    """
    text, cover = analyze(path, options)
    return draft_in(workspace, text, {}), cover


def analyze(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> tuple[bytes, Cover | None]:
    """The script of a book with the account of its reading, as JSON, and its cover. Raises BookError."""
    data, cover = _analyze(path, options)  # the book is freed here, because the text needs as much memory again
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"), cover


def _analyze(path: Path, options: ReadingOptions) -> tuple[dict[str, object], Cover | None]:
    """The script with its account, as plain values, and the cover."""
    from audiobook.attribution.analyze import write_script  # noqa: PLC0415  # only a new book needs it

    book, quotations = _read_quotations(path, options, readers.digest(path, options))
    _read_quotations.cache_clear()  # not needed any more
    _read.cache_clear()
    account, cover = account_to_json(readers.account_of(path, book, options)), book.cover
    script = write_script(book, source=files.printable_name(path), quotations=quotations)
    del book, quotations
    return script_to_json(script) | {ACCOUNT: account}, cover


def read_without_speakers(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Script:
    """The script of a book without speakers, which is known much earlier. Raises BookError."""
    from audiobook.attribution.script_lines import build_undecided_script  # noqa: PLC0415  # only a new book needs it

    return build_undecided_script(*_read_quotations(path, options, readers.digest(path, options)))


def read_opening(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Script:
    """The beginning of `read_without_speakers`, available earlier. Raises BookError."""
    return _script_of_part(select_opening(_read(path, options, readers.digest(path, options)), _OPENING))


def read_sample(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Script:
    """Excerpts of `read_without_speakers`, available earlier, as `select_sample` selects them. Raises BookError."""
    return _script_of_part(select_sample(_read(path, options, readers.digest(path, options)), _SAMPLE, _STRETCH))


def _script_of_part(book: Book) -> Script:
    """The script of a part of a book, without speakers."""
    from audiobook.attribution.analyze import find_book_quotations  # noqa: PLC0415  # only a new book needs it
    from audiobook.attribution.script_lines import build_undecided_script  # noqa: PLC0415  # only a new book needs it

    return build_undecided_script(book, find_book_quotations(book))


def preload_book(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> None:
    """Read a book in advance for the other calls in this process. Raises BookError."""
    from audiobook.attribution import analyze  # noqa: F401, PLC0415  # loaded in advance

    _read(path, options, readers.digest(path, options))


@lru_cache(maxsize=1)
def _read(path: Path, options: ReadingOptions, _digest: str) -> Book:
    return readers.read_book(path, options)


@lru_cache(maxsize=1)
def _read_quotations(path: Path, options: ReadingOptions, digest: str) -> "tuple[Book, Quotations]":
    """A book and its quotations, for `read_without_speakers` and `write_draft`."""
    from audiobook.attribution.analyze import find_book_quotations  # noqa: PLC0415  # only a new book needs it

    book = _read(path, options, digest)
    return book, find_book_quotations(book)
