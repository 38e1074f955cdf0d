"""Rewrite texts with other quotation marks, and map the positions of characters.

Annotated texts are rewritten to learn conventions that no annotated novel has, and to measure their accuracy.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_PARAGRAPH_ENDS = re.compile(r"\s*(?:\n[ \t]*\n|$)", re.DOTALL)
_BREAK = re.compile(r"\n[ \t]*\n")
_STOP_BEFORE = re.compile(r"[,.;:!?…]*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DashMarks:
    """The dashes of a convention for dialogue."""

    begins: str = "—"  # before the first speech of a paragraph
    resumes: str = "—"  # before speech that continues after narration
    stops: str = ""  # before narration
    ends: str = ""  # at the end of the paragraph
    leans: bool = False  # whether the dash before narration has no space before its first word
    clasps: bool = False  # whether it has none at both ends, outside the commas, as in Spanish


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A convention: outer marks, inner marks, and apostrophes."""

    outer: tuple[str, str]
    inner: tuple[str, str]  # around quoted words that are not speech, if speech has dashes
    apostrophe: str
    dashes: DashMarks | None = None  # instead of the outer marks


def _dashed(dashes: DashMarks) -> Marks:
    return Marks(outer=("", ""), inner=("“", "”"), apostrophe="’", dashes=dashes)


CONVENTIONS = {
    "straight double": Marks(outer=('"', '"'), inner=("'", "'"), apostrophe="'"),
    "curly double": Marks(outer=("“", "”"), inner=("‘", "’"), apostrophe="’"),
    "curly single": Marks(outer=("‘", "’"), inner=("“", "”"), apostrophe="’"),
    "straight single": Marks(outer=("'", "'"), inner=('"', '"'), apostrophe="'"),
    "guillemets": Marks(outer=("« ", " »"), inner=("“", "”"), apostrophe="’"),
    "guillemets inward": Marks(outer=("»", "«"), inner=("›", "‹"), apostrophe="’"),
    "low-high": Marks(outer=("„", "“"), inner=("‚", "‘"), apostrophe="’"),
    "paired dashes": _dashed(DashMarks(stops=" —", leans=True)),
    "dashes around": _dashed(DashMarks(stops="—", ends="—")),
    "spaced dashes around": _dashed(DashMarks(begins="— ", resumes="— ", stops=" —", ends=" —")),
    "Spanish dashes": _dashed(DashMarks(stops=" —", leans=True, clasps=True)),
    "Russian dashes": _dashed(DashMarks(begins="— ", resumes="— ", stops=" —")),
    "en dashes": _dashed(DashMarks(begins="– ", resumes="– ", stops=" –")),
    "dashes before": _dashed(DashMarks()),
    "spaced dashes before": _dashed(DashMarks(begins="— ", resumes="— ")),
    "bars before": _dashed(DashMarks(begins="― ", resumes="― ")),
    "hyphens before": _dashed(DashMarks(begins="- ", resumes="- ")),
    "one dash": _dashed(DashMarks(resumes="")),
    "one spaced dash": _dashed(DashMarks(begins="— ", resumes="")),
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edit:
    """The replacement of a part of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Quoted words and their marks."""

    start: int  # start of the opening mark, or of the words if there is none
    words: int  # start of the words
    words_end: int
    end: int  # end of the closing mark, or `words_end` if there is none
    opened: bool = True  # whether a mark is written before the words,
    closed: bool = True  # and after them


def applied(text: str, edits: Iterable[Edit]) -> tuple[str, list[int]]:
    """Apply edits, which are in order and do not overlap. Gives the text, and the new position of each character."""
    pieces: list[str] = []
    moved: list[int] = []
    at = length = 0
    for edit in edits:
        kept = text[at : edit.start]
        moved += range(length, length + len(kept))
        length += len(kept) + len(edit.text)
        moved += [length - 1] * (edit.end - edit.start)
        pieces += [kept, edit.text]
        at = edit.end
    moved += range(length, length + len(text) - at)
    return "".join([*pieces, text[at:]]), moved


def enclosed(quoted: Quoted, marks: tuple[str, str]) -> Iterator[Edit]:
    """Replace the marks around the words."""
    if quoted.opened:
        yield Edit(start=quoted.start, end=quoted.words, text=marks[0])
    if quoted.closed:
        yield Edit(start=quoted.words_end, end=quoted.end, text=marks[1])


def dashed(text: str, speeches: Sequence[Quoted], dashes: DashMarks) -> Iterator[Edit]:
    """Replace the marks around speech by dashes, in the order of the text."""
    before = -1  # end of the previous speech, if it is in the same paragraph
    for speech in speeches:
        if before >= 0 and _BREAK.search(text, before, speech.start):
            before = -1
        if speech.opened:
            yield from _begun(text, speech, dashes, before)
        if speech.closed:
            yield _ended(text, speech, dashes)
        before = speech.end


def _begun(text: str, speech: Quoted, dashes: DashMarks, before: int) -> Iterator[Edit]:
    """The dash before speech; if it encloses narration, the one at the last word of the narration."""
    stop = _STOP_BEFORE.search(text, max(before, speech.start - 9, 0), speech.start)
    if dashes.clasps and before >= 0 and stop and stop.start() > before + 1:
        yield Edit(start=stop.start(), end=stop.start(), text=dashes.resumes)
        yield Edit(start=speech.start, end=speech.words, text="")
    else:
        yield Edit(start=speech.start, end=speech.words, text=dashes.begins if before < 0 else dashes.resumes)


def _ended(text: str, speech: Quoted, dashes: DashMarks) -> Edit:
    start, end = speech.words_end, speech.end
    if _PARAGRAPH_ENDS.match(text, end):
        return Edit(start=start, end=end, text=dashes.ends)
    if not dashes.leans:
        return Edit(start=start, end=end, text=dashes.stops)
    if not text[end : end + 1].isspace():
        return Edit(start=start, end=end, text="")
    comma = dashes.clasps and text[start - 1 : start] == ","
    return Edit(start=start - comma, end=end + 1, text=dashes.stops)
