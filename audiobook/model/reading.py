"""How a person wants a book to be read, where the book itself is not to decide."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobook.errors import UsageError

NotesMode = Literal["skip", "end", "inline"]
NOTES_MODES: tuple[NotesMode, ...] = ("skip", "end", "inline")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """The wishes that a reader and the analysis follow. Cached scripts depend on all of them."""

    language: str | None = None  # BCP 47; None: found from the text and the metadata
    notes: NotesMode = "skip"  # footnotes: left out, at the chapter's end, or behind the paragraph that refers to them
    parts: tuple[Path, ...] = ()  # of a book in several files: the files; the path of the book then only names it


AS_THE_BOOK_SAYS = ReadingOptions()


def require_notes_mode(name: str) -> NotesMode:
    """The mode of that name. Raises UsageError if there is none."""
    for mode in NOTES_MODES:
        if mode == name:
            return mode
    raise UsageError(f"--notes does not know {name!r}", hint=f"write one of {', '.join(NOTES_MODES)}")
