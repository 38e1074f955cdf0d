"""What is said again in a book: short blocks that come again later, and entries that were in a list already."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from audiobook.readers.headings import CHAPTER_FAMILIES, UPPER_FAMILIES, Heading, recognise
from audiobook.readers.text.blocks import Block
from audiobook.readers.text.entries import Entry, key_of, style_of

SHORT_BLOCK = 8  # lines of a block that may be an entry as a whole
_LONE_STYLES = ("roman", "arabic", "word")


class Echoes:
    """Where short blocks, and the titles in them, come again."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._at: dict[str, list[int]] = defaultdict(list)
        self._words = list(accumulate((len(block.text.split()) for block in blocks), initial=0))
        for n, block in enumerate(blocks):
            if len(block.lines) <= SHORT_BLOCK:
                for key in keys_of(block):
                    self._at[key].append(n)

    def after(self, key: str, at: int) -> bool:
        """Whether a block with this key stands behind `at`."""
        return bool(key) and self._at.get(key, [-1])[-1] > at

    def words_between(self, keys: Sequence[str], at: int) -> int:
        """The number of words between the places where these keys come again behind `at`."""
        places = [self._at[key][-1] for key in keys if self.after(key, at)]
        return self._words[max(places)] - self._words[min(places)] if places else 0

    def before(self, key: str, at: int) -> bool:
        """Whether a block with this key stands before `at`."""
        return bool(key) and self._at.get(key, [at])[0] < at


def keys_of(block: Block) -> set[str]:
    """The keys by which a block is known again: its text, its first line, the title behind its number."""
    first = block.lines[0].text
    keys = {key_of(block.text), key_of(first)}
    heading = recognise(first)
    if heading and heading.number is not None:
        rest = " ".join(line.text for line in block.lines[1:])
        keys |= {key_of(heading.title), key_of(f"{heading.title} {rest}")}
    return keys - {""}


class Seen:
    """The entries of a list so far, and the question whether one comes again."""

    def __init__(self) -> None:
        self._titles_of: dict[tuple[str, int, tuple[str, ...]], set[str]] = defaultdict(set)
        self._titles: set[str] = set()
        self._parts: list[tuple[int, str]] = []  # rank and number of the parts that the next entry is in
        self._tale = self._scope = ""  # the last title without a number, and that of the tale whose sections follow
        self._after_title = False
        self.first: Entry | None = None
        self.last: Entry | None = None

    def add(self, entry: Entry) -> None:
        """Add the next entry of the list."""
        if entry.number is not None:
            if entry.number == 1 and "-" in entry.family and self._after_title:
                self._scope = self._tale  # the sections of a tale
            self._titles_of[(style_of(entry.family), entry.number, self._place(entry))].add(entry.title)
            self.first, self.last = self.first or entry, entry
            self._open(entry)
            self._after_title = False
        elif entry.title:
            self._titles.add(entry.title)
            self._tale, self._after_title = entry.title, True

    def begins_with(self, heading: Heading) -> bool:
        """Whether the list began with this number."""
        return self.first is not None and heading.number == self.first.number

    def has(self, entry: Entry, *, before_prose: bool) -> bool:
        """Whether an entry was in the list already: the same title, or the same number and no other title."""
        if entry.number is None:
            is_said_twice = self._after_title and entry.title == self._tale  # on two lines of the list
            return entry.title in self._titles and (before_prose or not is_said_twice)
        if entry.number == 1 and "-" in entry.family and self._after_title and not before_prose:
            return False  # the first section of the tale that was named just before
        style, place = style_of(entry.family), self._place(entry)
        styles = {style, *(_LONE_STYLES if style in CHAPTER_FAMILIES else () if entry.is_upper else ("chapter",))}
        titles = set().union(*(self._titles_of.get((other, entry.number, place), ()) for other in styles))
        if entry.title in titles or "" in titles:
            return True
        return bool(titles) and not entry.title and before_prose

    def _place(self, entry: Entry) -> tuple[str, ...]:
        rank = UPPER_FAMILIES.index(entry.family) if entry.is_upper else len(UPPER_FAMILIES)
        place = tuple(name for other, name in self._parts if other < rank)
        return (*place, self._scope) if self._scope and "-" in entry.family else place

    def _open(self, entry: Entry) -> None:
        if entry.is_upper:
            rank = UPPER_FAMILIES.index(entry.family)
            above = [part for part in self._parts if part[0] < rank]
            self._parts = [*above, (rank, f"{entry.family} {entry.number}")]
