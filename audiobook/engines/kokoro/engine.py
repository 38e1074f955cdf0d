"""Kokoro-82M: a neural engine that needs neither network nor graphics card, through kokoro-onnx.

The model is StyleTTS 2 with an iSTFTNet vocoder (hexgrad/Kokoro-82M, Apache-2.0); espeak-ng converts text to phonemes.
`audiobook voices install kokoro` installs the files in the models folder.
"""

import functools
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobook.engines.contract import EngineFacts, check_text, require_module, split_ipa, unknown_voice_error
from audiobook.engines.kokoro.graph import choose_fastest
from audiobook.engines.kokoro.voices import ENGINE, is_english, voice_facts
from audiobook.engines.sounds import make_sound, speak_at_pitch
from audiobook.engines.weights import load_digest, models_folder
from audiobook.errors import EngineError, MissingToolError
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 24_000  # Hz
LONGEST_TEXT = 500  # characters: about 510 phonemes, the limit of one run of the model; longer texts take two runs
MODEL_SUFFIX, PACK_SUFFIXES = ".onnx", (".bin", ".npz")
_NORMAL_WORDS_PER_MINUTE = 175  # words a minute at the model's normal speed
_SLOWEST, _FASTEST = 0.5, 2.0  # range of the speed factor that the model supports
_ESPEAK_LANGUAGES = {"a": "en-us", "b": "en-gb"}  # by the first letter of a voice's name
_INSTALL = "audiobook voices install kokoro"


class KokoroEngine:
    """The 28 English voices of Kokoro-82M, or those of the installed voice pack."""

    def __init__(self) -> None:
        require_module("kokoro_onnx", ENGINE)
        folder = models_folder(ENGINE)
        self._model = _find_file(folder, (MODEL_SUFFIX,), "model")
        self._pack = _find_file(folder, PACK_SUFFIXES, "voice pack")

    def facts(self) -> EngineFacts:
        """The engine's properties. The version names kokoro-onnx, and the digests of the model and the voice pack."""
        files = ", ".join(f"{path.stem} {load_digest(path)[:12]}" for path in (self._model, self._pack))
        return EngineFacts(
            name=ENGINE,
            version=f"kokoro-onnx {version('kokoro-onnx')}, onnxruntime {version('onnxruntime')}, {files}",
            sample_rate=RATE,
            languages=tuple(sorted({voice.language for voice in self._voices.values()})),
            longest_text=LONGEST_TEXT,
            takes_ipa=True,
            is_even=False,
        )

    def voices(self) -> Sequence[VoiceFacts]:
        """The English voices of the pack, best grade first."""
        return tuple(self._voices.values())

    def speak(self, text: str, voice: Voice) -> Sound:
        """Speak the text, at 24,000 Hz. Raises EngineError and VoicesError."""
        check_text(text, LONGEST_TEXT)
        if voice.name not in self._voices:
            raise unknown_voice_error(ENGINE, voice.name, self._voices)
        language = _ESPEAK_LANGUAGES[voice.name[0]]
        phonemes = self._phonemes(text.replace("\0", " "), language)
        if not any(mark.isalpha() for mark in phonemes):
            raise EngineError(f"{text!r} has nothing to speak")
        pace = voice.words_per_minute / _NORMAL_WORDS_PER_MINUTE

        def speak(speed: float) -> "NDArray[np.float32]":
            speed = max(_SLOWEST, min(_FASTEST, speed))
            samples: NDArray[np.float32]
            samples, _ = self._kokoro.create(phonemes, self._style(voice.name), speed=speed, is_phonemes=True)
            return samples

        return make_sound(speak_at_pitch(speak, pace, voice.pitch), RATE)

    def _phonemes(self, text: str, language: str) -> str:
        """The phonemes of a text: from espeak-ng, and IPA written in the text."""
        parts = split_ipa(text)
        return " ".join(
            part if is_ipa else self._kokoro.tokenizer.phonemize(part, language) for part, is_ipa in parts
        ).strip()

    @functools.cached_property
    def _voices(self) -> dict[str, VoiceFacts]:
        found = (voice_facts(name) for name in self._styles.files if is_english(name))
        return {facts.name: facts for facts in sorted(found, key=lambda facts: (facts.rank, facts.name))}

    @functools.cached_property
    def _styles(self) -> Any:
        import numpy as np  # noqa: PLC0415  # heavy

        try:
            return np.load(self._pack)
        except (OSError, ValueError) as error:
            raise _loading_error(self._pack, error) from error

    @functools.cache  # noqa: B019  # one instance a process, and 0.5 MB a voice
    def _style(self, name: str) -> "NDArray[np.float32]":
        """A voice's style table. It is cached because a pack unpacks it again at every access."""
        table: NDArray[np.float32] = self._styles[name]
        return table

    @functools.cached_property
    def _kokoro(self) -> Any:
        import onnxruntime  # noqa: PLC0415  # heavy
        from kokoro_onnx import Kokoro  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = (
            1  # one single-threaded worker on each core is faster than threads that wait for each other
        )
        options.inter_op_num_threads = 1
        try:
            session = onnxruntime.InferenceSession(
                choose_fastest(self._model), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors have no other common class
            raise _loading_error(self._model, error) from error
        return Kokoro.from_session(session, str(self._pack))


def _loading_error(path: Path, error: Exception) -> MissingToolError:
    return MissingToolError(
        f"this file cannot be loaded: {error}", where=str(path), hint=f"install it again: {_INSTALL}"
    )


def _find_file(folder: Path, suffixes: tuple[str, ...], what: str) -> Path:
    found = sorted(path for path in folder.glob("*") if path.suffix in suffixes) if folder.is_dir() else []
    if not found:
        raise MissingToolError(f"the {what} of kokoro is not installed", where=str(folder), hint=_INSTALL)
    return found[0]
