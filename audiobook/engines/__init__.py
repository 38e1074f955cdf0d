"""Turn a cue into sound: engines with a common interface, chosen by name from a table."""

from audiobook.engines.contract import Engine, EngineFacts
from audiobook.engines.registry import (
    EXTRAS,
    engine_facts,
    get_ready,
    list_engines,
    list_voices,
    max_processes,
    open_engine,
    sound_version,
    speak_cue,
)

__all__ = [
    "EXTRAS",
    "Engine",
    "EngineFacts",
    "engine_facts",
    "get_ready",
    "list_engines",
    "list_voices",
    "max_processes",
    "open_engine",
    "sound_version",
    "speak_cue",
]
