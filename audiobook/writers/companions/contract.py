"""What a companion file is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audiobook.model.timeline import TimedChapter


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSound:
    """A finished sound file and its text. The chapters are read once, one at a time."""

    file: Path
    title: str  # of the book
    language: str  # BCP 47
    sample_rate: int  # Hz, of all times
    chapters: Iterable[TimedChapter]
