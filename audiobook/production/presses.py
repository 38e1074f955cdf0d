"""One reel rendered, encoded and kept."""

from dataclasses import dataclass, replace

from audiobook import delivering, ffmpeg, mixing, recording
from audiobook.edition import Encoding
from audiobook.mix import Print, Reel
from audiobook.production.arranging import ReelPlan
from audiobook.shelf import Shelf
from audiobook.take import Sound

GAP = "gap"  # stands for the key of a take that could not be made


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedReel:
    """A reel's print, and the chapter it belongs to."""

    chapter: int
    title: str
    printed: Print


@dataclass(frozen=True, slots=True)
class Presser:
    """Renders and encodes reels; what is pressed stays on the shelf."""

    shelf: Shelf
    encoding: Encoding

    def find(self, plan: ReelPlan) -> Print | None:
        """The reel's print, where an earlier build left it."""
        key = self._key(plan.reel)
        meta = self.shelf.glance("prints", key)
        return None if meta is None else Print(key=key, path=self.shelf.path("prints", key), frames=int(meta["frames"]))

    def press(self, plan: ReelPlan, lost: frozenset[str]) -> Print:
        """The reel's print, made now; a beep stands for each lost take. Raises DeliveryError."""
        reel = plan.reel
        if lost:
            clips = tuple(replace(c, key=GAP, gain=0.0) if c.key in lost else c for c in reel.clips)
            reel = replace(reel, clips=clips)
        key = self._key(reel)
        encoded = ffmpeg.retried(
            lambda: delivering.encode(mixing.render(reel, self._sound, self.encoding.rate), self.encoding)
        )
        path = self.shelf.save("prints", key, encoded.data, {"frames": encoded.frames})
        return Print(key=key, path=path, frames=encoded.frames)

    def _key(self, reel: Reel) -> str:
        return delivering.print_key(mixing.reel_key(reel, self.encoding.rate), self.encoding)

    def _sound(self, key: str) -> Sound:
        if key == GAP:
            return mixing.beep(self.encoding.rate)
        return recording.sound_of(self.shelf, key)
