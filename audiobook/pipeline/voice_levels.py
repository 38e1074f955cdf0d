"""Measure the gain and the pace of every voice once, and cache them.

The package contains the levels of the default voices (`known_levels.json`, made by `python -m
tools.make_known_levels`). A voice of another engine version has another key and is measured.
"""

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files

from audiobook import engines as speaking
from audiobook import mixing, synthesis
from audiobook.errors import EngineError, command_line
from audiobook.languages.calibration import calibration_texts
from audiobook.model.cast import Voice
from audiobook.model.codec import Codec
from audiobook.model.cue import Cue, Sound
from audiobook.model.script import Place
from audiobook.runtime.cache import Cache
from audiobook.runtime.loudness import SILENT
from audiobook.synthesis import LostCue, Recorder

_LEAST_PACE = 0.72  # espeak-ng's quickest variant has 0.94, the half of a text by its slowest 0.66
_NEARLY = 0.5  # LU; a smaller difference between two books is inaudible

KNOWN = "known_levels.json"  # engine → key of the level → the voice's name, LUFS, dBFS, seconds

_NOWHERE = Place(chapter=0, paragraph=0, line=0)  # the calibration text is not in a book


@dataclass(frozen=True, slots=True)
class Heard:
    """The measurements of a voice that speaks the calibration text."""

    level: mixing.Level
    seconds: float  # duration of the text


_LEVELS = Codec(Heard, "audiobook-level", 1)


