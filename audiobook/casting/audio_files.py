"""Check the files named in `[sounds]` and `[recordings]`. They are located and looked at, but not read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audiobook.casting.validation import Check, InvalidValueError, as_text, number, quote

LONGEST_SOUND = 120  # seconds; the longest sound that may play at one place

_VOLUME = number(0, 2, "1 is as loud as the voices")


def sound_checks(folder: Path) -> Mapping[str, Check]:
    """The checks for the settings of one sound. Relative paths start in `folder`."""
    return {
        "file": lambda value: _check_sound_file(folder, value),
        "volume": _VOLUME,
        "seconds": number(0.1, LONGEST_SOUND, "how much of it plays"),
    }


def recordings_checks(folder: Path) -> Mapping[str, Check]:
    """The checks for the table `[recordings]`. Relative paths start in `folder`."""
    return {"folder": lambda value: _check_folder(folder, value), "volume": _VOLUME}


def _check_sound_file(folder: Path, value: Any) -> Path:
    path = _resolve_path(folder, value)
    if path.is_dir():
        raise InvalidValueError(f"{quote(str(value))} is a folder, not a sound file")
    if not path.exists():
        raise InvalidValueError(f"there is no file {path}")
    if not path.is_file():
        raise InvalidValueError(f"{quote(str(value))} is not a regular file")
    return path


def _check_folder(folder: Path, value: Any) -> Path:
    path = _resolve_path(folder, value)
    if not path.is_dir():
        what = "is a file, not a folder" if path.is_file() else "is not a folder"
        raise InvalidValueError(f"{path} {what}")
    return path


def _resolve_path(folder: Path, value: Any) -> Path:
    """The absolute path. Raises InvalidValueError if no file can have that name."""
    path = (folder / as_text(value)).absolute()
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:  # name too long, null byte, no permission, loop of links
        raise InvalidValueError(
            f"{quote(str(value))} cannot be opened: {getattr(error, 'strerror', None) or error}"
        ) from error
    return path
