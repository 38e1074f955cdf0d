"""Lines recorded once more, because they were not said as they stand, and the file built again with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from audiobook import engines, synthesis, writers
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import Order
from audiobook.pipeline import voice_levels
from audiobook.pipeline.arranging import arranged
from audiobook.pipeline.build import build
from audiobook.pipeline.casts import cast_for, direction_for, mastered
from audiobook.pipeline.scripts import script_of, selected
from audiobook.pipeline.segment_encoder import Presser
from audiobook.pipeline.tags import target_of
from audiobook.quality import Fault
from audiobook.runtime.cache import GoneError, Shelf
from audiobook.services.verify import Doubted, Opener, Proof, proofed_again
from audiobook.synthesis import Recorder

Outcome = Literal["mended", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pickup:
    """A line that was recorded once more."""

    doubted: Doubted  # as it was
    outcome: Outcome  # heard right; another sound, and still not right; the very same sound again


def picked_up(proof: Proof, open_recogniser: Opener, *, progress: Progress = SILENT) -> tuple[Pickup, ...]:
    """Record the doubted lines of a file once more, and build it again with them. Raises what a build raises."""
    if not proof.doubted:
        return ()
    target_of(proof.order)  # raises where the build could not write the file again
    writers.check_file(proof.file)
    shelf = Shelf(proof.order.cache)
    keys = {doubted.spot.key for doubted in proof.doubted}
    before = {key: _sound(shelf, key) for key in keys}
    _let_go(proof.order, keys, shelf)
    proof.file.touch()  # else the build takes it for finished: its reels have the same names as before
    build(proof.order, progress=progress)
    changed = {key for key in keys if _sound(shelf, key) != before[key]}
    still = {one.spot.key: one.fault for one in proofed_again(proof, changed, open_recogniser, progress=progress)}
    return tuple(Pickup(doubted=one, outcome=_outcome(one, changed, still)) for one in proof.doubted)


def _outcome(doubted: Doubted, changed: Collection[str], still: Mapping[str, Fault]) -> Outcome:
    """What became of a line; engines that say it the same again may well differ in a sample."""
    key = doubted.spot.key
    if key not in changed or still.get(key) == doubted.fault:
        return "same"
    return "changed" if key in still else "mended"


def _sound(shelf: Shelf, key: str) -> bytes | None:
    try:
        return synthesis.sound_of(shelf, key).pcm
    except GoneError:  # the build left a gap
        return None


def _let_go(order: Order, keys: Collection[str], shelf: Shelf) -> None:
    """Take these takes off the shelf, and every reel that has one of them."""
    direction, _ = direction_for(order)
    script = script_of(order.book)
    cast = mastered(cast_for(script, direction), order.mastering)
    with Recorder(shelf, engines.speak_cue) as recorder:
        gains = voice_levels.gains(cast.voices(), order.mastering.loudness, recorder, shelf)
    presser = Presser(shelf, order.encoding, order.mastering)
    for plan in arranged(selected(script, order.chapters, order.book), cast, gains, [], shelf):
        if any(clip.key in keys for clip in plan.reel.clips):
            presser.forget(plan)
    for key in keys:
        shelf.remove("takes", key)
