"""A book's analysis, step by step: what can be said of it sooner than who speaks, and in the end its whole script.

A book of some size has a process of its own for that, while another begins with what is known.
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
from audiobook.model.script import Script
from audiobook.model.script_json import script_to_json
from audiobook.runtime import files
from audiobook.runtime.cache import draft_in

if TYPE_CHECKING:
    from audiobook.attribution.pinned_lines import Quotations  # the analysis is not loaded for a script in the cache

ACCOUNT = "account"  # under which a script has that of its reading

_LARGE = 100_000  # bytes of a book that is analysed in a process of its own
_PATIENCE = 3_600.0  # seconds that may take: a hundred times as long as a million words do
_TRIES = 3  # where its process is killed

_OPENING = 20_000  # characters, in which narration is found before it is in the whole book: some two hundred sentences
_LONG = 1_200_000  # bytes of a book of which a sample says much sooner how it is told:
_SAMPLE = 600_000  # characters, a long novel,
_STRETCH = 4_000  # in pieces of so many, the first of which is four minutes of speech


class Meanwhile(Protocol):
    """What is done while a book is analysed, in this order. `done` tells when there is more to be had."""

    @property
    def is_listening(self) -> bool:
        """Whether somebody waits for the book's first sound."""

    def begin(self, opening: Script, done: Callable[[], bool]) -> None:
        """Begin with the book's opening, as `opening` guesses it."""

    def hear(self, sample: Script) -> None:
        """Of a long book, and where somebody is listening: let the beginning of the sample be heard."""

    def narrate(self, undecided: Script, done: Callable[[], bool]) -> None:
        """Go on with the whole book's script without speakers."""


def is_large(path: Path) -> bool:
    """Whether the book is analysed in a process of its own. Raises OSError."""
    return path.stat().st_size > _LARGE


def in_own_process(path: Path, workspace: str, meanwhile: Meanwhile | None) -> tuple[str, Cover | None]:
    """As `drafted`; what memory that takes is given back to the system before anything is spoken.

    Raises as `drafted`, OSError where the book is gone, and what `meanwhile` raises.
    """
    worker = synthesis.Workers(
        1, patience=lambda *_: _PATIENCE, tries=_TRIES, prepare=partial(look_through, path), start_patience=_PATIENCE
    )
    try:
        if meanwhile is None:
            return worker.submit(drafted, path, workspace).result()
        begun = worker.submit(opening, path)
        sampled = worker.submit(sample, path) if meanwhile.is_listening and path.stat().st_size > _LONG else None
        known, written = worker.submit(undecided, path), worker.submit(drafted, path, workspace)
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


def drafted(path: Path, workspace: str) -> tuple[str, Cover | None]:
    """The analysis of a book, written out on a workspace of the cache, and its cover. Raises BookError, DeliveryError.

    What a process of its own analyses comes back so, for the script of a long book is not to be in three at once.
    """
    text, cover = analysed(path)
    return draft_in(workspace, text, {}), cover


def analysed(path: Path) -> tuple[bytes, Cover | None]:
    """The script of a book with the account of its reading, as JSON, and its cover. Raises BookError."""
    data, cover = _written(path)  # and nothing else is kept: as text it takes all of it once more
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"), cover


def _written(path: Path) -> tuple[dict[str, object], Cover | None]:
    """The script with its account, as plain values, and the cover."""
    from audiobook.attribution.analyze import write_script  # noqa: PLC0415  # only a new book needs it

    book, quotations = _quoted(path, readers.digest(path))
    _quoted.cache_clear()  # it is asked for the last time
    _read.cache_clear()
    account, cover = account_to_json(readers.account_of(path, book)), book.cover
    script = write_script(book, source=files.printable_name(path), quotations=quotations)
    del book, quotations
    return script_to_json(script) | {ACCOUNT: account}, cover


def undecided(path: Path) -> Script:
    """A book's script before anybody has decided who speaks: known long before that is. Raises BookError."""
    from audiobook.attribution.script_lines import write_undecided  # noqa: PLC0415  # likewise

    return write_undecided(*_quoted(path, readers.digest(path)))


def opening(path: Path) -> Script:
    """The beginning of what `undecided` gives, sooner: as if the book ended there. Raises BookError."""
    return _as_if(select_opening(_read(path, readers.digest(path)), _OPENING))


def sample(path: Path) -> Script:
    """Stretches of what `undecided` gives, sooner, as `select_sample` cuts them. Raises BookError."""
    return _as_if(select_sample(_read(path, readers.digest(path)), _SAMPLE, _STRETCH))


def _as_if(book: Book) -> Script:
    """What `undecided` would give if that were the book."""
    from audiobook.attribution.analyze import quotations_of  # noqa: PLC0415  # likewise
    from audiobook.attribution.script_lines import write_undecided  # noqa: PLC0415  # likewise

    return write_undecided(book, quotations_of(book))


def look_through(path: Path) -> None:
    """Read a book, for all that is asked about it in the same process. Raises BookError."""
    from audiobook.attribution import analyze  # noqa: F401, PLC0415  # loaded meanwhile

    _read(path, readers.digest(path))


@lru_cache(maxsize=1)
def _read(path: Path, _digest: str) -> Book:
    return readers.read_book(path)


@lru_cache(maxsize=1)
def _quoted(path: Path, digest: str) -> "tuple[Book, Quotations]":
    """A book and what is quoted in it, for `undecided` and `drafted`."""
    from audiobook.attribution.analyze import quotations_of  # noqa: PLC0415  # likewise

    book = _read(path, digest)
    return book, quotations_of(book)
