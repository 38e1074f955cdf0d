"""One reel rendered, encoded and kept; and all of them delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audiobook import delivering, mixing, recording
from audiobook.edition import Encoding, Order
from audiobook.errors import DeliveryError
from audiobook.mix import Print, Reel
from audiobook.production.arranging import ReelPlan
from audiobook.production.tagging import target_of
from audiobook.shelf import Shelf
from audiobook.take import Sound

GAP = "gap"  # stands for the key of a take that could not be made
_CHANGED = "the cache folder changed during the build"


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
        encoded = delivering.encode(mixing.render(reel, self._sound, self.encoding.rate), self.encoding)
        path = self.shelf.save("prints", key, encoded.data, {"frames": encoded.frames})
        return Print(key=key, path=path, frames=encoded.frames)

    def _key(self, reel: Reel) -> str:
        return delivering.print_key(mixing.reel_key(reel, self.encoding.rate), self.encoding)

    def _sound(self, key: str) -> Sound:
        if key == GAP:
            return mixing.beep(self.encoding.rate)
        sound = recording.sound_on(self.shelf, key)
        if sound is None:
            raise DeliveryError(
                _CHANGED, where=str(self.shelf.root), hint="build again: what is left is not made twice"
            )
        return sound


def deliver(reels: Sequence[PressedReel], album: delivering.Album, order: Order, shelf: Shelf) -> delivering.Delivered:
    """All reels as the files that were ordered. Raises DeliveryError."""
    chapters = [
        delivering.PrintedChapter(number=number, title=title, prints=tuple(reel.printed for reel in group))
        for (number, title), group in groupby(reels, key=lambda reel: (reel.chapter, reel.title))
    ]

    def load(printed: Print) -> bytes:
        found = shelf.load("prints", printed.key)
        if found is None:
            raise DeliveryError(_CHANGED, where=str(shelf.root), hint="build again: what is left is not made twice")
        return found[1]

    write = delivering.deliver_chapters if order.per_chapter else delivering.deliver_book
    return write(chapters, album, order.encoding, target_of(order), load)
