"""The requirements of ACX (Audible's publishing platform) for a chapter's sound, and a check against them.

They are from its page "ACX Audio Submission Requirements", as far as they can be measured. Credits must be checked by a
person.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from audiobook.quality.meters import ChapterMeasure, FileMeasure
from audiobook.quality.sound_stream import Header

MIN_RMS, MAX_RMS = -23.0, -18.0  # dBFS
MAX_PEAK = -3.0  # dBFS
MAX_FLOOR = -60.0  # dBFS
SAMPLE_RATE = 44_100  # Hz
MIN_BITRATE = 192  # kbit/s, constant
MAX_CHAPTER = 120 * 60  # seconds
HEAD = (0.5, 1.0)  # seconds of room tone before the first word
TAIL = (1.0, 5.0)  # seconds of room tone after the last word
_SLACK = 0.1  # seconds: silences are measured in tenths
_ROUNDING = 0.05  # dB: levels are shown in tenths


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The result of one rule for a chapter or for the whole file."""

    rule: str  # the rule in words, with its limits
    found: str  # what was measured
    ok: bool


def check_file_format(header: Header) -> Iterator[Verdict]:
    """Check the format of the file."""
    bitrate = header.bitrate or 0
    yield Verdict(rule="MP3", found=header.codec, ok=header.codec.startswith("mp3"))
    yield Verdict(rule="44.1 kHz", found=f"{header.sample_rate / 1000:g} kHz", ok=header.sample_rate == SAMPLE_RATE)
    yield Verdict(rule="192 kbit/s or more, constant", found=f"{bitrate} kbit/s", ok=bitrate >= MIN_BITRATE)
    yield Verdict(rule="mono or stereo", found=f"{header.channels or 'more'} channels", ok=header.channels > 0)


def check_chapter(chapter: ChapterMeasure) -> Iterator[Verdict]:
    """Check the sound of a chapter."""
    rms, peak, floor = chapter.rms, chapter.peak, chapter.floor
    yield Verdict(
        rule="RMS -23 to -18 dB",
        found=f"{rms:.1f} dB",
        ok=MIN_RMS - _ROUNDING <= rms <= MAX_RMS + _ROUNDING,
    )
    yield Verdict(rule="peaks up to -3 dB", found=f"{peak:.1f} dB", ok=peak <= MAX_PEAK + _ROUNDING)
    yield Verdict(rule="noise floor up to -60 dB", found=f"{floor:.1f} dB", ok=floor <= MAX_FLOOR)
    yield _check_range("0.5 to 1 s of room tone first", chapter.head, HEAD)
    yield _check_range("1 to 5 s of room tone last", chapter.tail, TAIL)
    yield Verdict(
        rule="up to 120 minutes", found=f"{chapter.seconds / 60:.1f} minutes", ok=chapter.seconds <= MAX_CHAPTER
    )


def _check_range(rule: str, seconds: float, bounds: tuple[float, float]) -> Verdict:
    low, high = bounds
    return Verdict(rule=rule, found=f"{seconds:.1f} s", ok=low - _SLACK <= seconds <= high + _SLACK)


def meets_all_rules(measure: FileMeasure) -> bool:
    """Whether the file and all chapters meet all rules."""
    chapters = (verdict for chapter in measure.chapters for verdict in check_chapter(chapter))
    return all(verdict.ok for verdict in (*check_file_format(measure.header), *chapters))
