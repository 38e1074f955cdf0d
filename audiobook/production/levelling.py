"""The gain of every voice, measured once and kept on the shelf."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from audiobook import mixing, recording, speaking
from audiobook.cast import Voice
from audiobook.errors import EngineError
from audiobook.recording import Lost, Recorder
from audiobook.script import Place
from audiobook.shelf import Shelf
from audiobook.take import Cue

_NOWHERE = Place(chapter=0, paragraph=0, line=0)  # the calibration text stands in no book


def gains(voices: Sequence[Voice], recorder: Recorder, shelf: Shelf) -> dict[Voice, float]:
    """The dB that bring each voice to the common loudness, times its volume.

    Voices never heard before speak the calibration text first. Raises EngineError where one cannot.
    """
    cues = {voice: _calibration(voice) for voice in voices}
    levels = {key: level for key, _ in cues.values() if (level := _kept(shelf, key)) is not None}
    unknown = {key: cue for key, cue in cues.values() if key not in levels}
    if unknown:
        levels |= _measured(unknown, recorder, shelf)
    return {voice: mixing.gain_for(levels[key], voice.volume) for voice, (key, _) in cues.items()}


def _calibration(voice: Voice) -> tuple[str, Cue]:
    cue = Cue(place=_NOWHERE, text=mixing.CALIBRATION_TEXT, voice=voice)
    return recording.cue_key(cue, speaking.engine_facts(voice.engine).version), cue


def _kept(shelf: Shelf, key: str) -> mixing.Level | None:
    found = shelf.load("levels", mixing.level_key(key))
    return None if found is None else mixing.Level(**json.loads(found[1]))


def _measured(cues: Mapping[str, Cue], recorder: Recorder, shelf: Shelf) -> dict[str, mixing.Level]:
    sounds = {}
    for outcome in recorder.record(cues.items()):
        if isinstance(outcome, Lost):
            voice = outcome.cue.voice
            raise EngineError(
                f"the voice {voice.name!r} of {voice.engine} does not speak: {outcome.reason}",
                hint=f'try it with: audiobook say "Hello." --voice {voice.name}',
            )
        sounds[outcome.key] = recording.sound_of(shelf, outcome.key)
    levels = mixing.measure_levels(sounds)
    for key, level in levels.items():
        shelf.save("levels", mixing.level_key(key), json.dumps(asdict(level)).encode(), {})
    return levels
