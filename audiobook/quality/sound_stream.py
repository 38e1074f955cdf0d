"""A sound file as ffmpeg reads it: its facts, its chapters, and its levels as a stream that is never held whole."""

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
_TENTHS = 10  # steps in a second
_ANY_RATE = 44_100  # Hz, of sounds whose own rate has no whole tenth of a second
_SILENCE = -200.0  # dB, in place of minus infinity
_PIECE = 1 << 16  # bytes of a report


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A chapter in a file, or all of a file that has none."""

    title: str
    start: float  # seconds
    end: float | None  # seconds; None: the file's end


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file says of itself."""

    codec: str  # as ffmpeg names it: "mp3", "pcm_s16le"
    rate: int  # Hz
    channels: int  # 0 where there are more than two
    bitrate: int | None  # kbit/s, over the whole file
    seconds: float  # as the file says; 0 where it does not
    spans: tuple[Span, ...]  # at least one


@dataclass(frozen=True, slots=True)
class Step:
    """The levels of a tenth of a second."""

    rms: float  # dBFS
    peak: float  # dBFS, of its loudest sample
    momentary: float  # LUFS, of the 400 ms that end with it


def header(path: Path) -> Header:
    """The facts of a sound file. Raises UsageError where it is none."""
    if not path.is_file():
        raise UsageError("is a folder, not a sound file" if path.is_dir() else "there is no such file", where=str(path))
    try:
        listing, talk = ffmpeg.run(["-copyts", "-i", path, *LISTING], loglevel="info")
    except DeliveryError as error:
        raise UsageError(f"this is no sound file: {error.message}", where=str(path)) from error
    audio = _AUDIO.search(talk)
    if audio is None:
        raise UsageError("there is no sound in this file", where=str(path))
    bitrate = _BITRATE.search(talk)
    length = _DURATION.search(talk)
    _, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    return Header(
        codec=audio["codec"],
        rate=int(audio["rate"]),
        channels=_CHANNELS.get(audio["layout"], 0),
        bitrate=int(bitrate[1]) if bitrate else None,
        seconds=_seconds(*length.groups()) if length else 0.0,
        spans=tuple(_spans(chapters)) or (Span(title=path.stem, start=0.0, end=None),),
    )


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _spans(chapters: list[dict[str, str]]) -> Iterator[Span]:
    for number, chapter in enumerate(chapters, 1):
        start, end = chapter_times(chapter)
        last = number == len(chapters)  # its end is the file's, whatever was rounded
        yield Span(title=chapter.get("title") or f"chapter {number}", start=start, end=None if last else end)


def steps(path: Path, rate: int) -> Iterator[Step]:
    """The levels of the file, a tenth of a second at a time. Raises DeliveryError where it cannot be decoded."""
    whole = rate % _TENTHS == 0
    chain = [
        *([] if whole else [f"aresample={_ANY_RATE}"]),
        f"asetnsamples=n={(rate if whole else _ANY_RATE) // _TENTHS}:p=0",
        "astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level+RMS_level",
        "ebur128=metadata=1",
        "ametadata=mode=print:file=-",
    ]
    found: dict[str, str] = {}
    for line in _lines(path, ",".join(chain)):
        name, equals, value = line.partition("=")
        if equals:
            found[name] = value
        elif line.startswith("frame:") and found:
            yield _step(found)
            found.clear()
    if found:
        yield _step(found)


def _lines(path: Path, chain: str) -> Iterator[str]:
    """ffmpeg's report of a filter chain, line by line."""
    rest = ""
    for piece in ffmpeg.stream(["-i", path, "-map", "0:a:0", "-af", chain, "-f", "null", "-"], _PIECE):
        *lines, rest = (rest + piece.decode("ascii", "replace")).split("\n")
        yield from lines
    if rest:
        yield rest


def _step(found: dict[str, str]) -> Step:
    return Step(
        rms=max(float(found.get(_RMS, _SILENCE)), _SILENCE),
        peak=max(float(found.get(_PEAK, _SILENCE)), _SILENCE),
        momentary=loudness.parse_block(found.get(loudness.MOMENTARY, "nan")),
    )
