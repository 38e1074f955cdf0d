"""What is asked of a build (an order) and what it gives (an edition)."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audiobook.errors import EngineError, PartialError, UsageError
from audiobook.model.clip import Mark
from audiobook.model.ledger import Gap, Ledger
from audiobook.model.timeline import Timeline


def cores() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # absent on Windows and macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How the finished sound is encoded."""

    format: str = "mp3"  # a name in the table of writers; the suffix of the output chooses it
    bitrate: int = 64  # kbit/s, constant; for formats that have one
    rate: int = 22050  # Hz
    channels: int = 1


LOUDNESS = -21.0  # LUFS of every voice; espeak-ng's RMS, pauses included, is then -22 dB
CEILING = -2.0  # dBFS; an MP3 decoder may overshoot by one (EBU R 128 asks for -1 of what is played)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastering:
    """How loud everybody is, and the silence at both ends of a chapter and between the words."""

    loudness: float = LOUDNESS
    ceiling: float = CEILING  # dBFS that no sample passes before it is encoded
    opening: int | None = None  # milliseconds before a chapter's first word; None: as the voices file has it
    closing: int | None = None  # milliseconds after its last
    room: float | None = None  # dBFS of the room that is heard in all silences; None: digital silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Everything about the sound that a publisher asks for."""

    encoding: Encoding = field(default_factory=Encoding)
    mastering: Mastering = field(default_factory=Mastering)
    per_chapter: bool = False


PRESETS: Mapping[str, Preset] = {
    # RMS -23 to -18 dB: espeak-ng's is then -21. Peaks to -3 dB, and a decoder may overshoot. Room tone of 0.5 to 1 s
    # first and of 1 to 5 s last, below -60 dB.
    "acx": Preset(
        encoding=Encoding(bitrate=192, rate=44_100),
        mastering=Mastering(loudness=-20.0, ceiling=-3.5, opening=700, closing=2_500, room=-75.0),
        per_chapter=True,
    ),
}


def preset_named(name: str) -> Preset:
    """The preset of that name. Raises UsageError where there is none."""
    if name not in PRESETS:
        raise UsageError(f"there is no preset {name!r}", hint=f"the presets are {', '.join(PRESETS)}")
    return PRESETS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What the file says about itself; None means: as the book and the cast have it."""

    title: str | None = None
    author: str | None = None
    narrator: str | None = None
    genre: str | None = None
    language: str | None = None  # BCP 47
    comment: str | None = None
    year: str | None = None
    cover: Path | None = None  # a JPEG or PNG file


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """One build, as it was asked for."""

    book: Path  # a book, or a script written by `audiobook script`
    output: Path | None = None  # an .mp3 file, or the folder of a per-chapter edition; None: beside the book
    voices: Path | None = None  # voices.toml; None: found beside the book, else the one that ships
    engine: str | None = None  # reads everything with this engine, whatever voices.toml says
    chapters: str | None = None  # "2-5,8"; None: all
    per_chapter: bool = False  # one file a chapter and a playlist, instead of one file
    ledger: Path | None = None  # where the ledger is written, as JSON where it is named .json; None: nowhere
    timeline: Path | None = None  # the .json file the timeline is written to; None: nowhere
    allow_gaps: bool = False  # deliver with audible gaps where an engine failed
    listen: bool = False  # play it aloud while it is built
    encoding: Encoding = field(default_factory=Encoding)
    mastering: Mastering = field(default_factory=Mastering)
    tags: Tags = field(default_factory=Tags)
    effects: tuple[str, ...] = ()  # applied to every segment: names of entry points in the group audiobook.effects
    jobs: int = field(default_factory=cores)  # worker processes, and encoders at a time
    cache: Path | None = None  # the folder of the cache; None: the user's cache folder


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """A text to be heard in a voice, or in a speaker's voice."""

    text: str
    voice: str | None = None  # as the engine names it
    speaker: str | None = None  # of `book`'s cast, or the narrator
    book: Path | None = None
    voices: Path | None = None
    engine: str | None = None
    rate: int | None = None  # words a minute
    pitch: int | None = None  # 0 to 99
    output: Path | None = None  # .wav or .mp3; None: the loudspeaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did."""

    voices_file: Path  # the one that directed the cast
    recorded: int  # takes synthesized by this build
    reused: int  # takes found finished, in the cache or inside an encoded segment, or said a second time
    encoded: int  # segments encoded by this build
    kept: int  # segments found encoded
    ledger: Ledger  # what became of every word
    sounds: int = 0  # a person's sounds, each time that one plays; they are among the reused takes
    recordings: int = 0  # lines that a person's recording takes the place of; likewise
    gaps: tuple[Gap, ...] = ()
    doubtful: int = 0  # dialogue lines whose speaker is a guess

    @property
    def exit_code(self) -> int:
        """0 for a whole edition, 7 for one with gaps, or with words that nobody can account for."""
        return PartialError.exit_code if self.gaps or not self.ledger.balanced else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A finished audiobook."""

    files: tuple[Path, ...]  # the MP3s in order, a playlist last
    marks: tuple[Mark, ...]  # the chapters, in frames
    rate: int  # Hz
    report: Report
    timeline: Callable[[], Timeline] = field(repr=False, compare=False)  # loads when each line is heard

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return self.marks[-1].end / self.rate


def gaps_error(gaps: tuple[Gap, ...]) -> EngineError:
    """The error of a build that would have gaps: every place, and the way out."""
    listed = "\n".join(f"  {gap.place}: {gap.reason}: {gap.text[:60]!r}" for gap in gaps[:20])
    more = f"\n  … and {len(gaps) - 20} more" if len(gaps) > 20 else ""
    lines = "line" if len(gaps) == 1 else "lines"
    return EngineError(
        f"{len(gaps)} {lines} could not be spoken, so nothing was delivered:\n{listed}{more}",
        hint="build again to retry only these lines, give their speakers another voice, "
        "or add --allow-gaps to deliver with an audible gap at each place",
    )
