"""Cue → Sound. Engines behind one contract, chosen by name from a visible table."""

from audiobook.speaking.engine import Engine, EngineFacts
from audiobook.speaking.table import (
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
