"""Cues → Takes: each cue spoken once, in worker processes, checked, trimmed and kept in the cache.

Nothing of it is loaded before it is asked for: a worker process needs none of what watches over it.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.synthesis.recorder import Lost, Recorder, kept_take, sound_of
    from audiobook.synthesis.take_key import cue_key
    from audiobook.synthesis.validation import complaint, pace_of
    from audiobook.synthesis.worker_pool import WorkerLostError, Workers
    from audiobook.synthesis.worker_process import dismiss_spare

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
    "Lost": "synthesis.recorder",
    "Recorder": "synthesis.recorder",
    "WorkerLostError": "synthesis.worker_pool",
    "Workers": "synthesis.worker_pool",
    "complaint": "synthesis.validation",
    "cue_key": "synthesis.take_key",
    "dismiss_spare": "synthesis.worker_process",
    "kept_take": "synthesis.recorder",
    "pace_of": "synthesis.validation",
    "sound_of": "synthesis.recorder",
}


__getattr__ = lazy_exports.loader(__name__, _HOMES)
