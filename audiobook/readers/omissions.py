"""What a reader leaves out of a book: its place, the reason, and the number of words."""

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
    """A text of a book's source: the file itself, or one of the documents in it."""

    name: str  # inside the file; empty for a file that is one text
    text: str  # offsets count characters of it
    unmarked: str | None = None  # the same text, extracted in another way; None where there is no other way


_LETTER = re.compile(r"[^\W_]")
_LETTER_OR_SPACE = re.compile(r"[^\W_]|\s")
_SPACE = re.compile(r"\s")
_LINE_END = re.compile("\n")
_SHOWN = 60  # characters of a stretch
_LOOKED_AT = 1000  # characters of a stretch that are searched for its first words

Span = tuple[int, int]


class Source:
    """The documents in one text, in which offsets are counted."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.text = "\n".join(document.text for document in documents)
        self.starts = word_starts(self.text)
        self._names = [document.name for document in documents]
        self._begins = [0, *accumulate(len(document.text) + 1 for document in documents)][:-1]
        self._lines = [found.start() for found in _LINE_END.finditer(self.text)] if self._names == [""] else []

    def words(self, start: int, end: int) -> int:
        """The number of words that begin in a stretch."""
        return bisect_left(self.starts, end) - bisect_left(self.starts, start)

    def begins_word(self, at: int) -> bool:
        """Whether a word begins at an offset."""
        found = bisect_left(self.starts, at)
        return found < len(self.starts) and self.starts[found] == at

    def has_letters(self, start: int, end: int) -> bool:
        """Whether a stretch has a letter or a digit."""
        return _LETTER.search(self.text, start, end) is not None

    def shown(self, start: int, end: int) -> str:
        """The first words of a stretch."""
        shown = one_line(self.text[start : min(end, start + _LOOKED_AT)])
        return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"

    def place(self, start: int, end: int | None = None) -> str:
        """Where a stretch begins, for messages: the line of the file, or the document."""
        if end is not None:
            found = _LETTER.search(self.text, start, end)
            start = found.start() if found else start
        name = self._names[bisect_right(self._begins, start) - 1] if self._names else ""
        return name or f"line {bisect_left(self._lines, start) + 1}"


class Omissions:
    """What is skipped, in source order and without overlaps.

    A word that begins in a skipped stretch and continues after it in text that is read counts as read.
    """

    def __init__(self, skipped: Iterable[Skipped], source: Source) -> None:
        self._source = source
        self._every = list(_merge_nested(skipped))
        self._starts = [part.start for part in self._every]
        self._going_on = {part.start: at for part in self._every if (at := self._goes_on(part)) is not None}

    @property
    def skipped(self) -> Iterator[Skipped]:
        """The stretches that are not read."""
        return (part for part in self._every if _is_unread(part))

    @property
    def going_on(self) -> Iterable[int]:
        """The places where words continue that begin in a skipped stretch."""
        return self._going_on.values()

    def spans(self) -> Iterator[Span]:
        """Every stretch that is skipped or that is read in other letters."""
        return ((part.start, part.end) for part in self._every)

    def words_of(self, part: Skipped) -> int:
        """The number of source words that are not read because of it."""
        return self._source.words(part.start, part.end) - (part.start in self._going_on)

    def words_inside(self, span: Span) -> int:
        """The number of source words in a stretch that begin in its skipped parts."""
        return sum(self._source.words(*_clip(part, span)) for part in self._inside(span) if _is_unread(part))

    def without(self, span: Span) -> str:
        """The text of a stretch as it is read."""
        pieces: list[str] = []
        at = span[0]
        for part in self._inside(span):
            start, end = _clip(part, span)
            pieces += (self._source.text[at:start], part.instead)
            at = max(at, end)
        return "".join((*pieces, self._source.text[at : span[1]]))

    def _inside(self, span: Span) -> Iterator[Skipped]:
        first = max(0, bisect_left(self._starts, span[0]) - 1)
        for n in range(first, len(self._every)):
            part = self._every[n]
            if part.start >= span[1]:
                return
            if part.end > span[0] or part.start == span[0]:  # an insertion at the beginning has no length
                yield part

    def _goes_on(self, part: Skipped) -> int | None:
        """Where a word that begins in a skipped stretch continues in text that is read; None where none does."""
        source = self._source
        if not _is_unread(part) or not source.words(part.start, part.end):
            return None
        at = part.end
        last = source.starts[bisect_left(source.starts, at) - 1]
        if _SPACE.search(source.text, last, at):
            return None
        while found := _LETTER_OR_SPACE.search(source.text, at):
            if found.group().isspace() or source.begins_word(found.start()):
                return None
            beneath = bisect_right(self._starts, found.start()) - 1
            if beneath < 0 or self._every[beneath].end <= found.start() or not _is_unread(self._every[beneath]):
                return found.start()
            at = self._every[beneath].end
        return None


def _is_unread(part: Skipped) -> bool:
    """Whether nothing is read in its place."""
    return not letters_of(part.instead)


def _clip(part: Skipped, span: Span) -> Span:
    return max(part.start, span[0]), min(part.end, span[1])


def _merge_nested(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """The stretches in order. One inside another is dropped; what two share belongs to the first."""
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
    """A paragraph, or a value that becomes one."""

    @property
    def text(self) -> str:
        """Its text."""
        ...

    @property
    def stands(self) -> tuple[int, int] | None:
        """Its place in the source."""
        ...


def skip(paragraphs: Sequence[Standing], reason: str, title: str = "") -> Skipped:
    """Successive paragraphs that are not read. Without a title, the reason is the title."""
    places = [place for paragraph in paragraphs if (place := paragraph.stands) is not None]
    return Skipped(
        title=title or reason[:1].upper() + reason[1:],
        words=sum(count_words(paragraph.text) for paragraph in paragraphs),
        reason=reason,
        start=min((start for start, _ in places), default=0),
        end=max((end for _, end in places), default=0),
    )


def skip_stretch(text: str, start: int, reason: str, *, title: str = "") -> Skipped:
    """A stretch of the source that is not read: its text, and the offset where it begins."""
    shown = title or one_line(text)[:_TITLE] or reason[:1].upper() + reason[1:]
    return Skipped(title=shown, words=count_words(text), reason=reason, start=start, end=start + len(text))


def has_letters(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a stretch of a text has a letter or a digit."""
    return _LETTER.search(text, start, len(text) if end is None else end) is not None


def subtract_spans(skipped: Sequence[Skipped], spans: Sequence[Span]) -> Iterator[Skipped]:
    """The skipped parts without stretches that are read after all, in order. What is within a stretch stays skipped."""
    starts = [start for start, _ in spans]
    for part in skipped:
        first = max(0, bisect_right(starts, part.start) - 1)
        near = [span for span in spans[first : bisect_right(starts, part.end)] if span[1] > part.start]
        if (part.start, part.end) not in near:
            yield from _subtract_from(part, [span for span in near if not _holds(span, part)])


def _holds(span: Span, part: Skipped) -> bool:
    """Whether a part is within a stretch, such as a page number."""
    return span[0] <= part.start and part.end <= span[1]


def _subtract_from(part: Skipped, spans: Sequence[Span]) -> Iterator[Skipped]:
    if not spans:
        yield part
        return
    at = part.start
    for start, end in [*spans, (part.end, part.end)]:
        if at < min(start, part.end):
            yield replace(part, words=0, start=at, end=min(start, part.end))
        at = max(at, end)
