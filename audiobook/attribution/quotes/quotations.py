"""Finds the quotations in a chapter's paragraphs: where each begins and ends, and whether it is speech."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from audiobook.attribution.dashes.dialogue import begins_with_dash, find_dashed_speech
from audiobook.attribution.grammar.tags import build_tag_pattern
from audiobook.attribution.quotes.conventions import LABEL, Convention, find_convention, find_play_paragraphs
from audiobook.attribution.quotes.letters import find_letters
from audiobook.attribution.quotes.marks import FAMILY
from audiobook.attribution.quotes.pairing import Event, pair_marks
from audiobook.attribution.quotes.speech_classifier import QuotationContext, is_speech, is_tagged
from audiobook.attribution.quotes.thoughts import find_quoted_thoughts, find_unquoted_thoughts
from audiobook.model.book import Paragraph

__all__ = ["Convention", "Quotation", "QuotationKind", "find_convention", "find_quotation_contexts", "find_quotations"]

QuotationKind = Literal["speech", "thought", "other"]

_KINDS_WITHOUT_SPEECH = frozenset({"heading", "break", "note"})  # kinds of paragraph without speech
_STOP = re.compile(r"[.!?…:]\s+")
_STOPS = frozenset(".,;:!?…")
_MAX_GUESS = 160  # characters; a mark missing before less text at the start of a paragraph was at its start


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A span of a paragraph between quotation marks. Nested quotations are part of it."""

    start: int  # offset of the opening mark in the text of the paragraph
    end: int  # exclusive: after the closing mark, or the end of the paragraph
    kind: QuotationKind  # other: a scare quote, a title, a sign, a word, a letter; it is narration
    runs_on: bool = False  # not closed: the first quotation of the next paragraph is the same speech
    continues: bool = False  # the same speech as the last quotation of the previous paragraph


def find_quotations(paragraphs: Sequence[Paragraph], convention: Convention) -> tuple[tuple[Quotation, ...], ...]:
    """Return the quotations of each paragraph of a chapter, ordered and disjoint."""
    spans, silent, led = _find_unclassified(paragraphs, convention)
    classified = [
        tuple(replace(quotation, kind="other") for quotation in found)
        if i in silent
        else _add_thoughts(paragraph, _classify(paragraph.text, found, convention, led=i in led), convention)
        for i, (paragraph, found) in enumerate(zip(paragraphs, spans, strict=True))
    ]
    return _link_speeches(classified, [paragraph.text for paragraph in paragraphs])


def find_quotation_contexts(
    paragraphs: Sequence[Paragraph], convention: Convention
) -> Iterator[tuple[int, QuotationContext]]:
    """Yield the quotations that must be classified by wording and context, each with the index of its paragraph."""
    spans, silent, led = _find_unclassified(paragraphs, convention)
    for index, (paragraph, found) in enumerate(zip(paragraphs, spans, strict=True)):
        if index not in silent | led:
            yield from ((index, context) for context in _find_contexts(paragraph.text, found))


def _find_unclassified(
    paragraphs: Sequence[Paragraph], convention: Convention
) -> tuple[list[Sequence[Quotation]], frozenset[int], frozenset[int]]:
    """Return the quotations of each paragraph, the paragraphs without speech, and those that only speech can begin."""
    texts = [paragraph.text for paragraph in paragraphs]
    between_marks = _build_quotations(texts, pair_marks(paragraphs, convention))
    played = find_play_paragraphs(texts, convention)
    spans = [
        _read_play_speech(paragraph)
        if _is_marked_as_play(paragraph)
        else _read_labelled(paragraph.text)
        if at in played
        else _find_by_convention(paragraph, marked, convention)
        for at, (paragraph, marked) in enumerate(zip(paragraphs, between_marks, strict=True))
    ]
    letters = find_letters(texts, [_read_narration(text, found) for text, found in zip(texts, spans, strict=True)])
    silent = letters | {i for i, paragraph in enumerate(paragraphs) if paragraph.kind in _KINDS_WITHOUT_SPEECH}
    marked = {i for i, paragraph in enumerate(paragraphs) if _is_marked_as_play(paragraph)}
    dashed = {
        i
        for i, paragraph in enumerate(paragraphs)
        if convention.dashes and paragraph.kind != "verse" and begins_with_dash(paragraph.text)
    }
    return spans, silent - marked, played | dashed | marked


