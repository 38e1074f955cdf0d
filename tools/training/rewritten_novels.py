"""Rewrite an annotated novel with other quotation marks, and move its annotations."""

import re
from collections.abc import Iterator, Sequence

from audiobook.attribution.quotes import marks as apostrophes
from audiobook.attribution.quotes.marks import Mark, find_marks
from tools.training.rewriting import Edit, Marks, Quoted, applied, dashed, enclosed

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
_APOSTROPHE = re.compile(r"(?<=[^\W_])'(?=[^\W_])")

Span = tuple[int, int]  # (start, end) in the text


def rewritten_novel(text: str, spoken: Sequence[Span], marks: Marks) -> tuple[str, list[int]]:
    """A novel's text with its double marks rewritten, and the new position of each character.

    `spoken` are the parts that are speech. If the convention uses dashes for speech, quoted words that are not speech
    get its inner marks.
    """
    said = bytearray(len(text))
    for start, end in spoken:
        said[start:end] = b"\1" * (end - start)
    speeches: list[Quoted] = []
    others: list[Quoted] = []
    for quoted in quotations_in(text):
        heard = sum(said[quoted.words : quoted.words_end])
        (speeches if 2 * heard > quoted.words_end - quoted.words else others).append(quoted)
    if marks.dashes is None:
        edits = [edit for quoted in (*speeches, *others) for edit in enclosed(quoted, marks.outer)]
    else:
        edits = [edit for quoted in others for edit in enclosed(quoted, marks.inner)]
        edits += dashed(text, speeches, marks.dashes)
    return applied(text, sorted([*edits, *_single_marks(text, marks)]))


def quotations_in(text: str) -> Iterator[Quoted]:
    """The text between double marks, paragraph by paragraph."""
    for paragraph in _PARAGRAPH.finditer(text):
        begins, words = paragraph.start(), paragraph.group()
        opening: Mark | None = None
        for mark in (mark for mark in find_marks(words) if mark.family == "double"):
            if opening is not None and mark.shape != "open":
                yield _quoted(begins, opening, mark, mark.start)
                opening = None
            elif opening is not None:
                yield _quoted(begins, opening, None, mark.start)
                opening = mark
            elif mark.shape != "close":
                opening = mark
            else:
                yield _quoted(begins, None, mark, mark.start)
        if opening is not None:
            yield _quoted(begins, opening, None, len(words))


def _quoted(begins: int, opening: Mark | None, closing: Mark | None, end: int) -> Quoted:
    return Quoted(
        start=begins + (opening.start if opening else end),
        words=begins + (opening.end if opening else end),
        words_end=begins + end,
        end=begins + (closing.end if closing else end),
        opened=opening is not None,
        closed=closing is not None,
    )


def _single_marks(text: str, marks: Marks) -> Iterator[Edit]:
    """Replace straight single marks: apostrophes, and quotations within quotations."""
    for match in _APOSTROPHE.finditer(text):
        yield Edit(start=match.start(), end=match.end(), text=marks.apostrophe)
    for mark in (mark for mark in find_marks(text) if mark.text == "'"):
        opening, closing, none = apostrophes.compute_costs(text, mark)
        new = marks.apostrophe if none <= min(opening, closing) else marks.inner[closing < opening]
        yield Edit(start=mark.start, end=mark.end, text=new)
