"""Cut chapters into segments, at places that stay where they are when the text changes a little."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audiobook.mixing.effects import effect_versions
from audiobook.model.clip import Clip, Segment
from audiobook.model.request import CEILING
from audiobook.runtime.cache import key_of

# Characters of speech in a segment; at rate 175 a thousand last about a minute. Starting LAME takes half a
# millisecond, so that segments may be as short as their frames' own beginning allows, 50 ms of silence in the pause
# between two; what one changed line has encoded anew is a segment. The window is wide because the cuts before and
# after an edit fall together again only where windows overlap: measured over books of random paragraphs, an inserted
# one makes 1.5 segments new on average (1,600 characters to be encoded; 2,000 with a window from 600 to 1,800, 2,700
# with 1,000 to 3,000).
SHORTEST = 400
LONGEST = 1600

# Of `rendering`, `line_loudness`, `limiting`, `resampling` and `room_tone`, which make the samples, and of
# `sentence_breaks`: count up when they give other results.
RECIPE = 9


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The clips of one paragraph: never cut."""

    clips: tuple[Clip, ...]
    letters: int

    @property
    def weight(self) -> tuple[int, int]:
        """How good a place to cut after: the longest silence first, then the longest paragraph."""
        return self.clips[-1].pause, self.letters


def cut_segments(chapter: int, clips: Sequence[Clip], letters: Sequence[int]) -> tuple[Segment, ...]:
    """The segments of a chapter: its clips, in order, every clip in one segment; `letters` are the clips' text lengths.

    A segment ends at the end of a paragraph, at the best place between 400 and 1,600 characters after the last cut.
    The best place is a local property of the text (the longest pause, then the longest paragraph), so that after an
    insertion the cuts soon fall where they fell before, and the segments there are found in the cache.
    """
    stretches = list(_stretches(clips, letters))
    segments: list[Segment] = []
    at = 0
    while at < len(stretches):
        end = _cut_after(stretches, at)
        own = tuple(clip for stretch in stretches[at:end] for clip in stretch.clips)
        segments.append(Segment(chapter=chapter, clips=own))
        at = end
    return tuple(segments)


def _stretches(clips: Sequence[Clip], letters: Sequence[int]) -> Iterator[_Stretch]:
    pairs = zip(clips, letters, strict=True)
    for _, group in groupby(pairs, key=lambda pair: (pair[0].place.chapter, pair[0].place.paragraph)):
        own = list(group)
        yield _Stretch(tuple(clip for clip, _ in own), sum(count for _, count in own))


def _cut_after(stretches: Sequence[_Stretch], at: int) -> int:
    """The end (exclusive) of the segment that begins with stretch `at`."""
    best = -1
    total = 0
    for number in range(at, len(stretches)):
        total += stretches[number].letters
        if total > LONGEST and best >= 0:
            return best + 1
        if total >= SHORTEST and (best < 0 or stretches[number].weight > stretches[best].weight):
            best = number
    return len(stretches)


def segment_key(
    segment: Segment,
    sample_rate: int,
    *,
    ceiling: float = CEILING,
    room: float | None = None,
    effects: Sequence[str] = (),
) -> str:
    """A hash of everything that shapes the segment's samples at `sample_rate` Hz. Its place in the book is not part of
    it.

    `ceiling`, `room` and `effects` as `render_segment` takes them. Raises UsageError where an effect is not installed.
    """
    shaped_by = [(clip.key, round(clip.gain, 3), clip.pause, clip.usual) for clip in segment.clips]
    faded = [(at, c.fade_in, c.fade_out) for at, c in enumerate(segment.clips) if c.fade_in or c.fade_out]
    return key_of(RECIPE, sample_rate, segment.lead, shaped_by, ceiling, room, *faded, *effect_versions(effects))
