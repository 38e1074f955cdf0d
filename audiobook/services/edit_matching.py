"""A person's decisions, taken out of a script that was edited and found again in the book as it is now."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from audiobook.model.book import Book
from audiobook.model.edits import LineEdit, ScriptEdits, mark_decided
from audiobook.model.script import Line, OrphanedEdit, Rename, Script
from audiobook.services.compare_scripts import Passage, compared, matched, passages

_MOST_STRAYS = 1000  # that are looked for in the whole book


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What an analysis has to keep to, and what it cannot keep."""

    edits: ScriptEdits
    orphaned_edits: tuple[OrphanedEdit, ...]  # decisions on lines that the book does not have
    reworded: int  # paragraphs of the script whose words the book does not have
    paragraphs: int  # of the script

    @property
    def count(self) -> int:
        """How many there are to be kept."""
        return len(self.edits.line_edits) + len(self.edits.renames) + len(self.edits.people)


def decisions_in(script: Script, book: Book) -> Decisions:
    """The decisions in an edited script, with every pin where its line stands in the book.

    A paragraph is found again by its words, wherever it stands now; a line in a paragraph that was reworded, by its
    own words. A decision on a line that is not found is a stray.
    """
    texts = [(c.number, n, p.text) for c in book.chapters for n, p in enumerate(c.paragraphs, 1)]
    written = passages(script)
    found = matched([passage.text for passage in written], [text for _, _, text in texts])
    search = _Search(texts)
    lost = [orphan for passage, at in zip(written, found, strict=True) for orphan in _pin(search, passage, at)]
    lost += script.orphaned_edits
    orphaned_edits = [orphan for orphan in lost[:_MOST_STRAYS] if not search.place(orphan)] + lost[_MOST_STRAYS:]
    return Decisions(
        edits=ScriptEdits(
            renames=script.renames,
            people=tuple(character for character in script.characters if character.pinned),
            line_edits=tuple(search.line_edits),
        ),
        orphaned_edits=tuple(orphaned_edits),
        reworded=sum(at is None or texts[at][2] != p.text for p, at in zip(written, found, strict=True)),
        paragraphs=len(written),
    )


@dataclass(slots=True)
class _Search:
    """The book's paragraphs (chapter, number, text), and what was found in them so far."""

    texts: Sequence[tuple[int, int, str]]
    line_edits: list[LineEdit] = field(default_factory=list)
    _taken: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # per paragraph, what is pinned already
    _joined: str = ""
    _starts: list[int] = field(default_factory=list)

    def line_edit(self, at: int, start: int, end: int, line: Line | OrphanedEdit) -> None:
        """Pin a stretch of the paragraph at an index."""
        chapter, paragraph, _ = self.texts[at]
        self._taken.setdefault(at, []).append((start, end))
        self.line_edits.append(
            LineEdit(
                chapter=chapter,
                paragraph=paragraph,
                start=start,
                end=end,
                kind=line.kind,
                speaker=line.speaker,
                style=line.style,
            )
        )

    def place(self, orphan: OrphanedEdit) -> bool:
        """Pin a stray where its words stand, if that is in one place only and nothing else is decided there."""
        words = orphan.text.strip()
        whole, starts = self._whole()
        first = whole.find(words) if words else -1
        if first < 0 or whole.find(words, first + 1) >= 0:
            return False
        at = bisect_right(starts, first) - 1
        start, end = first - starts[at], first - starts[at] + len(words)
        if end > len(self.texts[at][2]) or any(start < b and a < end for a, b in self._taken.get(at, ())):
            return False
        self.line_edit(at, start, end, orphan)
        return True

    def _whole(self) -> tuple[str, list[int]]:
        """The book's text, and where every paragraph begins in it."""
        if not self._joined:
            self._joined = "\n".join(text for _, _, text in self.texts)
            self._starts = [0, *accumulate(len(text) + 1 for _, _, text in self.texts)][:-1]
        return self._joined, self._starts


def _pin(search: _Search, passage: Passage, at: int | None) -> Iterator[OrphanedEdit]:
    """Pin what was decided about a passage that is now at an index; gives the decisions that do not fit."""
    here = "" if at is None else search.texts[at][2]
    floor = 0
    for start, end, line in passage.spans():
        words = line.text.strip()
        if line.pinned and words:
            first, last = (start, end) if here == passage.text else _found(here, words, floor)
            if at is None or first < 0:
                yield _stray(line)
            else:
                search.line_edit(at, first, last, line)
                floor = last


def _found(text: str, words: str, floor: int) -> tuple[int, int]:
    first = text.find(words, floor)
    return first, first + len(words)


def _stray(line: Line) -> OrphanedEdit:
    place = line.place
    return OrphanedEdit(
        chapter=place.chapter,
        paragraph=place.paragraph,
        text=line.text.strip(),
        kind=line.kind,
        speaker=line.speaker,
        style=line.style,
    )


def inferred(script: Script, fresh: Script) -> Script:
    """An edited script that does not say what the program chose, with all that differs from `fresh` decided by hand."""
    comparison = compared(fresh, script)
    changed = {change.place for change in comparison.changes}
    known = {c.name: (c.gender, c.age) for c in fresh.characters}
    chapters = tuple(
        replace(chapter, lines=tuple(mark_decided(ln) if ln.place in changed else ln for ln in chapter.lines))
        for chapter in script.chapters
    )
    characters = tuple(
        replace(c, pinned=c.pinned or (c.gender, c.age) != known.get(c.name, (c.gender, c.age)))
        for c in script.characters
    )
    told = {rename.name for rename in script.renames}
    renames = tuple(Rename(name=before, becomes=after) for before, after, _ in comparison.renamed if before not in told)
    return replace(script, chapters=chapters, characters=characters, renames=(*script.renames, *renames))
