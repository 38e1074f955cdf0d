"""What ACX (Audible's publishing house) asks of a chapter's sound, and whether it is so.

From its page "ACX Audio Submission Requirements", as far as it can be measured; credits are for a person to hear.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from audiobook.quality.meters import ChapterMeasure, FileMeasure
from audiobook.quality.sound_stream import Header

QUIETEST_RMS, LOUDEST_RMS = -23.0, -18.0  # dBFS
HIGHEST_PEAK = -3.0  # dBFS
HIGHEST_FLOOR = -60.0  # dBFS
RATE = 44_100  # Hz
BITRATE = 192  # kbit/s, constant
LONGEST_CHAPTER = 120 * 60  # seconds
HEAD = (0.5, 1.0)  # seconds of room tone before the first word
TAIL = (1.0, 5.0)  # seconds of it after the last
_SLACK = 0.1  # seconds: silences are measured in tenths
_ROUNDING = 0.05  # dB: levels are told in tenths


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One rule, and whether a chapter (or the whole file) keeps it."""

    rule: str  # in words, with the bounds
    found: str  # what was measured
    ok: bool


def file_verdicts(header: Header) -> Iterator[Verdict]:
    """The rules about the file's format."""
    bitrate = header.bitrate or 0
    yield Verdict(rule="MP3", found=header.codec, ok=header.codec.startswith("mp3"))
    yield Verdict(rule="44.1 kHz", found=f"{header.rate / 1000:g} kHz", ok=header.rate == RATE)
    yield Verdict(rule="192 kbit/s or more, constant", found=f"{bitrate} kbit/s", ok=bitrate >= BITRATE)
    yield Verdict(rule="mono or stereo", found=f"{header.channels or 'more'} channels", ok=header.channels > 0)


def chapter_verdicts(chapter: ChapterMeasure) -> Iterator[Verdict]:
    """The rules about the sound of a chapter."""
    rms, peak, floor = chapter.rms, chapter.peak, chapter.floor
    yield Verdict(
        rule="RMS -23 to -18 dB",
        found=f"{rms:.1f} dB",
        ok=QUIETEST_RMS - _ROUNDING <= rms <= LOUDEST_RMS + _ROUNDING,
    )
    yield Verdict(rule="peaks up to -3 dB", found=f"{peak:.1f} dB", ok=peak <= HIGHEST_PEAK + _ROUNDING)
    yield Verdict(rule="noise floor up to -60 dB", found=f"{floor:.1f} dB", ok=floor <= HIGHEST_FLOOR)
    yield _between("0.5 to 1 s of room tone first", chapter.head, HEAD)
    yield _between("1 to 5 s of room tone last", chapter.tail, TAIL)
    yield Verdict(
        rule="up to 120 minutes", found=f"{chapter.seconds / 60:.1f} minutes", ok=chapter.seconds <= LONGEST_CHAPTER
    )


def _between(rule: str, seconds: float, bounds: tuple[float, float]) -> Verdict:
    low, high = bounds
    return Verdict(rule=rule, found=f"{seconds:.1f} s", ok=low - _SLACK <= seconds <= high + _SLACK)


def passes(measure: FileMeasure) -> bool:
    """Whether the file and every chapter keep every rule."""
    chapters = (verdict for chapter in measure.chapters for verdict in chapter_verdicts(chapter))
    return all(verdict.ok for verdict in (*file_verdicts(measure.header), *chapters))
