"""Compute when each sentence of a line is heard, from the sentence breaks of its spoken form.

The text of a sentence is that of the book; its time comes from the spoken form. If both have the same number of
sentences, they correspond in order. If normalization merged or split sentences, a sentence begins at the nearest break
of the spoken form, compared by the share of characters before it. If no break is near, its start is `estimated` from
its share of the characters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobook.languages.sentences import find_sentence_starts
from audiobook.model.clip import ClipTiming
from audiobook.model.timeline import TimedCue, TimedSentence, Timing

_NEAR = 0.06  # share of the characters of a line
_ENDS = (".", "!", "?", "…", '"', "”", "'", "’")


@dataclass(frozen=True, slots=True)
class _Break:
    """A boundary between two sentences."""

    share: float  # share of the characters of the line before it
    end: int  # samples
    start: int
    timing: Timing


def time_sentences(text: str, cues: Sequence[TimedCue], timings: Sequence[ClipTiming]) -> tuple[TimedSentence, ...]:
    """The sentences of a line with this text, spoken in these cues."""
    starts = find_sentence_starts(text) or (0,)
    start, end = cues[0].start, cues[-1].end
    if len(starts) == 1:
        text_end = len(text.rstrip())
        return (TimedSentence(text_start=starts[0], text_end=text_end, start=start, end=end, timing="exact"),)
    spoken = list(_spoken_breaks(cues, timings))
    same = len(spoken) + 1 == len(starts)
    breaks = spoken if same else list(_match_breaks(text, starts, spoken, cues))
    bounds = [start, *_keep_increasing(breaks, start, end), end]
    kinds: list[Timing] = ["exact", *(one.timing for one in breaks)]
    ends = [*starts[1:], len(text)]
    return tuple(
        TimedSentence(
            text_start=first,
            text_end=first + len(text[first:last].rstrip()),
            start=bounds[2 * number],
            end=bounds[2 * number + 1],
            timing=kind,
        )
        for number, (first, last, kind) in enumerate(zip(starts, ends, kinds, strict=True))
    )


def _spoken_breaks(cues: Sequence[TimedCue], timings: Sequence[ClipTiming]) -> Iterator[_Break]:
    """The breaks within the cues and between them."""
    whole = sum(len(cue.text) for cue in cues) or 1
    before = 0
    for cue, timing, following in zip(cues, timings, [*cues[1:], None], strict=True):
        for one in timing.breaks:
            share = (before + min(one.at, len(cue.text))) / whole
            kind: Timing = "measured" if one.measured else "estimated"
            yield _Break(share, cue.start + one.end, cue.start + one.start, kind)
        before += len(cue.text)
        if following is not None and cue.text.endswith(_ENDS):
            yield _Break(before / whole, cue.end, following.start, "exact")


def _match_breaks(
    text: str, starts: Sequence[int], spoken: Sequence[_Break], cues: Sequence[TimedCue]
) -> Iterator[_Break]:
    """For each sentence except the first, the nearest break that is not used yet."""
    used = 0
    for start in starts[1:]:
        share = start / len(text)
        near = [at for at in range(used, len(spoken)) if abs(spoken[at].share - share) <= _NEAR]
        if near:
            best = min(near, key=lambda at: abs(spoken[at].share - share))
            used = best + 1
            yield spoken[best]
        else:
            at_share = _sample_at_share(share, cues)
            yield _Break(share, at_share, at_share, "estimated")


def _sample_at_share(share: float, cues: Sequence[TimedCue]) -> int:
    """The sample at which this share of the characters has been spoken."""
    left = share * sum(len(cue.text) for cue in cues)
    for cue in cues:
        if left <= len(cue.text):
            return cue.start + int((cue.end - cue.start) * left / max(1, len(cue.text)))
        left -= len(cue.text)
    return cues[-1].end


def _keep_increasing(breaks: Sequence[_Break], least: int, most: int) -> Iterator[int]:
    """End and start of each break, limited so that they never decrease and stay inside the line."""
    for one in breaks:
        for sample in (one.end, one.start):
            least = min(max(least, sample), most)
            yield least
