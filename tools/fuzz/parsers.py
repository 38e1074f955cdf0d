"""The table of parsers: the module that knows each. Loaded by name, so that what it parses with can be instrumented."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.fuzz.mutation import Mutate
from tools.fuzz.trial import Run

MODULES = {
    "plain": "books",
    "markdown": "books",
    "epub": "books",
    "html": "books",
    "docx": "documents",
    "odt": "documents",
    "rtf": "documents",
    "fb2": "documents",
    "fountain": "documents",
    "analysis": "books",
    "spoken": "speech",
    "voices": "casts",
    "script-json": "scripts",
    "script-text": "scripts",
    "covers": "sounds",
    "sound-files": "sounds",
    "frames": "sounds",
    "listing": "sounds",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """A parser, with its inputs, allowed errors and invariants."""

    seeds: Callable[[], list[bytes]]
    mutate: Mutate
    run: Run  # parses a case within a folder; asserts what must hold of what was read
    declared: tuple[type[Exception], ...]  # errors that hostile input may raise


def parser_named(name: str) -> Parser:
    """A parser of the table. Raises KeyError."""
    module = importlib.import_module(f"tools.fuzz.{MODULES[name]}")
    found: Parser = module.PARSERS[name]
    return found


def cases(*folders: str) -> list[bytes]:
    """The inputs of golden cases: the part before `---`."""
    root = Path(__file__).parent.parent / "cases"
    files = sorted(path for folder in folders for path in (root / folder).rglob("*.txt"))
    return [path.read_bytes().partition(b"\n---\n")[0] for path in files]
