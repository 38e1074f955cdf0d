"""The narrator's lines, recorded while the analysis is still at who says the rest.

Where the quotations are is known in a quarter of the time, and then what the narrator says and, nearly always, in which
voice. What was guessed wrongly is never used, and gone when the build ends.
"""

from collections.abc import Callable

from audiobook import casting
from audiobook.edition import Order
from audiobook.production.arranging import arranged
from audiobook.production.castings import cast_for
from audiobook.production.scripts import selected
from audiobook.recording import Recorder
from audiobook.script import Script


def narrate(
    narration: Script, done: Callable[[], bool], *, order: Order, direction: casting.Direction, recorder: Recorder
) -> None:
    """Have the lines of `narration` spoken in the voice of a narrator who is none of the characters, until `done`."""
    cast = cast_for(narration, direction)
    plans = arranged(selected(narration, order.chapters), cast, dict.fromkeys(cast.voices(), 0.0), [])
    recorder.foresee((cue for plan in plans for cue in plan.cues), done)
