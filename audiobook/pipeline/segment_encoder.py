"""One reel rendered, encoded and kept."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace

from audiobook import mixing, synthesis, writers
from audiobook.model.clip import Lengths, Print, Reel
from audiobook.model.codec import whole_numbers
from audiobook.model.cue import Sound
from audiobook.model.request import Encoding, Mastering
from audiobook.pipeline.arranging import ReelPlan
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Shelf

GAP = "gap"  # stands for the key of a take that could not be made
_LENGTHS = tuple(field.name for field in fields(Lengths))
_FACTS = ("frames", "crc", *_LENGTHS)  # of a print


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedReel:
    """A reel's print, and the chapter it belongs to."""

    chapter: int
    title: str
    printed: Print
    lengths: Lengths
    words: int  # of the lines spoken in it, gaps included
    cues: int


@dataclass(frozen=True, slots=True)
class Presser:
    """Renders and encodes reels; what is pressed stays on the shelf. A `wary` one reads all of what it finds there."""

    shelf: Shelf
    encoding: Encoding
    mastering: Mastering = field(default_factory=Mastering)
    wary: bool = False

    def find(self, plan: ReelPlan) -> PressedReel | None:
        """The pressed reel, where an earlier build left it."""
        key = self._key(plan.reel)
        meta = self.shelf.glance("prints", key, wary=self.wary)
        facts = None if meta is None else whole_numbers(meta, _FACTS)
        if facts is None:
            return None
        frames, crc, *lengths = facts
        return _pressed(
            plan, Print(key=key, frames=frames, crc=crc), Lengths(**dict(zip(_LENGTHS, lengths, strict=True)))
        )

    def press(self, plan: ReelPlan, lost: frozenset[str]) -> PressedReel:
        """The reel, pressed now; a beep stands for each lost take. Raises DeliveryError."""
        reel = plan.reel
        if lost:
            clips = tuple(replace(c, key=GAP, gain=0.0, usual=None) if c.key in lost else c for c in reel.clips)
            reel = replace(reel, clips=clips)
        key = self._key(reel)
        encoded, lengths = ffmpeg.retried(lambda: self._encoded(reel))
        facts = {"frames": encoded.frames, "crc": encoded.crc, **asdict(lengths)}
        self.shelf.save("prints", key, encoded.data, facts)
        return _pressed(plan, Print(key=key, frames=encoded.frames, crc=encoded.crc), lengths)

    def forget(self, plan: ReelPlan) -> None:
        """Let the pressed reel go: its takes are to be made again."""
        self.shelf.remove("prints", self._key(plan.reel))

    def _encoded(self, reel: Reel) -> tuple[writers.Encoded, Lengths]:
        """The reel's frames, and what they are made of: the takes' lengths are those they were recorded with."""
        rate = self.encoding.rate
        heard: list[tuple[int, int]] = []  # frames and rate of each take

        def load(key: str) -> Sound:
            sound = self._sound(key)
            heard.append((sound.frames, sound.rate))
            return sound

        encoded = writers.encode(self._rendered(reel, load), self.encoding)
        return encoded, Lengths(
            takes=sum(mixing.frames_at(frames, own, rate) for frames, own in heard),
            pauses=sum(mixing.silence_frames(pause, rate) for pause in (reel.lead, *(c.pause for c in reel.clips))),
            sound=encoded.sound,
            resampled=sum(own != rate for _, own in heard),
        )

    def _key(self, reel: Reel) -> str:
        made = mixing.reel_key(reel, self.encoding.rate, ceiling=self.mastering.ceiling, room=self.mastering.room)
        return writers.print_key(made, self.encoding)

    def _rendered(self, reel: Reel, load: Callable[[str], Sound]) -> Iterator[bytes]:
        return mixing.render(reel, load, self.encoding.rate, ceiling=self.mastering.ceiling, room=self.mastering.room)

    def _sound(self, key: str) -> Sound:
        if key == GAP:
            return mixing.beep(self.encoding.rate)
        return synthesis.sound_of(self.shelf, key)


def _pressed(plan: ReelPlan, printed: Print, lengths: Lengths) -> PressedReel:
    return PressedReel(
        chapter=plan.reel.chapter,
        title=plan.title,
        printed=printed,
        lengths=lengths,
        words=sum(cue.words for _, cue in plan.cues),
        cues=len(plan.reel.clips),
    )