def gains(
    voices: Sequence[Voice],
    loudness: float,
    recorder: Recorder,
    cache: Cache,
    meanwhile: Iterable[tuple[str, Cue]] = (),
) -> dict[Voice, float]:
    """The gain in dB that brings each voice to a loudness in LUFS and its volume. The recorder learns their paces.

    If the first voice, the narrator's, nearly has that loudness, it gets no gain and the others are brought to its
    loudness. Voices that were never measured speak the calibration text first; while it is measured, the recorder
    records the cues of `meanwhile`. Raises EngineError if a voice cannot be measured.
    """
    cues = {voice: _calibration(voice) for voice in voices}
    kept = {key: _known().get(mixing.level_key(key)) or _load_cached(cache, key) for ((key, _), *_) in cues.values()}
    heard = {key: one for key, one in kept.items() if one is not None}
    unknown = {key: own for own in cues.values() if (key := own[0][0]) not in heard}
    if unknown:
        heard |= _measure(unknown, recorder, cache, meanwhile)
    for voice, ((key, cue), *_) in cues.items():
        recorder.set_pace(voice, _pace(heard[key].seconds, cue))
    wanted = _near(heard[cues[voices[0]][0][0]].level.loudness, loudness)
    return {voice: mixing.gain_for(heard[key].level, voice.volume, wanted) for voice, ((key, _), *_) in cues.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLevels:
    """The cached measurements of voices. A voice that was never measured is in neither mapping."""

    gains: Mapping[Voice, float]  # dB; empty if the narrator was never measured, because every gain depends on it
    paces: Mapping[Voice, float]  # 1.2 is a fifth slower than usual


def known_levels(voices: Sequence[Voice], loudness: float, cache: Cache) -> KnownLevels:
    """The gains and paces that `gains` would return, for voices that were measured before."""
    heard: dict[Voice, Heard] = {}
    paces: dict[Voice, float] = {}
    for voice in voices:
        ((key, cue), *_) = _calibration(voice)
        found = _known().get(mixing.level_key(key)) or _load_cached(cache, key)
        if found is not None:
            heard[voice] = found
            paces[voice] = synthesis.measure_pace(found.seconds, cue.text, voice.words_per_minute)
    first = heard.get(voices[0])
    if first is None:
        return KnownLevels(gains={}, paces=paces)
    wanted = _near(first.level.loudness, loudness)
    gains = {voice: mixing.gain_for(one.level, voice.volume, wanted) for voice, one in heard.items()}
    return KnownLevels(gains=gains, paces=paces)


def usual(voice: Voice, cache: Cache | None) -> float | None:
    """The measured loudness of a voice in LUFS, if the lines of its engine are evened out; else None."""
    if speaking.engine_facts(voice.engine).is_even:
        return None
    ((key, _), *_) = _calibration(voice)
    heard = _known().get(mixing.level_key(key)) or (_load_cached(cache, key) if cache else None)
    return None if heard is None else round(heard.level.loudness, 1)


def _near(own: float, wanted: float) -> float:
    """The common loudness, chosen so that the narrator needs no gain: applying a gain takes time for each sample."""
    return own if abs(own - wanted) <= _NEARLY else wanted


def measure_again(voices: Sequence[Voice], recorder: Recorder, cache: Cache) -> dict[str, tuple[Voice, Heard]]:
    """Measure each voice, by the key of its level. Raises EngineError."""
    cues = {voice: _calibration(voice) for voice in voices}
    heard = _measure({own[0][0]: own for own in cues.values()}, recorder, cache, ())
    return {mixing.level_key(own[0][0]): (voice, heard[own[0][0]]) for voice, own in cues.items()}


@functools.cache
def _known() -> Mapping[str, Heard]:
    """The levels that are shipped with the package, by key."""
    engines = json.loads(files(__package__).joinpath(KNOWN).read_bytes())
    return {
        key: Heard(mixing.Level(loudness=loudness, peak=peak), seconds)
        for levels in engines.values()
        for key, (_, loudness, peak, seconds) in levels.items()
    }


def _pace(seconds: float, cue: Cue) -> float:
    """The pace of the voice. Raises EngineError if it is so fast that a part of the text must be missing."""
    pace = synthesis.measure_pace(seconds, cue.text, cue.voice.words_per_minute)
    if pace < _LEAST_PACE:
        raise EngineError(
            f"the voice {cue.voice.name!r} of {cue.voice.engine} does not speak the whole of a text: {seconds:.1f} s, "
            f"where {seconds / pace:.1f} s are usual",
            hint="if that was an accident, have it speak again: audiobook cache --prune all",
        )
    return pace


def _calibration(voice: Voice) -> tuple[tuple[str, Cue], ...]:
    """The cues for the measurement of a voice; the first is the text for its pace."""
    version = speaking.sound_version(voice)
    texts = calibration_texts(_language_of(voice)) or (mixing.CALIBRATION_TEXT, *mixing.CALIBRATION_LINES)
    cues = [Cue(place=_NOWHERE, text=text, voice=voice) for text in texts]
    return tuple((synthesis.cue_key(cue, version), cue) for cue in cues)


def _language_of(voice: Voice) -> str:
    return _languages(voice.engine).get(voice.name, "")


@functools.cache
def _languages(engine: str) -> Mapping[str, str]:
    """The language of each voice of an engine."""
    return {facts.name: facts.language for facts in speaking.list_voices(engine)}


def _load_cached(cache: Cache, key: str) -> Heard | None:
    found = cache.load("levels", mixing.level_key(key))
    if found is None:
        return None
    heard = _LEVELS.loads_or_none(found[1])
    # Version 0.1 could store a voice as silent: it lost the samples on their way into ffmpeg 5.1 to 8.0.
    return None if heard is None or heard.level.loudness <= SILENT else heard


def _measure(
    cues: Mapping[str, tuple[tuple[str, Cue], ...]],
    recorder: Recorder,
    cache: Cache,
    meanwhile: Iterable[tuple[str, Cue]],
) -> dict[str, Heard]:
    """The level of each voice over all its cues, by the key of the first cue."""
    takes = {}
    for outcome in recorder.record(pair for own in cues.values() for pair in own):
        if isinstance(outcome, LostCue):
            voice = outcome.cue.voice
            raise EngineError(
                f"the voice {voice.name!r} of {voice.engine} does not speak: {outcome.reason}",
                hint="try it with: "
                + command_line("audiobook", "say", "Hello.", "--voice", voice.name, "--engine", voice.engine),
            ) from outcome.error
        takes[outcome.key] = synthesis.load_sound(cache, outcome.key)
    sounds = {first: _joined([takes[key] for key, _ in own]) for first, own in cues.items()}
    with ThreadPoolExecutor(1, "levels") as pool:
        measuring = pool.submit(mixing.measure_levels, sounds)
        recorder.prefetch(meanwhile, measuring.done)
        levels = measuring.result()
    heard = {key: Heard(level, takes[key].seconds) for key, level in levels.items()}
    for key, one in heard.items():
        cache.save("levels", mixing.level_key(key), _LEVELS.dumps(one), {})
    return heard


def _joined(sounds: Sequence[Sound]) -> Sound:
    return Sound(pcm=b"".join(sound.pcm for sound in sounds), sample_rate=sounds[0].sample_rate)
