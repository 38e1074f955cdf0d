"""Match the edits in a script to the current text of the book."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from audiobook.model.book import Book
from audiobook.model.edits import LineEdit, ScriptEdits, mark_decided
from audiobook.model.script import Line, OrphanedEdit, Rename, Script
from audiobook.services.compare_scripts import Passage, compare_speakers, match_paragraphs, passages

_MOST_ORPHANS = 1000  # most orphaned edits that are searched for in the whole book


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedEdits:
    """The edits that an analysis applies, and those that do not match the book."""

    edits: ScriptEdits
    orphaned_edits: tuple[OrphanedEdit, ...]  # edits of lines that are not in the book
    reworded: int  # paragraphs of the script whose text is not in the book
    paragraphs: int  # of the script

    @property
    def count(self) -> int:
        """The number of edits to apply."""
        return len(self.edits.line_edits) + len(self.edits.renames) + len(self.edits.people)


def match_edits(script: Script, book: Book) -> MatchedEdits:
    """Find the edits of a script, with the current place of each edited line in the book.

    A paragraph is matched by its words, also if it moved; a line in a reworded paragraph by its own words. An edit of a
    line that is not found becomes an orphaned edit.
    """
    texts = [(c.number, n, p.text) for c in book.chapters for n, p in enumerate(c.paragraphs, 1)]
    written = passages(script)
    found = match_paragraphs([passage.text for passage in written], [text for _, _, text in texts])
    search = _Search(texts)
    lost = [
        orphan for passage, at in zip(written, found, strict=True) for orphan in _match_passage(search, passage, at)
    ]
    lost += script.orphaned_edits
    orphaned_edits = [orphan for orphan in lost[:_MOST_ORPHANS] if not search.place(orphan)] + lost[_MOST_ORPHANS:]
    return MatchedEdits(
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
    """The paragraphs of the book (chapter, number, text), and the edits matched so far."""

    texts: Sequence[tuple[int, int, str]]
    line_edits: list[LineEdit] = field(default_factory=list)
    _taken: dict[int, list[tuple[int, int]]] = field(
        default_factory=dict
    )  # by paragraph: (start, end) of matched edits
    _joined: str = ""
    _starts: list[int] = field(default_factory=list)

    def line_edit(self, at: int, start: int, end: int, line: Line | OrphanedEdit) -> None:
        """Add an edit of the characters `start` to `end` of a paragraph."""
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
        """Match an orphaned edit by its words, if they occur only once and no other edit is there."""
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
        """The text of the book, and the offset of every paragraph in it."""
        if not self._joined:
            self._joined = "\n".join(text for _, _, text in self.texts)
            self._starts = [0, *accumulate(len(text) + 1 for _, _, text in self.texts)][:-1]
        return self._joined, self._starts


def _match_passage(search: _Search, passage: Passage, at: int | None) -> Iterator[OrphanedEdit]:
    """Match the edits of a passage to the paragraph at an index; yields those that do not match."""
    here = "" if at is None else search.texts[at][2]
    floor = 0
    for start, end, line in passage.spans():
        words = line.text.strip()
        if line.pinned and words:
            first, last = (start, end) if here == passage.text else _find(here, words, floor)
            if at is None or first < 0:
                yield _orphan(line)
            else:
                search.line_edit(at, first, last, line)
                floor = last


def _find(text: str, words: str, floor: int) -> tuple[int, int]:
    first = text.find(words, floor)
    return first, first + len(words)


def _orphan(line: Line) -> OrphanedEdit:
    place = line.place
    return OrphanedEdit(
        chapter=place.chapter,
        paragraph=place.paragraph,
        text=line.text.strip(),
        kind=line.kind,
        speaker=line.speaker,
        style=line.style,
    )


def infer_edits(script: Script, fresh: Script) -> Script:
    """Infer the edits of a script without the program's choices: everything that differs from `fresh` is an edit."""
    comparison = compare_speakers(fresh, script)
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
