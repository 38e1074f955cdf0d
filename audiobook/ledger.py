"""The account of a build: every word of the source spoken once or listed with the reason, every frame of sound kept."""

from collections import Counter
from dataclasses import dataclass

from audiobook.account import Stretch
from audiobook.script import Place

LEFT_OUT = "left out by --chapters"
UNSPOKEN = "nothing to be spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A line, or a part of one, that no engine could speak."""

    place: Place
    text: str  # what should be heard
    reason: str
    words: int = 0  # of the line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounded:
    """What was made of one chapter's lines."""

    number: int
    title: str
    words: int  # of its lines
    cued: int = 0  # words of lines that are in cues
    cues: int = 0  # in its reels
    reels: int = 0
    takes: int = 0  # frames of its takes, at the rate of the file
    pauses: int = 0  # frames of silence between and after them
    sound: int = 0  # frames its reels were rendered to
    frames: int = 0  # frames of its encoded reels: whole MP3 frames, the encoder's delay included
    heard: int = 0  # frames of its mark in the finished sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One chapter in the ledger."""

    source: int  # words, as the source has them
    unspoken: int  # words in lines that have nothing to be spoken
    lost: int  # words for which a gap is heard
    sounded: Sounded

    @property
    def spoken(self) -> int:
        """Words of the source that are spoken."""
        return self.source - self.unspoken - self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Source to finished file, every sum beside the one it must equal. Made by `production.ledgers`."""

    source: str  # the book's or the script's file name
    words: int  # in the source
    rows: tuple[Row, ...]
    skipped: tuple[Stretch, ...]  # what of the source is not spoken
    gaps: tuple[Gap, ...]
    rate: int  # Hz, of all frames
    lead: int  # frames of the encoder's and the decoder's delay, which no player lets be heard
    files: tuple[str, ...]
    faults: tuple[str, ...] = ()  # what does not add up

    @property
    def balanced(self) -> bool:
        """Whether every sum is what it must be."""
        return not self.faults

    @property
    def spoken(self) -> int:
        """Words of the source that are spoken."""
        return sum(row.spoken for row in self.rows)

    @property
    def skipped_words(self) -> int:
        """Words of the source that are not, gaps left aside."""
        return sum(stretch.words for stretch in self.skipped)

    @property
    def lost(self) -> int:
        """Words for which a gap is heard."""
        return sum(row.lost for row in self.rows)

    def reasons(self) -> dict[str, int]:
        """Words not spoken by reason, the most first; reasons without a word are left out."""
        counted: Counter[str] = Counter()
        for stretch in self.skipped:
            counted[stretch.reason] += stretch.words
        return {reason: words for reason, words in counted.most_common() if words}
