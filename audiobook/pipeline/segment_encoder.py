"""One segment rendered, encoded and kept."""

from dataclasses import asdict, dataclass, field, fields, replace

from audiobook import mixing, synthesis, writers
from audiobook.model.clip import EncodedSegment, Lengths, Segment
from audiobook.model.codec import whole_numbers
from audiobook.model.cue import Sound
from audiobook.model.request import Encoding, Mastering
from audiobook.pipeline.planning import SegmentPlan
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache

GAP = "gap"  # stands for the key of a take that could not be made
_LENGTHS = tuple(field.name for field in fields(Lengths))
_FACTS = ("frames", "crc", *_LENGTHS)  # of an encoded segment


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentResult:
    """A segment's print, and the chapter it belongs to."""

    chapter: int
    title: str
    encoded: EncodedSegment
    lengths: Lengths
    words: int  # of the lines spoken in it, gaps included
    cues: int


@dataclass(frozen=True, slots=True)
class SegmentEncoder:
    """Renders and encodes segments and keeps them in the cache. With `verify_cache`, cached ones are read whole."""

    cache: Cache
    encoding: Encoding
    mastering: Mastering = field(default_factory=Mastering)
    verify_cache: bool = False
    effects: tuple[str, ...] = ()  # names of entry points in the group audiobook.effects

    def find(self, plan: SegmentPlan) -> SegmentResult | None:
        """The encoded segment, where an earlier build left it."""
        key = self._key(plan.segment)
        meta = self.cache.peek("segments", key, verify_cache=self.verify_cache)
        facts = None if meta is None else whole_numbers(meta, _FACTS)
        if facts is None:
            return None
        frames, crc, *lengths = facts
        return _segment_result(
            plan, EncodedSegment(key=key, frames=frames, crc=crc), Lengths(**dict(zip(_LENGTHS, lengths, strict=True)))
        )

    def encode(self, plan: SegmentPlan, lost: frozenset[str]) -> SegmentResult:
        """The segment, encoded now; a beep stands for each lost take. Raises DeliveryError."""
        segment = plan.segment
        if lost:
            clips = tuple(replace(c, key=GAP, gain=0.0, usual=None) if c.key in lost else c for c in segment.clips)
            segment = replace(segment, clips=clips)
        key = self._key(segment)
        encoded, lengths = ffmpeg.retried(lambda: self._encoded(segment))
        facts = {"frames": encoded.frames, "crc": encoded.crc, **asdict(lengths)}
        self.cache.save("segments", key, encoded.data, facts)
        return _segment_result(plan, EncodedSegment(key=key, frames=encoded.frames, crc=encoded.crc), lengths)

    def forget(self, plan: SegmentPlan) -> None:
        """Let the encoded segment go: its takes are to be made again."""
        self.cache.remove("segments", self._key(plan.segment))

    def _encoded(self, segment: Segment) -> tuple[writers.Encoded, Lengths]:
        """The segment's frames, and what they are made of: the takes' lengths are those they were recorded with."""
        rate = self.encoding.rate
        heard: list[tuple[int, int]] = []  # frames and rate of each take

        def load(key: str) -> Sound:
            sound = self._sound(key)
            heard.append((sound.frames, sound.rate))
            return sound

        rendered = mixing.render_segment(
            segment, load, rate, ceiling=self.mastering.ceiling, room=self.mastering.room, effects=self.effects
        )
        encoded = writers.encode([rendered.raw_data], self.encoding)
        return encoded, Lengths(
            takes=sum(mixing.frames_at(frames, own, rate) for frames, own in heard),
            pauses=sum(
                mixing.silence_frames(pause, rate) for pause in (segment.lead, *(c.pause for c in segment.clips))
            ),
            sound=encoded.sound,
            resampled=sum(own != rate for _, own in heard),
        )

    def _key(self, segment: Segment) -> str:
        mastering = self.mastering
        made = mixing.segment_key(
            segment, self.encoding.rate, ceiling=mastering.ceiling, room=mastering.room, effects=self.effects
        )
        return writers.encoded_segment_key(made, self.encoding)

    def _sound(self, key: str) -> Sound:
        if key == GAP:
            return mixing.beep(self.encoding.rate)
        return synthesis.sound_of(self.cache, key)


def _segment_result(plan: SegmentPlan, encoded: EncodedSegment, lengths: Lengths) -> SegmentResult:
    return SegmentResult(
        chapter=plan.segment.chapter,
        title=plan.title,
        encoded=encoded,
        lengths=lengths,
        words=sum(cue.words for _, cue in plan.cues),
        cues=len(plan.segment.clips),
    )
