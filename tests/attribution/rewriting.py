"""Rewrites an annotated story with the quotation marks of another convention, and moves its annotation along."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.attribution.annotations import NOT_SPEECH, Quotation, Span, Story
from tools.training.rewriting import CONVENTIONS, Edit, Marks, Quoted, applied, dashed, enclosed

__all__ = ["CONVENTIONS", "Marks", "rewrite_story"]

OPENING = "\"'“‘„‚«»‹›"
CLOSING = "\"'”’“‘»«›‹"
_DASH = re.compile(r"—\s*$")
_LABEL = re.compile(r"(?:^|\n)[A-Z][A-Z.’' ]+(?: \([^()]*\))?:\s+$")
_APOSTROPHE = re.compile(r"['’]")


def rewrite_story(story: Story, marks: Marks) -> Story:
    """Return the story with other marks. Missing marks stay missing, and labels of a play stay unchanged."""
    edits = sorted(set(_edits(story, marks)))
    taken = {at for edit in edits for at in range(edit.start, edit.end)}
    apostrophes = (match.start() for match in _APOSTROPHE.finditer(story.text) if match.start() not in taken)
    edits = sorted([*edits, *(Edit(start=at, end=at + 1, text=marks.apostrophe) for at in apostrophes)])
    text, moved = applied(story.text, edits)
    spans = {span: replace(span, start=moved[span.start], end=moved[span.end - 1] + 1) for span in story.spans}
    return replace(
        story,
        text=text,
        spans=tuple(spans.values()),
        quotations=tuple(_move(quotation, spans) for quotation in story.quotations),
    )


def _move(quotation: Quotation, spans: dict[Span, Span]) -> Quotation:
    return replace(quotation, spans=tuple(spans[span] for span in quotation.spans))


def _edits(story: Story, marks: Marks) -> Iterator[Edit]:
    """Yield the edits that change the marks around each span."""
    speeches: list[Quoted] = []
    for span in story.spans:
        if _is_inner(story, span) or (marks.dashes and span.role in NOT_SPEECH):
            yield from enclosed(_find_marks_around(story.text, span), marks.inner)
        elif story.marks[0] == "dash" and span.role not in NOT_SPEECH:
            speeches += _find_dash_before(story.text, span)
        else:
            speeches.append(_find_marks_around(story.text, span))
    if marks.dashes:
        yield from dashed(story.text, speeches, marks.dashes)
    else:
        for speech in speeches:
            yield from enclosed(speech, marks.outer)


def _is_inner(story: Story, span: Span) -> bool:
    opens = story.text[span.start - 1] in OPENING
    return span.role == "nested" or (opens and story.marks[0] not in ("dash", story.text[span.start - 1]))


def _find_marks_around(text: str, span: Span) -> Quoted:
    """Return a span with the marks that it has. A missing mark is not rewritten."""
    opened, closed = text[span.start - 1] in OPENING, text[span.end : span.end + 1] in tuple(CLOSING)
    return Quoted(
        start=span.start - opened,
        words=span.start,
        words_end=span.end,
        end=span.end + closed,
        opened=opened,
        closed=closed,
    )


def _find_dash_before(text: str, span: Span) -> Iterator[Quoted]:
    """Yield a span that begins with a dash, or that follows a tag without one. It never has a closing mark."""
    if text[span.start - 1] == "_" or _LABEL.search(text[: span.start]):
        return
    dash = _DASH.search(text[: span.start])
    begins = dash.start() if dash else span.start
    yield Quoted(start=begins, words=span.start, words_end=span.end, end=span.end)
