"""The name of a take: made of exactly what shapes its sound."""

from audiobook.model.cue import Cue
from audiobook.runtime.cache import key_of

RECIPE = 1  # of what happens to a sound between the engine and the cache; count up whenever the trimming changes


def cue_key(cue: Cue, engine_version: str) -> str:
    """The key of the cue's take.

    The place is not part of it, nor is the volume: that is applied when mixing.
    """
    voice = cue.voice
    return key_of(RECIPE, voice.engine, engine_version, voice.name, voice.rate, voice.pitch, cue.text)
