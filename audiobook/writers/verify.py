"""What was written, as an independent reader (ffmpeg) understands it, held against what was meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import DeliveryError
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import LISTING, chapter_times, parse_listing
from audiobook.writers.album import Album
from audiobook.writers.mp3.id3 import Stretch, one_line

_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?), start: (-?\d+\.\d+)")
_LENGTH = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_SLACK = 0.001  # of the duration
_RESOLUTION = 0.02  # seconds: ffmpeg prints hundredths
_START_SLACK = 0.001  # seconds
_CHAPTER_SLACK = 0.002  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a file is meant to hold."""

    seconds: float  # of sound
    frames_seconds: float  # of all MP3 frames, including the decoder's delay at the start
    frames_at: int  # bytes of tag and header before the first frame of sound
    tags: Mapping[str, str]  # as ffmpeg names them: "title", "album", "artist", "composer"
    stretches: Sequence[Stretch] = ()


def read_back(path: Path, meant: Meant) -> None:
    """Raises DeliveryError unless ffmpeg finds the file to be what was meant.

    The duration is read twice: from our header, which players show, and as ffmpeg's own estimate from the number of
    bytes, which at a constant bit rate is exact and does not depend on our count.
    """
    listing, talk = ffmpeg.run(
        [
            *("-copyts", "-f", "mp3", "-i", path),  # without -copyts, chapters come out earlier by the lead
            *("-skip_initial_bytes", str(meant.frames_at), "-f", "mp3", "-i", path),
            *LISTING,
        ],
        loglevel="info",
    )
    tags, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    _complain(path, [*_durations(talk, meant), *_tags(tags, meant.tags), *_chapters(chapters, meant.stretches)])


def verify_listing(
    path: Path,
    seconds: float,
    tags: Mapping[str, str],
    stretches: Sequence[Stretch],
    *,
    has_ends: bool = True,
    tags_in: str = "0",
) -> None:
    """Raises DeliveryError unless ffmpeg finds that duration, these tags and these chapters in the file.

    For formats without a lead. Without `has_ends`, the format states where chapters start only. `tags_in` is where
    ffmpeg finds the tags: "0", the file, or "0:s:0", its first stream (Ogg).
    """
    listing, talk = ffmpeg.run(["-i", path, "-map_metadata", tags_in, *LISTING[2:]], loglevel="info")
    found, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    durations = _LENGTH.findall(talk)
    complaints = [*_tags({name.lower(): value for name, value in found.items()}, tags)]
    if len(durations) != 1 or not _lasts(_seconds(durations[0]), seconds):
        complaints.append(f"it does not last {seconds:.2f} s")
    complaints += _chapters(chapters, stretches, has_ends=has_ends)
    _complain(path, complaints)


def expected_tags(album: Album, title: str) -> dict[str, str]:
    """The tags that a file must have, as ffmpeg names them."""
    return {
        "title": title,
        "album": album.title,
        "artist": ", ".join(album.authors),
        "composer": ", ".join(album.narrators),
    }


def _complain(path: Path, complaints: Sequence[str]) -> None:
    if complaints:
        raise DeliveryError(
            f"what was written does not read back as it was meant: {complaints[0]}",
            where=str(path),
            hint="this is a bug in audiobook or in its ffmpeg: `audiobook doctor` names that ffmpeg and makes the same "
            f"check; set {ffmpeg.VARIABLE} to use another one",
        )


def _durations(talk: str, meant: Meant) -> Iterator[str]:
    found = _DURATION.findall(talk)
    if len(found) != 2:
        yield "it has no duration"
        return
    header, sound = map(_seconds, found)
    # The header states the decoder's delay. ffmpeg 8 and later leave it out of the duration, earlier ones include it.
    if not (_lasts(header, meant.seconds) or _lasts(header, meant.frames_seconds)):
        yield f"the header lasts {header:.2f} s instead of {meant.seconds:.2f} s"
    if not _lasts(sound, meant.frames_seconds):
        yield f"the sound lasts {sound:.2f} s instead of {meant.frames_seconds:.2f} s"
    start, delay = float(found[0][3]), meant.frames_seconds - meant.seconds
    if abs(start - delay) > _START_SLACK:
        yield f"the header's sound starts at {start:.3f} s instead of {delay:.3f} s"


def _seconds(duration: Sequence[str]) -> float:
    hours, minutes, seconds = duration[:3]
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _lasts(seconds: float, wanted: float) -> bool:
    return abs(seconds - wanted) <= wanted * _SLACK + _RESOLUTION


def _tags(found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    for name, value in wanted.items():
        if found.get(name, "") != one_line(value):
            yield f"its {name} reads {found.get(name)!r} instead of {value!r}"


def _chapters(found: Sequence[Mapping[str, str]], wanted: Sequence[Stretch], *, has_ends: bool = True) -> Iterator[str]:
    if len(found) != len(wanted):
        yield f"it has {len(found)} chapters instead of {len(wanted)}"
        return
    end: float | None = None
    for number, (chapter, stretch) in enumerate(zip(found, wanted, strict=True), 1):
        before = end
        start, end = chapter_times(chapter)
        is_late = has_ends and abs(end - stretch.end / 1000) > _CHAPTER_SLACK
        if abs(start - stretch.start / 1000) > _CHAPTER_SLACK or is_late:
            yield f"chapter {number} stands at {start:.3f} to {end:.3f} s"
        if has_ends and before is not None and start != before:
            yield f"chapter {number} does not begin where the one before it ends"
        if chapter.get("title", "") != stretch.title:
            yield f"chapter {number} is called {chapter.get('title')!r} instead of {stretch.title!r}"