def _is_marked_as_play(paragraph: Paragraph) -> bool:
    """Return whether the reader marked the paragraph as a speech of a play or a stage direction."""
    return bool(paragraph.speaker or paragraph.directions)


def _read_play_speech(paragraph: Paragraph) -> Sequence[Quotation]:
    """Return the spoken text of a paragraph of a play: all but the stage directions, if it has a speaker."""
    if not paragraph.speaker:
        return ()
    text = paragraph.text
    starts = [0, *(end for _, end in paragraph.directions)]
    ends = [*(start for start, _ in paragraph.directions), len(text)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        words = text[start:end].strip()
        if any(map(str.isalnum, words)):
            begin = text.index(words, start)
            found.append(Quotation(start=begin, end=begin + len(words), kind="speech"))
    return found


def _link_speeches(found: list[tuple[Quotation, ...]], texts: Sequence[str]) -> tuple[tuple[Quotation, ...], ...]:
    """Link the speeches that run across paragraphs, so that both ends agree, also on their kind.

    A reading (a letter, a sign) continues only across wholly quoted paragraphs. A tag shows speech, even if no mark
    closed the reading.
    """
    for index, here in enumerate(found):
        before = found[index - 1] if index else ()
        after = found[index + 1] if index + 1 < len(found) else ()
        joined = bool(before and here) and before[-1].runs_on and here[0].continues
        if joined and before[-1].kind == "other" != here[0].kind and any(map(str.isalnum, texts[index][here[0].end :])):
            found[index - 1] = (*before[:-1], replace(before[-1], runs_on=False))
            joined = False
        last = len(here) - 1
        found[index] = tuple(
            replace(
                quotation,
                continues=joined and at == 0,
                kind=before[-1].kind if joined and at == 0 else quotation.kind,
                runs_on=quotation.runs_on and at == last and bool(after) and after[0].continues,
            )
            for at, quotation in enumerate(here)
        )
    return tuple(found)


def _read_labelled(text: str) -> Sequence[Quotation]:
    """Return the text after the label of a paragraph."""
    label = LABEL.match(text)
    return [Quotation(start=label.end() if label else 0, end=len(text), kind="speech")]


def _find_by_convention(
    paragraph: Paragraph, between_marks: Sequence[Quotation], convention: Convention
) -> Sequence[Quotation]:
    """Return the quotations of a paragraph by the book's convention. In verse, a dash is not a mark."""
    text = paragraph.text
    if not convention.dashes or paragraph.kind == "verse":
        return between_marks
    spans = find_dashed_speech(text, convention.dashes, convention.dash_weights)
    dashed = [Quotation(start=start, end=end, kind="speech") for start, end in spans]
    if begins_with_dash(text):
        return dashed
    apart = [q for q in between_marks if all(q.end <= start or end <= q.start for start, end in spans)]
    return sorted([*dashed, *apart], key=lambda quotation: quotation.start)


def _read_narration(text: str, found: Sequence[Quotation]) -> str:
    """Return the text outside the quotations."""
    starts = [0, *(quotation.end for quotation in found)]
    ends = [*(quotation.start for quotation in found), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _classify(text: str, found: Sequence[Quotation], convention: Convention, *, led: bool) -> tuple[Quotation, ...]:
    """Classify the quotations of a paragraph. With `led`, all are speech."""
    return tuple(
        replace(quotation, kind="speech" if led or _is_said(quotation, context, convention) else "other")
        for quotation, context in zip(found, _find_contexts(text, found), strict=True)
    )


def _is_said(quotation: Quotation, context: QuotationContext, convention: Convention) -> bool:
    """Return whether a quotation is speech.

    In dash dialogue, a quotation that begins with a dash after a stop is speech, and one between marks is speech only
    with a tag.
    """
    if not any(map(str.isalnum, context.text[quotation.start : quotation.end])):
        return False  # a ditto mark in a table, or a lone mark
    if convention.dashes and _opens_with_dash(context.text, quotation):
        return True
    if convention.dashes_alone and context.text[context.start] in FAMILY and not is_tagged(context):
        return False
    return is_speech(context)


def _opens_with_dash(text: str, quotation: Quotation) -> bool:
    """Return whether a quotation begins with a dash, after a stop."""
    behind = text[: quotation.start].rstrip()[-1:]
    return begins_with_dash(text[quotation.start : quotation.end]) and behind in _STOPS


def _add_thoughts(
    paragraph: Paragraph, classified: tuple[Quotation, ...], convention: Convention
) -> tuple[Quotation, ...]:
    """Return a paragraph's quotations with the thoughts among them marked, and with unquoted thoughts added."""
    bounds = [(quotation.start, quotation.end) for quotation in classified]
    speech = [span for span, quotation in zip(bounds, classified, strict=True) if quotation.kind == "speech"]
    thought = frozenset(find_quoted_thoughts(paragraph.text, speech))
    told = [
        replace(quotation, kind="thought") if span in thought else quotation
        for span, quotation in zip(bounds, classified, strict=True)
    ]
    singles = "single" not in convention.families
    added = [
        Quotation(start=start, end=end, kind="thought")
        for start, end in find_unquoted_thoughts(paragraph, bounds, singles=singles)
    ]
    return tuple(sorted((*told, *added), key=lambda quotation: quotation.start)) if added else tuple(told)


def _find_contexts(text: str, found: Sequence[Quotation]) -> Iterator[QuotationContext]:
    """Yield the context of each quotation of a paragraph."""
    share = sum(quotation.end - quotation.start for quotation in found) / max(1, len(text))
    floors = [0, *(quotation.end for quotation in found)]
    ceilings = [*(quotation.start for quotation in found[1:]), len(text)]
    for quotation, floor, ceiling in zip(found, floors, ceilings, strict=False):
        yield QuotationContext(
            text=text, start=quotation.start, end=quotation.end, floor=floor, ceiling=ceiling, share=share
        )


def _build_quotations(texts: Sequence[str], events: Sequence[Event]) -> list[list[Quotation]]:
    """Build quotations from the events. A missing mark is placed where it most probably was."""
    found: list[list[Quotation]] = [[] for _ in texts]
    start, continues = 0, False
    for event in events:
        text, here = texts[event.paragraph], found[event.paragraph]
        if event.reading == "opens" and event.mark:
            start = event.mark.start
            continue
        if event.reading == "closes unopened" and event.mark:
            start = _guess_start(text, here[-1].end if here else 0, event.mark.start)
        runs_on = event.reading in {"runs on", "carries"}
        here.append(
            Quotation(
                start=start, end=_find_end(text, start, event), kind="speech", runs_on=runs_on, continues=continues
            )
        )
        start, continues = 0, runs_on
        if event.reading == "reopens unclosed" and event.mark:
            start = event.mark.start
    return found


def _find_end(text: str, start: int, event: Event) -> int:
    if event.reading in {"closes", "closes unopened"} and event.mark:
        return event.mark.end
    if event.reading == "reopens unclosed" and event.mark:
        return _guess_end(text, start, event.mark.start)
    return len(text) if event.reading in {"runs on", "carries"} else _guess_end(text, start, len(text))


@cache
def _compile_tag_after_stop(tag: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=[,.!?;…—–-])\s+(?={tag.pattern})")


def _guess_end(text: str, start: int, limit: int) -> int:
    """Return the end of a quotation without a closing mark: before the first speech tag, or the limit."""
    tag = _compile_tag_after_stop(build_tag_pattern()).search(text, start + 1, limit)
    return tag.start() if tag else start + max(1, len(text[start:limit].rstrip()))


def _guess_start(text: str, floor: int, end: int) -> int:
    """Return the start of a quotation without an opening mark: that of the paragraph if near, or of a sentence."""
    if floor == 0 and end <= _MAX_GUESS:
        return 0
    stops = [stop.end() for stop in _STOP.finditer(text, max(floor, end - _MAX_GUESS), end - 1)]
    return stops[-1] if stops else max(floor, end - _MAX_GUESS)
