"""An engine that beeps instead of speaking, for tests and for hearing pace and pauses quickly.

Every word is a beep, as long as the word takes to say, at the pitch of the voice. Every sample is deterministic.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.engines.contract import EngineFacts, check_text, unknown_voice_error
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import SAMPLE_BYTES, Sound
from audiobook.model.script import Age, Gender

RATE = 22_050  # Hz
LONGEST_TEXT = 4_000  # characters
_LETTER = 0.066  # seconds, at 175 words a minute
_GAP = 0.035  # seconds of silence between two words, at 175 words a minute
_USUAL_PACE = 175  # words a minute
_AMPLITUDE = 9_000  # of 32,767


@dataclass(frozen=True, slots=True, kw_only=True)
class _Instrument:
    pitch: float  # Hz
    gender: Gender
    age: Age = "adult"


_EVERY_LANGUAGE = "mul"
_INSTRUMENTS = {
    "flute": _Instrument(pitch=523.3, gender="female"),
    "cello": _Instrument(pitch=130.8, gender="male"),
    "oboe": _Instrument(pitch=440.0, gender="female"),
    "horn": _Instrument(pitch=174.6, gender="male"),
    "violin": _Instrument(pitch=587.3, gender="female"),
    "trombone": _Instrument(pitch=116.5, gender="male"),
    "clarinet": _Instrument(pitch=392.0, gender="female"),
    "viola": _Instrument(pitch=220.0, gender="male"),
    "harp": _Instrument(pitch=349.2, gender="female", age="old"),
    "bassoon": _Instrument(pitch=98.0, gender="male", age="old"),
    "piccolo": _Instrument(pitch=880.0, gender="female", age="child"),
    "whistle": _Instrument(pitch=698.5, gender="male", age="child"),
}


class ToneEngine:
    """The engine of beeps."""

    def facts(self) -> EngineFacts:
        """The engine's properties."""
        return EngineFacts(
            name="tone", version="1", sample_rate=RATE, languages=(_EVERY_LANGUAGE,), longest_text=LONGEST_TEXT
        )

    def voices(self) -> Sequence[VoiceFacts]:
        """One voice for each instrument."""
        return tuple(
            VoiceFacts(
                engine="tone",
                name=name,
                language=_EVERY_LANGUAGE,
                gender=instrument.gender,
                age=instrument.age,
                rank=rank,
                description=f"beeps at {instrument.pitch:.0f} Hz",
            )
            for rank, (name, instrument) in enumerate(_INSTRUMENTS.items())
        )

    def speak(self, text: str, voice: Voice) -> Sound:
        """One beep for each word, at the voice's pitch and rate."""
        check_text(text, LONGEST_TEXT)
        if voice.name not in _INSTRUMENTS:
            raise unknown_voice_error("tone", voice.name, _INSTRUMENTS)
        pace = _USUAL_PACE / voice.words_per_minute
        gap = bytes(round(_GAP * pace * RATE) * SAMPLE_BYTES)
        beeps = (_beep(voice.name, voice.pitch, len(word) * _LETTER * pace) for word in text.split())
        return Sound(pcm=gap.join(beeps), sample_rate=RATE)


def _beep(name: str, pitch: int, seconds: float) -> bytes:
    wave = _wave(name, pitch)
    return wave * max(1, round(seconds * RATE * SAMPLE_BYTES / len(wave)))  # whole periods, so that there are no clicks


@functools.cache
def _wave(name: str, pitch: int) -> bytes:
    """One period of the wave. Pitch 0 and 99 are an octave below and above the instrument's pitch."""
    frequency = _INSTRUMENTS[name].pitch * 2 ** ((pitch - 50) / 50)
    samples_per_period = round(RATE / frequency)
    samples = (round(_AMPLITUDE * math.sin(2 * math.pi * n / samples_per_period)) for n in range(samples_per_period))
    return b"".join(sample.to_bytes(SAMPLE_BYTES, "little", signed=True) for sample in samples)
