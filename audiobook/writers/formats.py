"""The table of sound file formats that can be written, and how the suffix of a file name chooses one of them."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from audiobook.errors import UsageError

Formats = Mapping[str, str]  # suffix in lower case → name of the format; the first is the default

AUDIOBOOKS: Formats = {".mp3": "MP3"}  # what a build writes
CLIPS: Formats = {".wav": "WAV", ".mp3": "MP3"}  # what `say` and `pronounce` write


def default_suffix(formats: Formats) -> str:
    """The suffix of a file that nobody named."""
    return next(iter(formats))


def suffix_of(path: Path, formats: Formats) -> str:
    """The key of `formats` that a file name ends in, in any case. Raises UsageError where there is none."""
    suffix = path.suffix.lower()
    if suffix not in formats:
        known = " or ".join(formats)
        raise UsageError(
            f"{path.suffix} files cannot be written" if suffix else "the file name has no suffix",
            where=str(path),
            hint=f"name a file that ends in {known}",
        )
    return suffix


def named_file(path: Path, formats: Formats) -> Path:
    """The file to write: `path`, with the default suffix added where it has none.

    Raises UsageError where its suffix is not in the table. A folder or a device is returned as it is: `check_file` has
    the better message for these.
    """
    with suppress(OSError):
        if path.exists() and not path.is_file():
            return path
    if not path.suffix and path.name:
        return path.with_name(path.name + default_suffix(formats))
    suffix_of(path, formats)
    return path
