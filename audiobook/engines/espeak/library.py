"""Find a working libespeak-ng: the system's, else the one from a wheel.

pyttsx3 loads `libespeak-ng.so.1` by that name. If a library of that name is already loaded, it gets that one, so the
library loaded first decides. It is loaded with local symbols: otherwise, the libespeak-ng that neural engines bring
for phonemes would call its functions instead of their own.
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
    data: Path  # the folder with phontab and voices


@functools.cache
def load() -> EspeakLibrary:
    """Load the library for the rest of the process. Raises MissingToolError if none works."""
    wheel = _wheel_folder()
    data = None if wheel is None else str(wheel / "espeak-ng-data")
    if os.environ.get(DATA_VARIABLE) == data:  # set below by a parent process; not meant for the system's library
        os.environ.pop(DATA_VARIABLE, None)
    found = _load_named(SONAME, "system")
    if found is None and wheel is not None and data is not None:
        os.environ[DATA_VARIABLE] = (
            data  # the path compiled into the wheel's library belongs to the machine where it was built
        )
        found = _load_named(str(wheel / SONAME), "wheel") or _load_named(str(wheel / "libespeak-ng.so"), "wheel")
    if found is None:
        raise MissingToolError("no working espeak-ng was found on this machine", hint=_INSTALL_HINT)
    return found


def _load_named(name: str, origin: Literal["system", "wheel"]) -> EspeakLibrary | None:
    library = _open(name)
    if library is None:
        return None
    found = _query(library, origin)
    if found is None:
        _close(library)
    return found


def _open(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


def _close(library: ctypes.CDLL) -> None:
    """Unload a library without data, so that the wheel's library can be loaded by the same name."""
    if sys.platform != "win32":
        from _ctypes import dlclose  # noqa: PLC0415  # the only way to undo ctypes.CDLL; absent on Windows

        dlclose(library._handle)  # noqa: SLF001  # ctypes documents no other name for it


def _query(library: ctypes.CDLL, origin: Literal["system", "wheel"]) -> EspeakLibrary | None:
    """Ask the library for its version and data, without starting it; None if its data is missing."""
    try:
        library.espeak_ng_InitializePath.argtypes = [ctypes.c_char_p]
        library.espeak_Info.restype = ctypes.c_char_p
        library.espeak_Info.argtypes = [ctypes.POINTER(ctypes.c_char_p)]
    except AttributeError:  # the old espeak, not espeak-ng
        return None
    library.espeak_ng_InitializePath(None)
    path = ctypes.c_char_p()
    version = library.espeak_Info(ctypes.byref(path))
    data = Path(os.fsdecode(path.value or b""))
    if not version or not (data / "phontab").is_file():
        return None
    return EspeakLibrary(version=version.decode("ascii", "replace"), origin=origin, data=data)


def _wheel_folder() -> Path | None:
    found = importlib.util.find_spec(_WHEEL)  # not imported, because the module may print
    return Path(found.origin).parent if found is not None and found.origin else None
