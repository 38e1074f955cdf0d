"""Sounds and recordings of the user, as a build uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from audiobook.model.script import Line, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAudio:
    """A decoded audio file of the user. Its samples are a take in the cache."""

    key: str  # key of the take: a hash of the content of the file
    samples: int
    sample_rate: int  # Hz
    gain: float  # dB; brings it to its loudness in the audiobook


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The user's recording of one line."""

    file: str  # its name, for messages
    audio: ImportedAudio  # at the loudness of a voice with volume 1
    text: str | None = None  # its words, from a text file beside it; None: unknown

    def fits(self, line: Line) -> bool:
        """Whether this recording has the current text of the line, ignoring white space and case."""
        return self.text is None or _words(self.text) == _words(line.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAudio:
    """All sounds and recordings of the user for one audiobook."""

    opening: ImportedAudio | None = None  # at the beginning of the book
    chapter: ImportedAudio | None = None  # at the beginning of each other chapter
    closing: ImportedAudio | None = None  # at the end of the book
    recordings: Mapping[Place, Recording] = field(default_factory=dict)
    unmatched_files: tuple[str, ...] = ()  # names in the folder of recordings that are not the address of a line

    def find_recording(self, line: Line) -> Recording | None:
        """The recording that replaces the line. None for a scene break, and if the texts differ."""
        found = self.recordings.get(line.place)
        return found if found is not None and line.block != "break" and found.fits(line) else None


def _words(text: str) -> list[str]:
    return text.casefold().split()
