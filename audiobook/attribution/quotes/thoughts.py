"""Finds thoughts that the text marks as words: between quotation marks, or in italics.

A quotation is a thought if a tag says so ("Poor thing," thought Mia). Italics are a thought if a tag says so, or if
they are a sentence in the first person or the present tense within narration. Titles, foreign words and emphasis in
italics stay narration, and so do thoughts without marks.
"""

import re
from collections.abc import Iterator, Sequence

from audiobook.languages.en.lexicon import load_speech_verbs
from audiobook.languages.en.quotations import THINKING
from audiobook.languages.letters import CAPITALS
from audiobook.model.book import Paragraph

_VERB = rf"(?:{THINKING})"
_WORD = re.compile(rf"\b(?!(?:{THINKING})\b)[^\W\d_]+")  # that is not a verb of thinking
_SUBJECT = (
    r"(?:[Hh]e|[Ss]he|I|[Tt]hey|(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y)\s+\w+(?:\s+\w+)?"
    rf"|(?:(?:Mr|Mrs|Dr|St)\.\s+)?[{CAPITALS}][\w'’]+(?:\s+[{CAPITALS}][\w'’]+){{0,2}})"
)
_NO_OBJECT = r"(?!\s+(?:of|about|that|it|so|how|what|whether|the|him|her|them)\b)"
_TAG_AFTER = re.compile(
    rf"[_*]*[\s,—–-]*(?:{_VERB}\s+{_SUBJECT}|{_SUBJECT}\s+(?:\w+ly\s+|had\s+|now\s+)?{_VERB})\b{_NO_OBJECT}"
)
_TAG_BEFORE = re.compile(
    rf"(?:{_SUBJECT}\s+(?:\w+ly\s+|had\s+|only\s+)?{_VERB}|\bthinking)\b(?:\s+to\s+\w+sel(?:f|ves))?"
    rf"(?P<led>\s*[,:]?\s*(?:[—–-]+\s*)?[_*]*)$"
)
# Single marks around words that end in a stop, in a book whose speech has other marks.
_SINGLE = re.compile(r"(?<![^\W_])['‘](?=[^\W_])(?:[^'‘’\"“”]|(?<=\w)['’](?=\w)){1,400}[,.!?…—–-]['’](?![^\W_])")
_PERSONAL = re.compile(r"\b(?:I|me|my|we|us|our|you|your)\b")
_PRESENT = re.compile(
    r"\b(?:is|are|am|do|does|can|will|must|has|have)\b|\w['’](?:ll|re|ve|m|t)\b"
    r"|\b(?:it|that|what|there|here|he|she|who|where|how)['’]s\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|said|asked|\w{3,}ed)\b")
_ITALIC_MARKS = "_*"
_STOPS = ".!?…"
_CLOSERS = _STOPS + ","
_CONTEXT_LENGTH = 80  # characters of narration in which a tag is looked for
_MAX_ITALIC = 300  # characters; longer italics are letters and memories


def find_quoted_thoughts(text: str, speech: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield those of a paragraph's quotations, given as (start, end), that are thoughts.

    Quotations after a thought in the same paragraph are thoughts, too, until a speech verb follows.
    """
    thinking = False
    for index, span in enumerate(speech):
        floor = speech[index - 1][1] if index else 0
        ceiling = speech[index + 1][0] if index + 1 < len(speech) else len(text)
        goes_on = (
            thinking
            and not _has_speech_verb(text[floor : span[0]])
            and not _has_speech_verb(text[span[1] : ceiling], surely=True)
        )
        thinking = goes_on or _is_tagged(text, span, floor, ceiling)
        if thinking:
            yield span


def find_unquoted_thoughts(
    paragraph: Paragraph, found: Sequence[tuple[int, int]], *, singles: bool
) -> Iterator[tuple[int, int]]:
    """Yield thoughts outside the quotations `found`: in italics, and with `singles` in single marks before a tag."""
    if paragraph.kind != "prose":
        return
    text = paragraph.text
    starts = [0, *(end for _, end in found)]
    ends = [*(start for start, _ in found), len(text)]
    spans = [_extend_over_marks(text, span) for span in paragraph.emphasis]
    for floor, ceiling in zip(starts, ends, strict=True):
        inside = [span for span in spans if floor <= span[0] and span[1] <= ceiling]
        thoughts = [span for span in inside if _is_thought_in_italics(text, span, floor, ceiling)]
        if singles:
            marks = [match.span() for match in _SINGLE.finditer(text, floor, ceiling)]
            thoughts += [span for span in marks if _is_tagged(text, span, floor, ceiling)]
        yield from _drop_overlaps(thoughts)


def _drop_overlaps(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted(spans):
        if start >= at:
            yield start, end
            at = end


def _is_tagged(text: str, span: tuple[int, int], floor: int, ceiling: int) -> bool:
    """Return whether the narration beside a span says that it is thought."""
    start, end = span
    behind = text[end : min(ceiling, end + _CONTEXT_LENGTH)]
    open_ended = text[start:end].rstrip("\"'“”‘’«»‹›_* ")[-1:] not in {".", ""}
    if _TAG_AFTER.match(behind) and (open_ended or behind.lstrip(" _*,—–-")[:1].islower()):
        return True
    before = _TAG_BEFORE.search(text[max(floor, start - _CONTEXT_LENGTH) : start])
    return before is not None and not {",", ":", "—"}.isdisjoint(before["led"])


def _is_thought_in_italics(text: str, span: tuple[int, int], floor: int, ceiling: int) -> bool:
    start, end = span
    words = text[start:end].strip(_ITALIC_MARKS + " ")
    if not 1 < len(words) <= _MAX_ITALIC or not words[:1].isupper():
        return False
    if _is_tagged(text, span, floor, ceiling):
        return True
    before, behind = text[floor:start].rstrip(), text[end:ceiling].strip()
    alone = (not before or before[-1] in _STOPS) and words[-1] in _STOPS
    return alone and bool(before or behind) and " " in words and _is_inner_speech(words)


def _is_inner_speech(words: str) -> bool:
    """Return whether a sentence is in the first or second person or in the present tense, and not in the past."""
    return bool(_PERSONAL.search(words) or _PRESENT.search(words)) and not _PAST.search(words)


def _extend_over_marks(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a span in italics with the emphasis signs around it and the stop after it."""
    start, end = span
    while start > 0 and text[start - 1] in _ITALIC_MARKS:
        start -= 1
    while end < len(text) and text[end] in _ITALIC_MARKS:
        end += 1
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return start, end


def _has_speech_verb(narration: str, *, surely: bool = False) -> bool:
    """Return whether narration has a speech verb that is not one of thinking. With `surely`, it must be strong."""
    verbs = load_speech_verbs()
    words = _WORD.findall(narration.lower())
    return not (verbs.strong.isdisjoint(words) and (surely or verbs.weak.isdisjoint(words)))
