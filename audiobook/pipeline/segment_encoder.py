"""Render, encode and cache one segment."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from audiobook import mixing, synthesis, writers
from audiobook.languages.sentences import find_sentence_starts
from audiobook.model.clip import EncodedSegment, Lengths, Segment
from audiobook.model.codec import whole_numbers
from audiobook.model.cue import Sound
from audiobook.model.request import Encoding, Mastering
from audiobook.pipeline.planning import SegmentPlan
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache

GAP = "gap"  # replaces the key of a take that could not be made
_LENGTHS = tuple(field.name for field in fields(Lengths))
_FACTS = ("frames", "crc", *_LENGTHS)  # of an encoded segment
_TIMINGS = "timings"  # the field with the `clips` of a segment's result, as JSON

# A clip's length in samples, then four numbers for each break between two of its sentences: the fields of
# `SentenceBreak`. They stay plain numbers, because a rebuild reads them for every segment and rarely uses them.
ClipNumbers = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentResult:
    """An encoded segment, its chapter and its counts."""

    chapter: int
    title: str
    encoded: EncodedSegment
    lengths: Lengths
    words: int  # of the lines spoken in it, with gaps
    cues: int
    clips: tuple[ClipNumbers, ...] = ()  # of each cue
    lost: frozenset[str] = frozenset()  # keys of takes that could not be made


@dataclass(frozen=True, slots=True)
class SegmentEncoder:
    """Renders and encodes segments and caches them. With `verify_cache`, cached segments are read completely."""

    cache: Cache
    encoding: Encoding
    mastering: Mastering = field(default_factory=Mastering)
    verify_cache: bool = False
    effects: tuple[str, ...] = ()  # names of entry points in the group audiobook.effects

    def find(self, plan: SegmentPlan) -> SegmentResult | None:
        """The encoded segment, if it is in the cache."""
        key = self._key(plan.segment)
        meta = self.cache.peek("segments", key, verify_cache=self.verify_cache)
        if meta is None:
            return None
        facts = whole_numbers({name: value for name, value in meta.items() if name != _TIMINGS}, _FACTS)
        clips = _read_clips(meta.get(_TIMINGS), len(plan.cues))
        if facts is None or clips is None:
            return None
        samples, crc, *lengths = facts
        encoded = EncodedSegment(key=key, samples=samples, crc=crc)
        return _segment_result(plan, encoded, Lengths(**dict(zip(_LENGTHS, lengths, strict=True))), clips)

    def encode(self, plan: SegmentPlan, lost: frozenset[str]) -> SegmentResult:
        """Encode the segment. A beep replaces each lost take. Raises DeliveryError."""
        segment = plan.segment
        if lost:
            beeps = tuple(replace(c, key=GAP, gain=0.0, usual=None) if c.key in lost else c for c in segment.clips)
            segment = replace(segment, clips=beeps)
        key = self._key(segment)
        texts = [cue.text for _, cue in plan.cues]
        encoded, lengths, clips = ffmpeg.retried(lambda: self._encoded(segment, texts))
        timings = json.dumps(clips, separators=(",", ":"))
        facts = {"frames": encoded.samples, "crc": encoded.crc, **asdict(lengths), _TIMINGS: timings}
        self.cache.save("segments", key, encoded.data, facts)
        part = EncodedSegment(key=key, samples=encoded.samples, crc=encoded.crc)
        return _segment_result(plan, part, lengths, clips, lost)

    def forget(self, plan: SegmentPlan) -> None:
        """Remove the encoded segment from the cache, because its takes will be made again."""
        self.cache.remove("segments", self._key(plan.segment))

    def _encoded(
        self, segment: Segment, texts: Sequence[str]
    ) -> tuple[writers.Encoded, Lengths, tuple[ClipNumbers, ...]]:
        """The samples of the segment and of its parts. Lengths of takes are those of the recording.

        `texts` are the texts of its clips, in order.
        """
        sample_rate = self.encoding.sample_rate
        heard: list[tuple[int, int]] = []  # samples and sample rate of each take
        clips: list[ClipNumbers] = []

        def load(key: str) -> Sound:
            sound = self._sound(key)
            clips.append(_clip_numbers(sound, "" if key == GAP else texts[len(heard)], sample_rate))
            heard.append((sound.samples, sound.sample_rate))
            return sound

        rendered = mixing.render_segment(
            segment, load, sample_rate, ceiling=self.mastering.ceiling, room=self.mastering.room, effects=self.effects
        )
        encoded = writers.encode([rendered.raw_data], self.encoding)
        lengths = Lengths(
            takes=sum(clip[0] for clip in clips),
            pauses=sum(
                mixing.silence_samples(pause, sample_rate)
                for pause in (segment.lead, *(c.pause for c in segment.clips))
            ),
            sound=encoded.sound,
            resampled=sum(own != sample_rate for _, own in heard),
        )
        return encoded, lengths, tuple(clips)

    def _key(self, segment: Segment) -> str:
        mastering = self.mastering
        made = mixing.segment_key(
            segment, self.encoding.sample_rate, ceiling=mastering.ceiling, room=mastering.room, effects=self.effects
        )
        return writers.encoded_segment_key(made, self.encoding)

    def _sound(self, key: str) -> Sound:
        if key == GAP:
            return mixing.beep(self.encoding.sample_rate)
        return synthesis.load_sound(self.cache, key)


def _clip_numbers(sound: Sound, text: str, sample_rate: int) -> ClipNumbers:
    """The numbers of a clip with this text and this sound."""
    samples = mixing.resampled_length(sound.samples, sound.sample_rate, sample_rate)
    breaks = mixing.sentence_breaks(sound, find_sentence_starts(text), len(text), sample_rate)
    return (samples, *(number for one in breaks for number in (one.at, one.end, one.start, int(one.measured))))


def _read_clips(text: object, count: int) -> tuple[ClipNumbers, ...] | None:
    """Parse the numbers of `count` clips; None if the JSON is invalid."""
    try:
        clips = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if not isinstance(clips, list) or len(clips) != count:
        return None
    for clip in clips:
        if not isinstance(clip, list) or len(clip) % 4 != 1 or not all(type(n) is int and n >= 0 for n in clip):
            return None
    return tuple(map(tuple, clips))


def _segment_result(
    plan: SegmentPlan,
    encoded: EncodedSegment,
    lengths: Lengths,
    clips: tuple[ClipNumbers, ...],
    lost: frozenset[str] = frozenset(),
) -> SegmentResult:
    return SegmentResult(
        chapter=plan.segment.chapter,
        title=plan.title,
        encoded=encoded,
        lengths=lengths,
        words=sum(cue.words for _, cue in plan.cues),
        cues=len(plan.segment.clips),
        clips=clips,
        lost=lost,
    )
