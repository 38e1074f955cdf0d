"""Install voice files of Piper, each with its description beside it."""

import importlib.util
import json
import shutil
from pathlib import Path

from audiobook.engines.contract import require_module
from audiobook.engines.piper.engine import CONFIG_SUFFIX, PACKAGES
from audiobook.engines.piper.voices import ENGINE
from audiobook.engines.weights import models_folder, store_digest
from audiobook.errors import DeliveryError, UsageError
from audiobook.model.progress import Progress
from audiobook.runtime.files import draft, move_into_place

_WHERE = "voices are at https://huggingface.co/rhasspy/piper-voices: take NAME.onnx and NAME.onnx.json"


def install(given: tuple[Path, ...], _progress: Progress) -> tuple[Path, ...]:
    """Install voice files in the models folder; see `audiobook.engines.install`.

    Without files: use those of packages.
    """
    require_module("piper", ENGINE)
    models = [model for path in given for model in (sorted(path.glob("*.onnx")) if path.is_dir() else [path])]
    if given and not models:
        raise UsageError("this has no voice of Piper (.onnx)", where=str(given[0]), hint=_WHERE)
    if not given:
        return _find_in_packages()
    for model in models:
        _check(model)
    folder = models_folder(ENGINE)
    try:
        return tuple(_copy(model, folder) for model in models)
    except OSError as error:
        raise DeliveryError(f"cannot be written: {error.strerror or error}", where=str(folder)) from error


def _find_in_packages() -> tuple[Path, ...]:
    found = [Path(spec.origin).parent for spec in map(importlib.util.find_spec, PACKAGES) if spec and spec.origin]
    voices = tuple(model for folder in found for model in sorted(folder.glob("data/*.onnx")))
    if not voices:
        raise UsageError("no voice to install was given", hint=f"--from VOICE.onnx; {_WHERE}")
    return voices


def _check(model: Path) -> None:
    """Raises UsageError if this is not a voice file with its description beside it."""
    config = model.with_name(model.name + CONFIG_SUFFIX)
    if model.suffix != ".onnx" or not model.is_file():
        raise UsageError("this is not a voice file NAME.onnx", where=str(model), hint=_WHERE)
    if not config.is_file():
        raise UsageError(f"its description {config.name} must be beside it", where=str(model), hint=_WHERE)
    try:
        int(json.loads(config.read_text(encoding="utf-8"))["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError("this is not the description of a voice of Piper", where=str(config), hint=_WHERE) from error


def _copy(model: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for source in (model.with_name(model.name + CONFIG_SUFFIX), model):
        target = folder / source.name
        if not (target.exists() and target.samefile(source)):
            with draft(target) as path:
                shutil.copyfile(source, path)
                move_into_place(path, target)
    store_digest(folder / model.name)
    return folder / model.name
