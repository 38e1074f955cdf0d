"""The table of sound file formats that can be written, and how the suffix of a file name chooses one of them.

To add a format:

1. Write a module `writers/NAME.py`, or a folder `writers/NAME/` with `writer.py`, that has a `WRITER`. `contract` says
   what each of its fields does. `wav/` is the simplest example, `mp3/` one with an encoder's delay.
2. Add a row to `WRITERS`. `--output x.NAME`, `--format NAME`, the cache, playlists and `audiobook say` follow.
3. Add its suffix to the tables in README.md and docs/formats.md; `tests/test_docs.py` compares them with this table.
4. Run `pytest tests/writers/test_writer_contract.py`, which takes every row of the table.
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
    "wav": "audiobook.writers.wav.writer",
    "flac": "audiobook.writers.flac.writer",
}
AUDIOBOOKS: Formats = {f".{name}": name for name in WRITERS}  # what a build writes
CLIPS: Formats = {".wav": "wav", **AUDIOBOOKS}  # what `say` and `pronounce` write


def writer_for(name: str) -> "Writer":
    """The writer of a format. Raises UsageError if there is none of that name."""
    if name not in WRITERS:
        raise UsageError(f"{name!r} files cannot be written", hint=f"the formats are {', '.join(WRITERS)}")
    writer: Writer = importlib.import_module(WRITERS[name]).WRITER
    return writer


def default_suffix(formats: Formats) -> str:
    """The suffix of a file that nobody named."""
    return next(iter(formats))


def suffix_of(path: Path, formats: Formats) -> str:
    """The key of `formats` that a file name ends in, in any case. Raises UsageError if there is none."""
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

    Raises UsageError if its suffix is not in the table. A folder or a device is returned as it is: `check_file` has
    the better message for these.
    """
    with suppress(OSError):
        if path.exists() and not path.is_file():
            return path
    if not path.suffix and path.name:
        return path.with_name(path.name + (f".{default}" if default else default_suffix(formats)))
    suffix_of(path, formats)
    return path
