"""When each line of an audiobook, and each sentence of it, is heard. All times are in samples of the finished file.

A build writes the timeline, and nothing computes it again. Lines without speech, such as scene breaks, are not in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audiobook.model.codec import Codec
from audiobook.model.script import Place

Timing = Literal["exact", "measured", "estimated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSentence:
    """A sentence of a line.

    `timing` says how its start is known: `exact` at the start of a take, `measured` if the engine reported it or the
    take has a pause there, `estimated` from the share of the characters.
    """

    text_start: int  # offset in the line's text
    text_end: int  # exclusive
    start: int  # samples
    end: int  # exclusive of the pause after it
    timing: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedCue:
    """One take of a line. A long line has several, because engines limit the text of one call."""

    take: str  # its key in the cache
    text: str  # the spoken form
    engine: str
    voice: str
    start: int  # samples
    end: int  # exclusive of the pause after it
    lost: bool = False  # the take could not be made; a beep replaces it


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedLine:
    """A line of the script. Start and end are exact."""

    place: Place
    speaker: str | None
    text: str  # as in the book
    start: int  # samples
    end: int  # exclusive of the pause after it
    sentences: tuple[TimedSentence, ...]  # at least one
    cues: tuple[TimedCue, ...]  # at least one

    @property
    def lost(self) -> bool:
        """Whether a part of the line could not be spoken."""
        return any(cue.lost for cue in self.cues)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedChapter:
    """A chapter of a file."""

    number: int
    title: str
    start: int  # samples
    end: int  # exclusive; the start of the next chapter in the file
    lines: tuple[TimedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedFile:
    """One file of an audiobook."""

    file: str  # its path
    samples: int  # samples that a player plays
    chapters: tuple[TimedChapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole audiobook: one file, or one for each chapter."""

    sample_rate: int  # samples in a second
    language: str  # BCP 47, of the book
    files: tuple[TimedFile, ...]

    def lines(self) -> Iterator[TimedLine]:
        """Every line in the order in which it is heard."""
        for file in self.files:
            for chapter in file.chapters:
                yield from chapter.lines


TIMELINES = Codec(Timeline, "audiobook-timeline", 2)
