"""Which libespeak-ng speaks: the system's where it works, else the one that came as a wheel.

pyttsx3 loads `libespeak-ng.so.1` by that name. A library that is already in the process answers to its name, so loading
the right one first decides which one pyttsx3 gets. It is loaded for itself alone: were its functions visible to all,
the libespeak-ng that neural engines bring for their phonemes would call them in place of its own.
"""

import ctypes
import functools
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobook.errors import MissingToolError

SONAME = "libespeak-ng.so.1"
DATA_VARIABLE = "ESPEAK_DATA_PATH"
_WHEEL = "espeakng_loader"
_INSTALL_HINT = "install it with: pip install espeakng-loader"


@dataclass(frozen=True, slots=True, kw_only=True)
class EspeakLibrary:
    """A libespeak-ng that is loaded and has its data."""

    version: str  # "1.52.0"
    origin: Literal["system", "wheel"]
    data: Path  # the folder that holds phontab and voices


@functools.cache
def load() -> EspeakLibrary:
    """Load the library for the rest of the process's life. Raises MissingToolError where there is none that works."""
    wheel = _wheel_folder()
    data = None if wheel is None else str(wheel / "espeak-ng-data")
    if (
        os.environ.get(DATA_VARIABLE) == data
    ):  # set below, by a parent process: it means nothing to the system's library
        os.environ.pop(DATA_VARIABLE, None)
    found = _loaded(SONAME, "system")
    if found is None and wheel is not None and data is not None:
        os.environ[DATA_VARIABLE] = data  # compiled into the wheel's library is a path of its maker's machine
        found = _loaded(str(wheel / SONAME), "wheel") or _loaded(str(wheel / "libespeak-ng.so"), "wheel")
    if found is None:
        raise MissingToolError("there is no espeak-ng that works on this machine", hint=_INSTALL_HINT)
    return found


def _loaded(name: str, origin: Literal["system", "wheel"]) -> EspeakLibrary | None:
    library = _open(name)
    if library is None:
        return None
    found = _asked(library, origin)
    if found is None:
        _close(library)
    return found


def _open(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


def _close(library: ctypes.CDLL) -> None:
    """Unload a library that has no data, so that its name is free for the wheel's."""
    if sys.platform != "win32":
        from _ctypes import dlclose  # noqa: PLC0415  # the only way to undo ctypes.CDLL; absent on Windows

        dlclose(library._handle)  # noqa: SLF001  # ctypes documents no other name for it


def _asked(library: ctypes.CDLL, origin: Literal["system", "wheel"]) -> EspeakLibrary | None:
    """What the library says of itself, without starting it; None where its data is not there."""
    try:
        library.espeak_ng_InitializePath.argtypes = [ctypes.c_char_p]
        library.espeak_Info.restype = ctypes.c_char_p
        library.espeak_Info.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
    except AttributeError:  # an espeak before espeak-ng
        return None
    library.espeak_ng_InitializePath(None)
    path = ctypes.c_char_p()
    version = library.espeak_Info(ctypes.byref(path))
    data = Path(os.fsdecode(path.value or b""))
    if not version or not (data / "phontab").is_file():
        return None
    return EspeakLibrary(version=version.decode("ascii", "replace"), origin=origin, data=data)


def _wheel_folder() -> Path | None:
    found = importlib.util.find_spec(_WHEEL)  # not imported: its module may print
    return Path(found.origin).parent if found is not None and found.origin else None
