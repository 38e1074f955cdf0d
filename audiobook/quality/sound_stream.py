"""Read a sound file with ffmpeg: its properties, its chapters, and its levels as a stream."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import DeliveryError, UsageError
from audiobook.runtime import ffmpeg, loudness
from audiobook.runtime.ffmetadata import LISTING, chapter_times, parse_listing

_AUDIO = re.compile(r"Stream #\S+ Audio: (?P<codec>\w+).*?, (?P<rate>\d+) Hz, (?P<layout>\w+)")
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_BITRATE = re.compile(r"bitrate: (\d+) kb/s")
_CHANNELS = {"mono": 1, "stereo": 2}
_STATS = "lavfi.astats.Overall."
_PEAK, _RMS = f"{_STATS}Peak_level", f"{_STATS}RMS_level"
_STEPS_PER_SECOND = 10  # steps per second
_FALLBACK_SAMPLE_RATE = 44_100  # Hz, for files whose sample rate is not a multiple of ten
_SILENCE = -200.0  # dB, instead of minus infinity
_CHUNK = 1 << 16  # bytes of ffmpeg's report


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A chapter of a file, or the whole file if it has no chapters."""

    title: str
    start: float  # seconds
    end: float | None  # seconds; None: the end of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The properties of a sound file."""

    codec: str  # ffmpeg's name: "mp3", "pcm_s16le"
    sample_rate: int  # Hz
    channels: int  # 0 if there are more than two
    bitrate: int | None  # kbit/s, over the whole file
    seconds: float  # as stored in the file; 0 if unknown
    spans: tuple[Span, ...]  # at least one


@dataclass(frozen=True, slots=True)
class Step:
    """The levels of a tenth of a second."""

    rms: float  # dBFS
    peak: float  # dBFS, of the loudest sample
    momentary: float  # LUFS, of the 400 ms that end with this step


def read_header(path: Path) -> Header:
    """Read the properties of a sound file. Raises UsageError if it is not a sound file."""
    if not path.is_file():
        raise UsageError(
            "is a folder, not a sound file" if path.is_dir() else "this file does not exist", where=str(path)
        )
    try:
        listing, report = ffmpeg.run(["-copyts", "-i", path, *LISTING], loglevel="info")
    except DeliveryError as error:
        raise UsageError(f"this is not a sound file: {error.message}", where=str(path)) from error
    audio = _AUDIO.search(report)
    if audio is None:
        raise UsageError("this file has no sound", where=str(path))
    bitrate = _BITRATE.search(report)
    length = _DURATION.search(report)
    _, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    return Header(
        codec=audio["codec"],
        sample_rate=int(audio["rate"]),
        channels=_CHANNELS.get(audio["layout"], 0),
        bitrate=int(bitrate[1]) if bitrate else None,
        seconds=_to_seconds(*length.groups()) if length else 0.0,
        spans=tuple(_find_spans(chapters)) or (Span(title=path.stem, start=0.0, end=None),),
    )


def _to_seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _find_spans(chapters: list[dict[str, str]]) -> Iterator[Span]:
    for number, chapter in enumerate(chapters, 1):
        start, end = chapter_times(chapter)
        last = number == len(chapters)  # it ends with the file, regardless of rounding
        yield Span(title=chapter.get("title") or f"chapter {number}", start=start, end=None if last else end)


def measure_steps(path: Path, sample_rate: int) -> Iterator[Step]:
    """Measure the levels of the file for each tenth of a second. Raises DeliveryError if it cannot be decoded."""
    whole = sample_rate % _STEPS_PER_SECOND == 0
    chain = [
        *([] if whole else [f"aresample={_FALLBACK_SAMPLE_RATE}"]),
        f"asetnsamples=n={(sample_rate if whole else _FALLBACK_SAMPLE_RATE) // _STEPS_PER_SECOND}:p=0",
        "astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level+RMS_level",
        "ebur128=metadata=1",
        "ametadata=mode=print:file=-",
    ]
    found: dict[str, str] = {}
    for line in _read_report(path, ",".join(chain)):
        name, equals, value = line.partition("=")
        if equals:
            found[name] = value
        elif line.startswith("frame:") and found:
            yield _make_step(found)
            found.clear()
    if found:
        yield _make_step(found)


def _read_report(path: Path, chain: str) -> Iterator[str]:
    """The lines that ffmpeg's filter chain prints."""
    rest = ""
    for chunk in ffmpeg.stream(["-i", path, "-map", "0:a:0", "-af", chain, "-f", "null", "-"], _CHUNK):
        *lines, rest = (rest + chunk.decode("ascii", "replace")).split("\n")
        yield from lines
    if rest:
        yield rest


def _make_step(found: dict[str, str]) -> Step:
    return Step(
        rms=max(float(found.get(_RMS, _SILENCE)), _SILENCE),
        peak=max(float(found.get(_PEAK, _SILENCE)), _SILENCE),
        momentary=loudness.parse_block(found.get(loudness.MOMENTARY, "nan")),
    )
