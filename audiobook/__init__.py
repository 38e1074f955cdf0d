"""A book in, a full-cast audiobook out, offline.

    path ─readers→ Book ─attribution→ Script ─casting→ Cast ─pipeline→ Cue…
         ─synthesis→ Take… ─mixing→ Segment… ─writers→ BuildResult

The same as the command line, from Python:

    from pathlib import Path
    from audiobook import BuildRequest, build

    result = build(BuildRequest(book=Path("emma.txt"), output=Path("emma.mp3")))
    for mark in result.marks:
        print(mark.title, mark.start / result.sample_rate)

`read_book` returns a `Book`, and `write_script` its `Script`. `load_script` does both and caches the script. `build`
returns a `BuildResult`. Every failure is an `AudiobookError` with a message, a place and a hint. Nothing is printed:
pass `build` a `Progress` to follow it. A module is imported when one of its names is first used.
"""

import importlib

TYPE_CHECKING = False  # type checkers know it by its name; `typing` takes long to load, and Ctrl-C is not yet answered
if TYPE_CHECKING:
    from typing import Any

    from audiobook.attribution.analyze import write_script
    from audiobook.errors import AudiobookError
    from audiobook.model.book import Book
    from audiobook.model.cast import Cast, Voice
    from audiobook.model.progress import Progress
    from audiobook.model.reading import ReadingOptions
    from audiobook.model.request import BuildRequest, BuildResult, Encoding, Tags
    from audiobook.model.script import Script
    from audiobook.readers import read_book
    from audiobook.services import build, load_script

__version__ = "0.1.0"

__all__ = [
    "AudiobookError",
    "Book",
    "BuildRequest",
    "BuildResult",
    "Cast",
    "Encoding",
    "Progress",
    "ReadingOptions",
    "Script",
    "Tags",
    "Voice",
    "build",
    "load_script",
    "read_book",
    "write_script",
]

_HOMES = {
    "AudiobookError": "errors",
    "Book": "model.book",
    "Cast": "model.cast",
    "BuildResult": "model.request",
    "Encoding": "model.request",
    "BuildRequest": "model.request",
    "ReadingOptions": "model.reading",
    "Progress": "model.progress",
    "Script": "model.script",
    "Tags": "model.request",
    "Voice": "model.cast",
    "build": "services",
    "read_book": "readers",
    "load_script": "services",
    "write_script": "attribution.analyze",
}

_OLD_NAMES = {"Order": "BuildRequest", "Edition": "BuildResult", "script_of": "load_script"}  # of version 0.1


def __getattr__(name: str) -> "Any":
    """Import the module of a public name when the name is first used (PEP 562).

    A name of version 0.1 gives the class that replaced it, with a DeprecationWarning.
    """
    if name in _OLD_NAMES:
        import warnings  # noqa: PLC0415  # only an old name needs it

        new = _OLD_NAMES[name]
        warnings.warn(f"audiobook.{name} is now named audiobook.{new}", DeprecationWarning, stacklevel=2)
        name = new
    if name not in _HOMES:
        raise AttributeError(f"module 'audiobook' has no attribute {name!r}")
    return getattr(importlib.import_module(f"audiobook.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names, loaded or not, so that `help` and a prompt's completion show them."""
    return [*__all__, "__version__"]
