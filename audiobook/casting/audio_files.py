"""The files that `[sounds]` and `[recordings]` name: found relative to the voices file and looked at, not read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audiobook.casting.validation import Check, MistakeError, number, quoted, text

LONGEST_SOUND = 120  # seconds of a sound that plays at one place

_VOLUME = number(0, 2, "1 is as loud as the voices")


def sound_settings(folder: Path) -> Mapping[str, Check]:
    """The checks of a sound's settings. Relative paths start in `folder`."""
    return {
        "file": lambda value: _sound_file(folder, value),
        "volume": _VOLUME,
        "seconds": number(0.1, LONGEST_SOUND, "how much of it plays"),
    }


def recordings_settings(folder: Path) -> Mapping[str, Check]:
    """The checks of the table `[recordings]`. Relative paths start in `folder`."""
    return {"folder": lambda value: _folder(folder, value), "volume": _VOLUME}


def _sound_file(folder: Path, value: Any) -> Path:
    path = _path(folder, value)
    if path.is_dir():
        raise MistakeError(f"{quoted(str(value))} is a folder, not a sound file")
    if not path.exists():
        raise MistakeError(f"there is no file {path}")
    if not path.is_file():
        raise MistakeError(f"{quoted(str(value))} is not a regular file")
    return path


def _folder(folder: Path, value: Any) -> Path:
    path = _path(folder, value)
    if not path.is_dir():
        what = "is a file, not a folder" if path.is_file() else "is not a folder"
        raise MistakeError(f"{path} {what}")
    return path


def _path(folder: Path, value: Any) -> Path:
    """The path, absolute. Raises MistakeError where no file can have that name."""
    path = (folder / text(value)).absolute()
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:  # a name too long, a null byte, no permission, a loop of links
        raise MistakeError(
            f"{quoted(str(value))} cannot be opened: {getattr(error, 'strerror', None) or error}"
        ) from error
    return path
