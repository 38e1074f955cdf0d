"""Sounds and recordings that a person brings, as a build uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from audiobook.model.script import Line, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAudio:
    """A decoded file of a person. Its samples are a take in the cache."""

    key: str  # of the take: a hash of the file's content
    frames: int
    rate: int  # Hz
    gain: float  # dB that bring it to its loudness in the audiobook


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A person's recording of one line."""

    file: str  # its name, for messages
    audio: ImportedAudio  # at the loudness of a voice with volume 1
    text: str | None = None  # what is said in it, where a text file beside it tells; None: unknown

    def fits(self, line: Line) -> bool:
        """Whether this is a recording of the line as it reads now; white space and case do not count."""
        return self.text is None or _words(self.text) == _words(line.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAudio:
    """Everything that a person brings to one audiobook."""

    opening: ImportedAudio | None = None  # at the beginning of the book
    chapter: ImportedAudio | None = None  # at the beginning of each other chapter
    closing: ImportedAudio | None = None  # at the end of the book
    recordings: Mapping[Place, Recording] = field(default_factory=dict)
    strange_files: tuple[str, ...] = ()  # names in the folder of recordings that are no address of a line

    def recording_of(self, line: Line) -> Recording | None:
        """The recording that takes the line's place. None for a scene break, and where the texts differ."""
        found = self.recordings.get(line.place)
        return found if found is not None and line.block != "break" and found.fits(line) else None


def _words(text: str) -> list[str]:
    return text.casefold().split()
