"""Entries of contents lists → the headings in the book that they name, in order.

Every pair of an entry and a heading with the same title or the same number has a weight. The heaviest chain of pairs in
which both run forwards says which heading belongs to which entry.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from audiobook.readers.headings import CHAPTER_FAMILIES
from audiobook.readers.text.entries import Entry, key_of, plain_family
from audiobook.readers.text.marks import Mark

_SAME_TITLE, _LIKE_TITLE, _SAME_LABEL = 6, 4, 4
_LEAST_COMMON = 0.6  # share of words that two titles have in common
_MOST_PAIRS = 400_000
_MOST_MARKS = 2000  # that are compared with one entry


def match_entries(entries: Sequence[Entry], marks: Sequence[Mark]) -> dict[int, int]:
    """Which mark each entry names: the place in `marks` for the place in `entries`."""
    pairs = sorted(_weigh_pairs(entries, marks), key=lambda pair: (pair[0], -pair[1]))
    return _find_heaviest_chain(pairs[:_MOST_PAIRS], len(marks))


def _weigh_pairs(entries: Sequence[Entry], marks: Sequence[Mark]) -> Iterator[tuple[int, int, int]]:
    """(entry, mark, weight) of all pairs that may belong together."""
    by_number: dict[tuple[str, int], list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    titles = [
        key_of(mark.heading.title or ("" if mark.heading.number is not None else mark.heading.label)) for mark in marks
    ]
    for n, mark in enumerate(marks):
        if mark.heading.number is not None:
            by_number[(plain_family(mark.heading.family), mark.heading.number)].append(n)
        if titles[n]:
            by_word[titles[n].split()[0]].append(n)
    for e, entry in enumerate(entries):
        word = entry.title.split()[0] if entry.title else ""
        number = (plain_family(entry.family), entry.number or 0)
        found = {*by_word.get(word, ()), *(by_number.get(number, ()) if entry.number is not None else ())}
        for m in sorted(found)[:_MOST_MARKS]:
            weight = _weigh(entry, marks[m], titles[m]) if entry.after <= marks[m].at < entry.before else 0
            if weight:
                yield e, m, weight


def _title_of(mark: Mark) -> str:
    return key_of(mark.heading.title or ("" if mark.heading.number is not None else mark.heading.label))


def _weigh(entry: Entry, mark: Mark, title: str) -> int:
    number = mark.heading.number
    same_number = (
        entry.number is not None
        and number == entry.number
        and plain_family(mark.heading.family) == plain_family(entry.family)
    )
    likeness = _compare(entry.title, title)
    if same_number:
        named = entry.family == mark.heading.family and entry.family in CHAPTER_FAMILIES
        return likeness + (_SAME_LABEL if named or not (entry.title and title) or likeness else 1)
    return likeness // 2 if entry.number is not None else likeness


def _compare(a: str, b: str) -> int:
    if not a or not b:
        return 0
    if a == b:
        return _SAME_TITLE
    shorter, longer = sorted((a, b), key=len)
    if longer.startswith(f"{shorter} ") and len(shorter) >= 8:
        return _LIKE_TITLE
    first, second = set(a.split()), set(b.split())
    common = len(first & second)
    return _LIKE_TITLE if common >= 2 and common >= _LEAST_COMMON * max(len(first), len(second)) else 0


def _find_heaviest_chain(pairs: Sequence[tuple[int, int, int]], marks: int) -> dict[int, int]:
    """The heaviest chain of pairs that rises in both places, by a tree of the best chains up to each mark."""
    tree = [(0, -1)] * (marks + 1)  # (weight, last pair) of the best chain among marks, as a Fenwick tree
    weights: list[int] = []
    before: list[int] = []
    for n, (_, m, weight) in enumerate(pairs):
        best = max((tree[i] for i in _path_down(m)), default=(0, -1))
        weights.append(best[0] + weight)
        before.append(best[1])
        at = m + 1
        while at <= marks:
            if tree[at][0] < weights[n]:
                tree[at] = (weights[n], n)
            at += at & -at
    if not pairs:
        return {}
    chain: dict[int, int] = {}
    n = max(range(len(pairs)), key=weights.__getitem__)
    while n >= 0:
        chain[pairs[n][0]] = pairs[n][1]
        n = before[n]
    return chain


def _path_down(at: int) -> Iterator[int]:
    while at > 0:
        yield at
        at -= at & -at
