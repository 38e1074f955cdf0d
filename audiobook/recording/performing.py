"""What a worker process does with one cue."""

from collections.abc import Callable
from dataclasses import dataclass

from audiobook.errors import EngineError
from audiobook.recording.checking import complaint_of_samples
from audiobook.recording.trimming import trimmed
from audiobook.shelf import draft_on
from audiobook.take import Cue, Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A take that is written but not yet on the shelf: only the parent process puts it there."""

    path: str
    frames: int
    rate: int  # Hz

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.frames / self.rate


def perform(speak: Callable[[Cue], Sound], desk: str, cue: Cue) -> Draft:
    """Speak a cue, check its samples, trim it, write it out on the parent's desk.

    Raises what `speak` does, EngineError, DeliveryError.
    """
    sound = trimmed(speak(cue))
    wrong = complaint_of_samples(sound, cue)  # of its length the parent judges, who knows the pace of the voice
    if wrong is not None:
        raise EngineError(wrong)
    path = draft_on(desk, sound.pcm, {"frames": sound.frames, "rate": sound.rate}, passing=True)
    return Draft(path=path, frames=sound.frames, rate=sound.rate)
