"""The timeline of a finished file: when each line, and each sentence of it, is heard.

The build writes it. Times are samples of the finished sound, as a player that knows the format counts them: 0 is the
first sample that is heard.
"""

from dataclasses import dataclass

from audiobook.model.codec import Codec
from audiobook.model.script import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What an engine spoke in one go: a line, or a part of a long one."""

    take: str  # the key of the take
    start: int  # samples
    end: int  # samples, exclusive; the pause after it is not part of it
    lost: bool = False  # a beep is heard: the engine failed


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSentence:
    """A sentence of a line."""

    start_char: int  # offset in the line's text
    end_char: int  # exclusive
    start: int  # samples
    end: int  # samples, exclusive; the start of the next sentence, or the end of the line
    measured: bool  # its start was found in the sound; False: estimated from its share of the characters


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedLine:
    """A line of the script that is heard. Its start and end are exact."""

    place: Place
    speaker: str | None
    text: str
    start: int  # samples
    end: int  # samples, exclusive
    utterances: tuple[Utterance, ...]
    sentences: tuple[TimedSentence, ...]  # at least one


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedChapter:
    """A chapter's stretch of the file, and its lines in order."""

    number: int
    title: str
    start: int  # samples
    end: int  # samples, exclusive
    lines: tuple[TimedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The chapters of one finished file, in order."""

    file: str  # the name of the file
    sample_rate: int  # Hz
    chapters: tuple[TimedChapter, ...]


TIMELINES = Codec(Timeline, "audiobook-timeline", 1)
