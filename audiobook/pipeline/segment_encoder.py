"""One segment rendered, encoded and cached, and when each of its clips is heard."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from audiobook import mixing, synthesis, writers
from audiobook.model.clip import EncodedSegment, Lengths, Segment
from audiobook.model.codec import whole_numbers
from audiobook.model.cue import Cue, Sound
from audiobook.model.request import Encoding, Mastering
from audiobook.model.script import Place
from audiobook.pipeline.planning import SegmentPlan
from audiobook.pipeline.sentences import Break, ends_sentence, find_breaks
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache

GAP = "gap"  # stands for the key of a take that could not be made
_LENGTHS = tuple(field.name for field in fields(Lengths))
_FACTS = ("frames", "crc", *_LENGTHS)  # of an encoded segment


_CLIPS = "clips"  # the fact that says how long each clip is, and where sentences begin in it
_CLIP_LIST = re.compile(r"\d{1,12}(?::\d{1,12}~?)*(?:,\d{1,12}(?::\d{1,12}~?)*)*")


@dataclass(frozen=True, slots=True)
class ClipTime:
    """When a clip is heard, in samples from the start of its segment."""

    place: Place
    take: str  # its key
    start: int
    end: int  # exclusive
    lost: bool
    continues: bool  # it goes on with the sentence of the clip before it
    breaks: tuple[Break, ...]  # where its later sentences begin, from the segment's start


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentResult:
    """An encoded segment, and the chapter it belongs to."""

    chapter: int
    title: str
    encoded: EncodedSegment
    lengths: Lengths
    words: int  # of the lines spoken in it, gaps included
    cues: int
    times: tuple[ClipTime, ...]  # of its spoken clips, in order


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A take as it was rendered: its length and its sentences, in samples at the segment's rate."""

    samples: int
    breaks: tuple[Break, ...]


@dataclass(frozen=True, slots=True)
class SegmentEncoder:
    """Renders and encodes segments and keeps them in the cache. With `verify_cache`, cached ones are read whole."""

    cache: Cache
    encoding: Encoding
    mastering: Mastering = field(default_factory=Mastering)
    verify_cache: bool = False
    effects: tuple[str, ...] = ()  # names of entry points in the group audiobook.effects

    def find(self, plan: SegmentPlan) -> SegmentResult | None:
        """The encoded segment, if an earlier build made it."""
        key = self._key(plan.segment)
        meta = self.cache.peek("segments", key, verify_cache=self.verify_cache)
        if meta is None:
            return None
        facts = whole_numbers({name: value for name, value in meta.items() if name != _CLIPS}, _FACTS)
        spoken = _parse_clips(meta.get(_CLIPS), len(plan.segment.clips))
        if facts is None or spoken is None:
            return None
        frames, crc, *lengths = facts
        encoded = EncodedSegment(key=key, frames=frames, crc=crc)
        return self._result(plan, encoded, Lengths(**dict(zip(_LENGTHS, lengths, strict=True))), spoken)

    def encode(self, plan: SegmentPlan, lost: frozenset[str]) -> SegmentResult:
        """The segment, encoded now; a beep stands for each lost take. Raises DeliveryError."""
        segment = plan.segment
        if lost:
            clips = tuple(replace(c, key=GAP, gain=0.0, usual=None) if c.key in lost else c for c in segment.clips)
            segment = replace(segment, clips=clips)
        key = self._key(segment)
        encoded, lengths, spoken = ffmpeg.retried(lambda: self._encoded(segment, plan.cues))
        facts = {"frames": encoded.frames, "crc": encoded.crc, **asdict(lengths), _CLIPS: _format_clips(spoken)}
        self.cache.save("segments", key, encoded.data, facts)
        return self._result(
            plan, EncodedSegment(key=key, frames=encoded.frames, crc=encoded.crc), lengths, spoken, lost
        )

    def forget(self, plan: SegmentPlan) -> None:
        """Remove the encoded segment: its takes are to be made again."""
        self.cache.remove("segments", self._key(plan.segment))

    def _encoded(
        self, segment: Segment, cues: Sequence[tuple[str, Cue]]
    ) -> tuple[writers.Encoded, Lengths, tuple[_Spoken, ...]]:
        """The segment's frames, and what they are made of: takes have the lengths they were recorded with."""
        rate = self.encoding.rate
        spoken: list[_Spoken] = []
        resampled = 0

        def load(key: str) -> Sound:
            nonlocal resampled
            sound = self._sound(key)
            breaks = () if key == GAP else find_breaks(sound, cues[len(spoken)][1].text)
            scaled = tuple(Break(one.at * rate // sound.rate, one.measured) for one in breaks)
            spoken.append(_Spoken(mixing.frames_at(sound.frames, sound.rate, rate), scaled))
            resampled += sound.rate != rate
            return sound

        rendered = mixing.render_segment(
            segment, load, rate, ceiling=self.mastering.ceiling, room=self.mastering.room, effects=self.effects
        )
        encoded = writers.encode([rendered.raw_data], self.encoding)
        lengths = Lengths(
            takes=sum(one.samples for one in spoken),
            pauses=sum(
                mixing.silence_frames(pause, rate) for pause in (segment.lead, *(c.pause for c in segment.clips))
            ),
            sound=encoded.sound,
            resampled=resampled,
        )
        return encoded, lengths, tuple(spoken)

    def _result(
        self,
        plan: SegmentPlan,
        encoded: EncodedSegment,
        lengths: Lengths,
        spoken: Sequence[_Spoken],
        lost: frozenset[str] = frozenset(),
    ) -> SegmentResult:
        return SegmentResult(
            chapter=plan.segment.chapter,
            title=plan.title,
            encoded=encoded,
            lengths=lengths,
            words=sum(cue.words for _, cue in plan.cues),
            cues=len(plan.segment.clips),
            times=tuple(_clip_times(plan, spoken, lost, self.encoding.rate)),
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


def _clip_times(plan: SegmentPlan, spoken: Sequence[_Spoken], lost: frozenset[str], rate: int) -> Iterator[ClipTime]:
    """When each spoken clip is heard: the lead, then each take and the pause after it."""
    at = mixing.silence_frames(plan.segment.lead, rate)
    before: Cue | None = None
    for clip, (key, cue), own in zip(plan.segment.clips, plan.cues, spoken, strict=True):
        continues = before is not None and before.place == cue.place and not ends_sentence(before.text)
        breaks = tuple(Break(at + one.at, one.measured) for one in own.breaks)
        if clip.origin != "sound":  # a person's sound is in no line
            yield ClipTime(cue.place, key, at, at + own.samples, key in lost, continues, breaks)
        at += own.samples + mixing.silence_frames(clip.pause, rate)
        before = cue


def _format_clips(spoken: Sequence[_Spoken]) -> str:
    """`length:break:break~,…` for each clip; a tilde marks an estimated break."""
    return ",".join(
        ":".join((str(one.samples), *(f"{b.at}{'' if b.measured else '~'}" for b in one.breaks))) for one in spoken
    )


def _parse_clips(text: object, count: int) -> tuple[_Spoken, ...] | None:
    """What `_format_clips` wrote of so many clips; None if it is anything else."""
    if not isinstance(text, str) or not _CLIP_LIST.fullmatch(text):
        return None
    spoken = []
    for clip in text.split(","):
        samples, *breaks = clip.split(":")
        spoken.append(_Spoken(int(samples), tuple(Break(int(b.rstrip("~")), not b.endswith("~")) for b in breaks)))
    return tuple(spoken) if len(spoken) == count else None
