"""The name of a take: made of exactly what shapes its sound."""

import hashlib
import json

from audiobook.take import Cue

RECIPE = 1  # of what happens to a sound between the engine and the shelf; count up whenever the trimming changes


def cue_key(cue: Cue, engine_version: str) -> str:
    """The key of the cue's take, 32 hexadecimal digits.

    The place is not part of it, nor is the volume: that is applied when mixing.
    """
    voice = cue.voice
    shaping = [RECIPE, voice.engine, engine_version, voice.name, voice.rate, voice.pitch, cue.text]
    return hashlib.blake2b(json.dumps(shaping).encode(), digest_size=16).hexdigest()
