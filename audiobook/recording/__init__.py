"""Cues → Takes: each cue spoken once, in worker processes, checked, trimmed and kept on the shelf.

Nothing of it is loaded before it is asked for: a worker process needs none of what watches over it.
"""

from typing import TYPE_CHECKING

from audiobook import homes

if TYPE_CHECKING:
    from audiobook.recording.checking import complaint
    from audiobook.recording.keeping import WorkerLostError
    from audiobook.recording.keys import cue_key
    from audiobook.recording.pacing import pace_of
    from audiobook.recording.process import dismiss_spare
    from audiobook.recording.recorder import Lost, Recorder, kept_take, sound_of
    from audiobook.recording.workers import Workers

__all__ = [
    "Lost",
    "Recorder",
    "WorkerLostError",
    "Workers",
    "complaint",
    "cue_key",
    "dismiss_spare",
    "kept_take",
    "pace_of",
    "sound_of",
]

_HOMES = {
    "Lost": "recording.recorder",
    "Recorder": "recording.recorder",
    "WorkerLostError": "recording.keeping",
    "Workers": "recording.workers",
    "complaint": "recording.checking",
    "cue_key": "recording.keys",
    "dismiss_spare": "recording.process",
    "kept_take": "recording.recorder",
    "pace_of": "recording.pacing",
    "sound_of": "recording.recorder",
}


__getattr__ = homes.loader(__name__, _HOMES)
