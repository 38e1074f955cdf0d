"""The folders of the user: the cache, the data and the settings, also where there is no home folder.

A container that runs as a user without an account (`docker run --user 54321`) has no home folder, or one that it may
not write to. Then a private folder in the system's folder for temporary files takes its place.
"""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from audiobook.errors import DeliveryError

CACHE_VARIABLE = "AUDIOBOOK_CACHE"
CONFIG_VARIABLE = "AUDIOBOOK_CONFIG"
MODELS_VARIABLE = "AUDIOBOOK_MODELS"


def cache_folder() -> Path:
    """The folder of finished work, whether it exists or not. Raises DeliveryError where none can be written.

    The environment variable AUDIOBOOK_CACHE names one. Otherwise it is in the user's home folder, if that can be
    written, or else a private temporary folder, which is created at once.
    """
    if named := os.environ.get(CACHE_VARIABLE):
        with contextlib.suppress(RuntimeError):  # `~name/…` without such a user
            return Path(named).expanduser()
        return Path(named)
    import platformdirs  # noqa: PLC0415  # --help needs no cache folder

    own = _in_home(lambda: platformdirs.user_cache_path("audiobook", appauthor=False))
    return own if own is not None and _can_be_used(own) else _private_temporary_folder()


def models_folder() -> Path:
    """The folder of the engines' models, whether it exists or not.

    The environment variable AUDIOBOOK_MODELS names one. Where there is no home folder that can be written, models are
    kept in the cache folder. Raises DeliveryError where there is none.
    """
    if named := os.environ.get(MODELS_VARIABLE):
        return Path(named).absolute()
    import platformdirs  # noqa: PLC0415  # only where it is asked

    own = _in_home(lambda: platformdirs.user_data_path("audiobook", appauthor=False))
    return (own if own is not None and _can_be_used(own) else cache_folder()) / "models"


def config_folder() -> Path | None:
    """The folder of the user's settings, whether it exists or not. None where there is no home folder.

    The environment variable AUDIOBOOK_CONFIG names one.
    """
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named).absolute()
    import platformdirs  # noqa: PLC0415  # only where a book is built

    return _in_home(lambda: platformdirs.user_config_path("audiobook", appauthor=False))


def _in_home(find: Callable[[], Path]) -> Path | None:
    """The folder that platformdirs finds. None without a home folder: it raises, or in older versions keeps the `~`."""
    try:
        found = find()
    except RuntimeError:
        return None
    return found if found.is_absolute() else None


def _can_be_used(folder: Path) -> bool:
    """Whether the folder exists, or can be created. One that exists and is read-only is the user's own decision."""
    if os.path.exists(folder):  # noqa: PTH110  # Path.exists raises where a parent cannot be searched
        return True
    nearest = next(above for above in folder.parents if os.path.exists(above))  # noqa: PTH110
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _private_temporary_folder() -> Path:
    """A folder that only this user can read and write, the same each time. Raises DeliveryError."""
    get_user = getattr(os, "getuid", None)  # absent on Windows, where temporary folders are each user's own
    try:
        folder = Path(tempfile.gettempdir()) / ("audiobook" if get_user is None else f"audiobook-{get_user()}")
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        status = folder.lstat()  # not of what a link points to
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _no_folder(f"no temporary folder can be used ({reason})") from error
    if not stat.S_ISDIR(status.st_mode):
        raise _no_folder(f"{folder} is not a folder")
    if get_user is not None and (status.st_uid != get_user() or status.st_mode & 0o077):
        raise _no_folder(f"{folder} belongs to another user, or others may open it")
    return folder


def _no_folder(reason: str) -> DeliveryError:
    return DeliveryError(
        f"there is no folder for finished work: no home folder can be written, and {reason}",
        hint=f"set {CACHE_VARIABLE} to a folder that can be written, for finished work; "
        f"{CONFIG_VARIABLE} names the one of your voices.toml",
    )
