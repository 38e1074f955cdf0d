"""A finished file as ffmpeg reads it: its duration, tags and chapters are compared with what was meant."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import DeliveryError
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import LISTING, chapter_times, parse_listing
from audiobook.writers.album import FileTags, Stretch, one_line, stretches_of

DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?), start: (-?\d+\.\d+)")
_DURATION_ONLY = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_SLACK = 0.001  # of the duration
_RESOLUTION = 0.02  # seconds: ffmpeg prints hundredths
_CHAPTER_SLACK = 0.002  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What ffmpeg lists of a file."""

    seconds: float | None
    tags: Mapping[str, str]
    chapters: Sequence[Mapping[str, str]]


def list_file(path: Path, demuxer: str, *, tags_in: str = "0") -> Listed:
    """Read a file's header with ffmpeg, as a format that ffmpeg knows by that name. Raises DeliveryError.

    `tags_in` is where ffmpeg finds the tags: "0", the file, or "0:s:0", its first stream (Ogg).
    """
    source: tuple[ffmpeg.Argument, ...] = ("-copyts", "-f", demuxer, "-i", path)
    listing, talk = ffmpeg.run([*source, "-map_metadata", tags_in, *LISTING[2:]], loglevel="info")
    tags, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    found = _DURATION_ONLY.search(talk)
    return Listed(seconds=to_seconds(*found.groups()) if found else None, tags=tags, chapters=chapters)


def find_faults(listed: Listed, tags: FileTags, samples: int, rate: int) -> Iterator[str]:
    """Every difference between what ffmpeg lists and what was meant, for formats without an encoder's delay."""
    seconds = samples / rate
    if listed.seconds is None:
        yield "it has no duration"
    elif not lasts(listed.seconds, seconds):
        yield f"it lasts {listed.seconds:.2f} s instead of {seconds:.2f} s"
    yield from tag_faults(listed.tags, expected_tags(tags))
    yield from chapter_faults(listed.chapters, stretches_of(tags.marks, rate), has_ends=False)


def raise_first(faults: Iterable[str], path: Path) -> None:
    """Raises DeliveryError if there is a fault."""
    for fault in faults:
        raise DeliveryError(
            f"what was written does not read back as it was meant: {fault}",
            where=str(path),
            hint="this is a bug in audiobook or in its ffmpeg: `audiobook doctor` names that ffmpeg and makes the same "
            f"check; set {ffmpeg.VARIABLE} to use another one",
        )


def expected_tags(tags: FileTags) -> dict[str, str]:
    """The tags that are compared, by ffmpeg's names for them."""
    return {"title": tags.title, "album": tags.album.title, "artist": tags.authors, "composer": tags.narrators}


def to_seconds(hours: str, minutes: str, seconds: str) -> float:
    """A duration as ffmpeg prints it."""
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def lasts(seconds: float, wanted: float) -> bool:
    """Whether a duration that ffmpeg printed is the one wanted."""
    return abs(seconds - wanted) <= wanted * _SLACK + _RESOLUTION


def tag_faults(found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """Every tag with another text. ffmpeg leaves the case of some formats' names as it is."""
    folded = {name.casefold(): value for name, value in found.items()}
    for name, value in wanted.items():
        if folded.get(name, "") != one_line(value):
            yield f"its {name} reads {folded.get(name)!r} instead of {value!r}"


def chapter_faults(
    found: Sequence[Mapping[str, str]], wanted: Sequence[Stretch], *, has_ends: bool = True
) -> Iterator[str]:
    """Every chapter with another title or time. Without `has_ends`, the format states only where chapters start."""
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
