"""Turn cues into takes: each cue is spoken once in a worker process, checked, trimmed and cached.

Modules are loaded when one of their names is first used, because worker processes need only some of them.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.synthesis.recorder import LostCue, Recorder, find_take, load_sound
    from audiobook.synthesis.take_key import cue_key
    from audiobook.synthesis.validation import check_sound, measure_pace
    from audiobook.synthesis.worker_pool import WorkerLostError, Workers
    from audiobook.synthesis.worker_process import stop_spare_processes

__all__ = [
    "LostCue",
    "Recorder",
    "WorkerLostError",
    "Workers",
    "check_sound",
    "cue_key",
    "find_take",
    "load_sound",
    "measure_pace",
    "stop_spare_processes",
]

_HOMES = {
    "LostCue": "synthesis.recorder",
    "Recorder": "synthesis.recorder",
    "WorkerLostError": "synthesis.worker_pool",
    "Workers": "synthesis.worker_pool",
    "check_sound": "synthesis.validation",
    "cue_key": "synthesis.take_key",
    "stop_spare_processes": "synthesis.worker_process",
    "find_take": "synthesis.recorder",
    "measure_pace": "synthesis.validation",
    "load_sound": "synthesis.recorder",
}


__getattr__ = lazy_exports.loader(__name__, _HOMES)
