"""The request of a build, and its result."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audiobook.errors import EngineError, PartialError, UsageError
from audiobook.model.clip import Mark
from audiobook.model.ledger import Gap, Ledger
from audiobook.model.old_names import accept_old_name
from audiobook.model.reading import AS_THE_BOOK_SAYS, ReadingOptions
from audiobook.model.timeline import Timeline


def cores() -> int:
    """The number of processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # absent on Windows and macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@accept_old_name("rate", "sample_rate")
@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The encoding of the finished sound."""

    format: str = "mp3"  # a name in the table of writers; the suffix of the output chooses it
    bitrate: int = 64  # kbit/s, constant; ignored by lossless formats
    sample_rate: int = 22050  # Hz
    channels: int = 1


LOUDNESS = -21.0  # LUFS of every voice; the RMS of espeak-ng with pauses is then -22 dB
CEILING = -2.0  # dBFS; an MP3 decoder may overshoot by 1 dB (EBU R 128 requires -1 dBFS when played)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastering:
    """Loudness of the voices, and the silence at both ends of a chapter and in pauses."""

    loudness: float = LOUDNESS
    ceiling: float = CEILING  # dBFS; the peak limit before encoding
    opening: int | None = None  # milliseconds before the first word of a chapter; None: from the voices file
    closing: int | None = None  # milliseconds after its last word; None: from the voices file
    room: float | None = None  # dBFS of room tone in all pauses; None: digital silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """The sound settings that a publisher requires."""

    encoding: Encoding = field(default_factory=Encoding)
    mastering: Mastering = field(default_factory=Mastering)
    per_chapter: bool = False


PRESETS: Mapping[str, Preset] = {
    # ACX requires RMS of -23 to -18 dB (espeak-ng has -21 here), peaks below -3 dB (a decoder may overshoot), and room
    # tone below -60 dB: 0.5 to 1 s at the start, 1 to 5 s at the end.
    "acx": Preset(
        encoding=Encoding(bitrate=192, sample_rate=44_100),
        mastering=Mastering(loudness=-20.0, ceiling=-3.5, opening=700, closing=2_500, room=-75.0),
        per_chapter=True,
    ),
}


def find_preset(name: str) -> Preset:
    """The preset of that name. Raises UsageError if there is none."""
    if name not in PRESETS:
        raise UsageError(f"there is no preset {name!r}", hint=f"the presets are {', '.join(PRESETS)}")
    return PRESETS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Tags of the finished file. None: the value of the book or the cast."""

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
    """The request of one build."""

    book: Path  # a book, or a script written by `audiobook script`
    output: Path | None = None  # the file, or the folder if `per_chapter`; None: beside the book
    voices: Path | None = None  # voices.toml; None: the one beside the book, else the built-in one
    engine: str | None = None  # speaks everything with this engine; overrides voices.toml
    chapters: str | None = None  # "2-5,8"; None: all
    per_chapter: bool = False  # one file per chapter and a playlist, instead of one file
    ledger: Path | None = None  # the file for the ledger, written as JSON if named .json; None: not written
    timeline: Path | None = None  # the .json file for the timeline; None: not written
    also: tuple[str, ...] = ()  # files to write beside the sound: names in the table of companions
    allow_gaps: bool = False  # deliver with audible gaps if an engine failed
    listen: bool = False  # play the book while it is built
    encoding: Encoding = field(default_factory=Encoding)
    mastering: Mastering = field(default_factory=Mastering)
    tags: Tags = field(default_factory=Tags)
    reading: ReadingOptions = AS_THE_BOOK_SAYS
    effects: tuple[str, ...] = ()  # applied to every segment: names of entry points in the group audiobook.effects
    jobs: int = field(default_factory=cores)  # number of worker processes, and of concurrent encoders
    cache: Path | None = None  # the folder of the cache; None: the user's cache folder


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """The request of a preview: a text in a voice, or in the voice of a speaker."""

    text: str
    voice: str | None = None  # its name in the engine
    speaker: str | None = None  # a speaker of the book's cast, or the narrator
    book: Path | None = None
    voices: Path | None = None
    engine: str | None = None
    words_per_minute: int | None = None
    pitch: int | None = None  # 0 to 99
    output: Path | None = None  # the sound file; None: play it


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The counts of a build."""

    voices_file: Path  # the file that determined the cast
    recorded: int  # takes synthesized by this build
    reused: int  # takes from the cache or an encoded segment, and repeated cues
    encoded: int  # segments encoded by this build
    kept: int  # segments from the cache
    ledger: Ledger  # the account of every word and frame
    sounds: int = 0  # sounds of the user, once for each time; included in `reused`
    recordings: int = 0  # lines replaced by recordings of the user; included in `reused`
    gaps: tuple[Gap, ...] = ()
    doubtful: int = 0  # dialogue lines whose speaker is a guess

    @property
    def exit_code(self) -> int:
        """0 for a complete audiobook, 7 if it has gaps or the ledger does not balance."""
        return PartialError.exit_code if self.gaps or not self.ledger.balanced else 0


@accept_old_name("rate", "sample_rate")
@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A finished audiobook."""

    files: tuple[Path, ...]  # the sound files in order, a playlist last
    marks: tuple[Mark, ...]  # the chapters, in samples
    sample_rate: int  # Hz
    report: Report
    companions: tuple[Path, ...] = ()  # captions and pages that were written beside them
    timeline: Callable[[], Timeline] = field(repr=False, compare=False)  # loads the timeline: when each line is heard

    @property
    def seconds(self) -> float:
        """The duration."""
        return self.marks[-1].end / self.sample_rate


def gaps_error(gaps: tuple[Gap, ...]) -> EngineError:
    """The error for a build with gaps: lists the places, and hints at solutions."""
    listed = "\n".join(f"  {gap.place}: {gap.reason}: {gap.text[:60]!r}" for gap in gaps[:20])
    more = f"\n  … and {len(gaps) - 20} more" if len(gaps) > 20 else ""
    lines = "line" if len(gaps) == 1 else "lines"
    return EngineError(
        f"{len(gaps)} {lines} could not be spoken, so nothing was delivered:\n{listed}{more}",
        hint="build again to retry only these lines, give their speakers another voice, "
        "or add --allow-gaps to deliver with an audible gap at each place",
    )
