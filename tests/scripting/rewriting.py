"""An annotated story with its quotation marks rewritten into another convention, its annotation moved along."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.scripting.annotations import NOT_SPEECH, Quotation, Span, Story

OPENING = "\"'“‘„‚«»‹›"
CLOSING = "\"'”’“‘»«›‹"
_DASH = re.compile(r"—\s*$")
_LABEL = re.compile(r"(?:^|\n)[A-Z][A-Z.’' ]+(?: \([^()]*\))?:\s+$")
_APOSTROPHE = re.compile(r"['’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """A convention: the marks around what is said, those within it, and the apostrophe that is set with them."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    apostrophe: str
    dashed: bool = False  # a dash where speech begins, and where it ends before more text; other marks as `inner`


CONVENTIONS = {
    "straight double": Marks(outer=('"', '"'), inner=("'", "'"), apostrophe="'"),
    "curly double": Marks(outer=("“", "”"), inner=("‘", "’"), apostrophe="’"),
    "curly single": Marks(outer=("‘", "’"), inner=("“", "”"), apostrophe="’"),
    "straight single": Marks(outer=("'", "'"), inner=('"', '"'), apostrophe="'"),
    "guillemets": Marks(outer=("« ", " »"), inner=("“", "”"), apostrophe="’"),
    "guillemets inward": Marks(outer=("»", "«"), inner=("›", "‹"), apostrophe="’"),
    "low-high": Marks(outer=("„", "“"), inner=("‚", "‘"), apostrophe="’"),
    "paired dashes": Marks(outer=("—", ""), inner=("“", "”"), apostrophe="’", dashed=True),
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Edit:
    """What to put in place of a stretch of the text."""

    start: int
    end: int
    text: str


def rewritten(story: Story, marks: Marks) -> Story:
    """The story in other marks. Marks that are missing stay missing; labels of a play stay as they are."""
    edits = sorted({edit for span in story.spans for edit in _edits(story, span, marks)})
    taken = {at for edit in edits for at in range(edit.start, edit.end)}
    apostrophes = (match.start() for match in _APOSTROPHE.finditer(story.text) if match.start() not in taken)
    edits = sorted([*edits, *(_Edit(start=at, end=at + 1, text=marks.apostrophe) for at in apostrophes)])
    text, moved = _applied(story.text, edits)
    spans = {span: replace(span, start=moved[span.start], end=moved[span.end - 1] + 1) for span in story.spans}
    return replace(
        story,
        text=text,
        spans=tuple(spans.values()),
        quotations=tuple(_moved(quotation, spans) for quotation in story.quotations),
    )


def _moved(quotation: Quotation, spans: dict[Span, Span]) -> Quotation:
    return replace(quotation, spans=tuple(spans[span] for span in quotation.spans))


def _applied(text: str, edits: list[_Edit]) -> tuple[str, list[int]]:
    """The edited text, and where each of the text's characters stands in it."""
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


def _edits(story: Story, span: Span, marks: Marks) -> Iterator[_Edit]:
    """The marks of one span."""
    text, start, end = story.text, span.start, span.end
    opens, closes = text[start - 1] in OPENING, text[end : end + 1] in tuple(CLOSING)
    inner = span.role == "nested" or (opens and _is_inner(story, span))
    if story.marks[0] == "dash" and not inner and span.role not in NOT_SPEECH:
        yield from _from_dash(text, span, marks)
        return
    outside = marks.inner if inner or (marks.dashed and span.role in NOT_SPEECH) else marks.outer
    if opens:
        yield _Edit(start=start - 1, end=start, text=outside[0])
    if closes:
        yield _closed(text, end, end + 1, outside, marks)


def _is_inner(story: Story, span: Span) -> bool:
    return story.marks[0] != "dash" and story.text[span.start - 1] != story.marks[0]


def _from_dash(text: str, span: Span, marks: Marks) -> Iterator[_Edit]:
    """Marks around a span that begins with a dash, or behind a tag with none, and never has a closing mark."""
    if text[span.start - 1] == "_" or _LABEL.search(text[: span.start]):
        return
    dash = _DASH.search(text[: span.start])
    begins = dash.start() if dash else span.start
    yield _Edit(start=begins, end=span.start, text=marks.outer[0])
    yield _closed(text, span.end, span.end, marks.outer, marks)


def _closed(text: str, start: int, end: int, outside: tuple[str, str], marks: Marks) -> _Edit:
    """What ends a span in place of the mark between two offsets; a dash stands at the word behind it."""
    if not marks.dashed or outside is marks.inner:
        return _Edit(start=start, end=end, text=outside[1])
    if re.match(r"\s\S", text[end : end + 2]):
        return _Edit(start=start, end=end + 1, text=" —")
    return _Edit(start=start, end=end, text="")
