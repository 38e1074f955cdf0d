"""Cue → Sound. Engines behind one contract, chosen by name from a visible table."""

from audiobook.engines.contract import Engine, EngineFacts
from audiobook.engines.registry import (
    EXTRAS,
    engine_facts,
    engine_names,
    get_ready,
    open_engine,
    side_by_side,
    sound_version,
    speak_cue,
    voices_of,
)

__all__ = [
    "EXTRAS",
    "Engine",
    "EngineFacts",
    "engine_facts",
    "engine_names",
    "get_ready",
    "open_engine",
    "side_by_side",
    "sound_version",
    "speak_cue",
    "voices_of",
]
