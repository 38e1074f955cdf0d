"""The table of sound file formats, and the choice of a format by the suffix of a file name.

To add a format:

1. Write a module `writers/NAME.py`, or a folder `writers/NAME/` with `writer.py`, that has a `WRITER`. `contract`
   describes each of its fields. `wav/` is the simplest example, `mp3/` one with an encoder's delay.
2. Add a row to `WRITERS`. `--output x.NAME`, `--format NAME`, the cache, playlists and `audiobook say` follow.
3. Add its suffix to the tables in README.md and docs/formats.md; `tests/test_docs.py` compares them with this table.
4. Run `pytest tests/writers/test_writer_contract.py`, which tests every row of the table.
"""

import importlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.errors import UsageError

if TYPE_CHECKING:
    from audiobook.writers.contract import Writer

Formats = Mapping[str, str]  # suffix in lower case → name of the format; the first is the default

WRITERS: Mapping[str, str] = {  # name of the format → the module with its `WRITER`; the first is a build's default
    "mp3": "audiobook.writers.mp3.writer",
    "m4b": "audiobook.writers.m4b.writer",
    "opus": "audiobook.writers.opus.writer",
    "wav": "audiobook.writers.wav.writer",
    "flac": "audiobook.writers.flac.writer",
}
AUDIOBOOKS: Formats = {f".{name}": name for name in WRITERS}  # formats of a build
CLIPS: Formats = {".wav": "wav", **AUDIOBOOKS}  # formats of `say` and `pronounce`


def writer_for(name: str) -> "Writer":
    """The writer of a format. Raises UsageError if the format is unknown."""
    if name not in WRITERS:
        raise UsageError(f"{name!r} files cannot be written", hint=f"the formats are {', '.join(WRITERS)}")
    writer: Writer = importlib.import_module(WRITERS[name]).WRITER
    return writer


def default_suffix(formats: Formats) -> str:
    """The suffix that is used when no file is named."""
    return next(iter(formats))


def find_suffix(path: Path, formats: Formats) -> str:
    """The suffix of the path as a key of `formats`, ignoring case. Raises UsageError if it is not a key."""
    suffix = path.suffix.lower()
    if suffix not in formats:
        known = " or ".join(formats)
        raise UsageError(
            f"{path.suffix} files cannot be written" if suffix else "the file name has no suffix",
            where=str(path),
            hint=f"name a file that ends in {known}",
        )
    return suffix


def named_file(path: Path, formats: Formats, default: str | None = None) -> Path:
    """The file to write: `path`, with the suffix of the `default` format added if it has none.

    Raises UsageError if its suffix is not in the table. A folder or a device is returned unchanged, because
    `check_file` has the better message for these.
    """
    with suppress(OSError):
        if path.exists() and not path.is_file():
            return path
    if not path.suffix and path.name:
        return path.with_name(path.name + (f".{default}" if default else default_suffix(formats)))
    find_suffix(path, formats)
    return path
