"""What a reader leaves out of a book: where it stands, why, and how many words it has."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from audiobook.model.book import Skipped, count_words, letters_of, word_starts
from audiobook.readers.titles import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that is one text, or one of the texts that a file holds."""

    name: str  # inside the file; empty for a file that is one text
    text: str  # in which places are counted
    unmarked: str | None = None  # the same by another way; None where there is none


_LETTER = re.compile(r"[^\W_]")
_LETTER_OR_SPACE = re.compile(r"[^\W_]|\s")
_SPACE = re.compile(r"\s")
_LINE_END = re.compile("\n")
_SHOWN = 60  # characters of a stretch
_LOOKED_AT = 1000  # characters of a stretch among which its first words are looked for

Span = tuple[int, int]


class Source:
    """The documents one behind the other, as places are counted."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.text = "\n".join(document.text for document in documents)
        self.starts = word_starts(self.text)
        self._names = [document.name for document in documents]
        self._begins = [0, *accumulate(len(document.text) + 1 for document in documents)][:-1]
        self._lines = [found.start() for found in _LINE_END.finditer(self.text)] if self._names == [""] else []

    def words(self, start: int, end: int) -> int:
        """How many words begin in a stretch."""
        return bisect_left(self.starts, end) - bisect_left(self.starts, start)

    def has_letters(self, start: int, end: int) -> bool:
        """Whether there is a letter or a digit in it."""
        return _LETTER.search(self.text, start, end) is not None

    def shown(self, start: int, end: int) -> str:
        """The first words of a stretch."""
        shown = one_line(self.text[start : min(end, start + _LOOKED_AT)])
        return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"

    def place(self, start: int, end: int | None = None) -> str:
        """Where a stretch begins, for people: at which line of the file, or in which document."""
        if end is not None:
            found = _LETTER.search(self.text, start, end)
            start = found.start() if found else start
        name = self._names[bisect_right(self._begins, start) - 1] if self._names else ""
        return name or f"line {bisect_left(self._lines, start) + 1}"


class Omissions:
    """What is skipped, in the order of the source, nothing of it twice.

    A word that begins in what is skipped and goes on behind it in letters that are read is a word that is read.
    """

    def __init__(self, skipped: Iterable[Skipped], source: Source) -> None:
        self._source = source
        self._every = list(_outermost(skipped))
        self._starts = [part.start for part in self._every]
        self._going_on = {part.start: at for part in self._every if (at := self._goes_on(part)) is not None}

    @property
    def skipped(self) -> Iterator[Skipped]:
        """What is not read."""
        return (part for part in self._every if _is_unread(part))

    @property
    def going_on(self) -> Iterable[int]:
        """Where the words are read on that begin in what is skipped."""
        return self._going_on.values()

    def spans(self) -> Iterator[Span]:
        """Every stretch that is skipped or read in other letters."""
        return ((part.start, part.end) for part in self._every)

    def words_of(self, part: Skipped) -> int:
        """How many words of the source are not read for it."""
        return self._source.words(part.start, part.end) - (part.start in self._going_on)

    def words_inside(self, span: Span) -> int:
        """How many words of the source begin in what is skipped of a stretch."""
        return sum(self._source.words(*_within(part, span)) for part in self._inside(span) if _is_unread(part))

    def without(self, span: Span) -> str:
        """What is read of a stretch."""
        pieces: list[str] = []
        at = span[0]
        for part in self._inside(span):
            start, end = _within(part, span)
            pieces += (self._source.text[at:start], part.instead)
            at = end
        return "".join((*pieces, self._source.text[at : span[1]]))

    def _inside(self, span: Span) -> Iterator[Skipped]:
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        for n in range(first, len(self._every)):
            if self._every[n].start >= span[1]:
                return
            if self._every[n].end > span[0]:
                yield self._every[n]

    def _goes_on(self, part: Skipped) -> int | None:
        """Where a word that begins in what is skipped goes on in letters that are read."""
        source = self._source
        if not _is_unread(part) or not source.words(part.start, part.end):
            return None
        at = part.end
        last = source.starts[bisect_left(source.starts, at) - 1]
        if _SPACE.search(source.text, last, at):
            return None
        while found := _LETTER_OR_SPACE.search(source.text, at):
            if found.group().isspace():
                return None
            beneath = bisect_right(self._starts, found.start()) - 1
            if beneath < 0 or self._every[beneath].end <= found.start() or not _is_unread(self._every[beneath]):
                return found.start()
            at = self._every[beneath].end
        return None


def _is_unread(part: Skipped) -> bool:
    """Whether no letter is read for it."""
    return not letters_of(part.instead)


def _within(part: Skipped, span: Span) -> Span:
    return max(part.start, span[0]), min(part.end, span[1])


def _outermost(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """The stretches in order, those inside another left out, and what two have in common given to the first."""
    at = 0
    for part in sorted(skipped, key=lambda part: (part.start, -part.end)):
        start = max(part.start, at)
        if part.end > at:
            yield part if part.start == start else replace(part, start=start)
            at = part.end
        elif part.start == part.end:
            yield replace(part, start=start, end=start)


_TITLE = 60  # characters


class Standing(Protocol):
    """A paragraph, or what becomes one."""

    @property
    def text(self) -> str:
        """What is written in it."""
        ...

    @property
    def stands(self) -> tuple[int, int] | None:
        """Where."""
        ...


def skip(paragraphs: Sequence[Standing], reason: str, title: str = "") -> Skipped:
    """Paragraphs in a row that are not read; called like the reason where they have no title of their own."""
    places = [place for paragraph in paragraphs if (place := paragraph.stands) is not None]
    return Skipped(
        title=title or reason[:1].upper() + reason[1:],
        words=sum(count_words(paragraph.text) for paragraph in paragraphs),
        reason=reason,
        start=min((start for start, _ in places), default=0),
        end=max((end for _, end in places), default=0),
    )


def skip_stretch(text: str, start: int, reason: str, *, title: str = "") -> Skipped:
    """A stretch of the source that is not read; `text` is what it says, `start` where it stands."""
    shown = title or one_line(text)[:_TITLE] or reason[:1].upper() + reason[1:]
    return Skipped(title=shown, words=count_words(text), reason=reason, start=start, end=start + len(text))


def has_letters(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether there is a letter or a digit in that stretch of a text."""
    return _LETTER.search(text, start, len(text) if end is None else end) is not None
