"""Cues → Takes: each cue spoken once, in worker processes, checked, trimmed and kept on the shelf.

Nothing of it is loaded before it is asked for: a worker process needs none of what watches over it.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audiobook.recording.checking import complaint
    from audiobook.recording.keeping import WorkerLostError
    from audiobook.recording.keys import cue_key
    from audiobook.recording.pacing import pace_of
    from audiobook.recording.process import dismiss_spare
    from audiobook.recording.recorder import Lost, Recorder, sound_of
    from audiobook.recording.workers import Workers

__all__ = [
    "Lost",
    "Recorder",
    "WorkerLostError",
    "Workers",
    "complaint",
    "cue_key",
    "dismiss_spare",
    "pace_of",
    "sound_of",
]

_HOMES = {
    "Lost": "recorder",
    "Recorder": "recorder",
    "WorkerLostError": "keeping",
    "Workers": "workers",
    "complaint": "checking",
    "cue_key": "keys",
    "dismiss_spare": "process",
    "pace_of": "pacing",
    "sound_of": "recorder",
}


def __getattr__(name: str) -> Any:
    """Load a public name's home when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'audiobook.recording' has no attribute {name!r}")
    return getattr(importlib.import_module(f"audiobook.recording.{_HOMES[name]}"), name)
