"""Compare two scripts of a book: match their paragraphs and find lines whose speaker differs."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audiobook.model.alignment import align, match_replaced
from audiobook.model.script import Line, Place, Script


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a script."""

    lines: tuple[Line, ...]
    text: str

    @property
    def place(self) -> Place:
        """The place of its first line."""
        return self.lines[0].place

    def spans(self) -> Iterator[tuple[int, int, Line]]:
        """Every line with its start and end in the text of the paragraph."""
        start = 0
        for line in self.lines:
            yield start, start + len(line.text), line
            start += len(line.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A part of the book whose speaker has changed."""

    place: Place  # in the new script
    text: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The differences between two scripts of a book."""

    changes: tuple[Change, ...]  # in the order of the book
    renamed: tuple[tuple[str, str, int], ...]  # renamed characters: old name, new name, lines
    lines: int  # of the new script
    missing: int  # paragraphs that are only in the old script
    added: int  # paragraphs that are only in the new script


def passages(script: Script) -> list[Passage]:
    """The paragraphs of a script, in order."""
    return [Passage(tuple(lines), "".join(line.text for line in lines)) for lines in map(list, _paragraphs(script))]


def _paragraphs(script: Script) -> Iterator[Iterator[Line]]:
    for chapter in script.chapters:
        for _, lines in groupby(chapter.lines, key=lambda line: line.place.paragraph):
            yield lines


def match_paragraphs(texts: Sequence[str], others: Sequence[str]) -> list[int | None]:
    """For each text, the index of the same paragraph in the other script, also if it was moved or changed."""
    found = match_replaced(align(texts, others), len(others))
    taken = set(found)
    free = [j for j in range(len(others)) if j not in taken]
    here = Counter(text for text, at in zip(texts, found, strict=True) if at is None)
    there = Counter(others[j] for j in free)
    moved = {others[j]: j for j in free if here[others[j]] == there[others[j]] == 1}
    return [moved.get(text) if at is None else at for text, at in zip(texts, found, strict=True)]


def compare_speakers(old: Script, new: Script, chapters: Collection[int] | None = None) -> Comparison:
    """Find the changes from the old script to the new one. Lines are matched by their text, also if they moved.

    With `chapters`, only changes in these chapters of the new script count.
    """
    before, after = passages(old), passages(new)
    found = match_paragraphs([p.text for p in after], [p.text for p in before])
    changes = [
        change
        for passage, at in zip(after, found, strict=True)
        if at is not None
        if chapters is None or passage.place.chapter in chapters
        for change in _changes(before[at], passage)
    ]
    renamed = _find_renames(old, new, changes)
    swaps = {(a, b) for a, b, _ in renamed}
    return Comparison(
        changes=tuple(change for change in changes if (change.before, change.after) not in swaps),
        renamed=renamed,
        lines=sum(len(c.lines) for c in new.chapters if chapters is None or c.number in chapters),
        missing=len(before) - sum(at is not None for at in found),
        added=found.count(None),
    )


def _changes(old: Passage, new: Passage) -> Iterator[Change]:
    if old.text == new.text:
        yield from _by_offset(old, new)
        return
    found = match_replaced(align([line.text for line in new.lines], [line.text for line in old.lines]), len(old.lines))
    for line, at in zip(new.lines, found, strict=True):
        if at is not None and old.lines[at].speaker != line.speaker:
            yield Change(place=line.place, text=line.text, before=old.lines[at].speaker, after=line.speaker)


def _by_offset(old: Passage, new: Passage) -> Iterator[Change]:
    """Changes in a paragraph with the same text. Its lines may be divided differently; a change ends with a line."""
    were = list(old.spans())
    first = 0
    for start, end, line in new.spans():
        while first < len(were) and were[first][1] <= start:
            first += 1
        at = first
        while at < len(were) and were[at][0] < end:
            was_start, was_end, was = were[at]
            text = line.text[max(was_start - start, 0) : was_end - start]
            if was.speaker != line.speaker and text.strip():
                yield Change(place=line.place, text=text, before=was.speaker, after=line.speaker)
            at += 1


def _find_renames(old: Script, new: Script, changes: Sequence[Change]) -> tuple[tuple[str, str, int], ...]:
    """Characters whose lines all have one new name that did not exist before."""
    spoke_before = Counter(line.speaker for line in old.lines())
    speak_now = {line.speaker for line in new.lines()}
    pairs = Counter((change.before, change.after) for change in changes)
    sources, targets = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return tuple(
        (a, b, n)
        for (a, b), n in pairs.items()
        if a is not None and b is not None and a not in speak_now and b not in spoke_before
        if sources[a] == targets[b] == 1
    )
