"""Read a finished file with ffmpeg and compare its duration, tags and chapters with the expected ones."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from audiobook.errors import DeliveryError
from audiobook.model.clip import EncodedSegment
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import LISTING, chapter_times, parse_listing
from audiobook.writers.album import ChapterSpan, FileTags, chapter_spans, one_line

DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?), start: (-?\d+\.\d+)")
_DURATION_ONLY = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_SLACK = 0.001  # of the duration
_RESOLUTION = 0.02  # seconds: ffmpeg prints hundredths
_CHAPTER_SLACK = 0.002  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The metadata of a file as ffmpeg lists it."""

    seconds: float | None
    tags: Mapping[str, str]
    chapters: Sequence[Mapping[str, str]]


def list_file(path: Path, demuxer: str, *, tags_in: str = "0") -> Listing:
    """Read a file's header with ffmpeg's `demuxer`. Raises DeliveryError.

    `tags_in` is where ffmpeg finds the tags: "0", the file, or "0:s:0", its first stream (Ogg).
    """
    source: tuple[ffmpeg.Argument, ...] = ("-copyts", "-f", demuxer, "-i", path)
    listing, talk = ffmpeg.run([*source, "-map_metadata", tags_in, *LISTING[2:]], loglevel="info")
    tags, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    found = _DURATION_ONLY.search(talk)
    return Listing(seconds=to_seconds(*found.groups()) if found else None, tags=tags, chapters=chapters)


def find_faults(
    listed: Listing, tags: FileTags, samples: int, sample_rate: int, *, has_ends: bool = False
) -> Iterator[str]:
    """Every difference between the listed and the expected metadata, for formats without an encoder delay."""
    seconds = samples / sample_rate
    if listed.seconds is None:
        yield "it has no duration"
    elif not matches_duration(listed.seconds, seconds):
        yield f"it lasts {listed.seconds:.2f} s instead of {seconds:.2f} s"
    yield from tag_faults(listed.tags, expected_tags(tags))
    yield from chapter_faults(listed.chapters, chapter_spans(tags.marks, sample_rate), has_ends=has_ends)


def complete_titles(
    chapters: Sequence[Mapping[str, str]], spans: Sequence[ChapterSpan], listed_bytes: int
) -> Iterator[Mapping[str, str]]:
    """Complete the titles of listed chapters that ffmpeg cuts off after `listed_bytes`, maybe inside a character."""
    for chapter, span in zip_longest(chapters, spans[: len(chapters)]):
        title = chapter.get("title", "")
        is_cut = len(title.encode()) >= listed_bytes and span is not None
        is_same = is_cut and span.title.startswith(title.rstrip("\ufffd"))  # what is left of a character
        yield {**chapter, "title": span.title} if is_same else chapter


def find_changed_segments(
    segments: Sequence[EncodedSegment], parts: Iterator[bytes] | Iterator[memoryview], samples: int, name: str
) -> Iterator[str]:
    """Differences between a file and its segments, whose checksum is the CRC-32 of their parts.

    `parts` are read from the file, each of `samples` samples; `name` says what they are.
    """
    for number, segment in enumerate(segments, 1):
        crc = 0
        for _ in range(segment.samples // samples):
            crc = zlib.crc32(next(parts, b""), crc)
        if crc != segment.crc:
            yield f"segment {number} has other {name}"
            return
    if next(parts, None) is not None:
        yield "there is more sound in it"


def raise_first(faults: Iterable[str], path: Path) -> None:
    """Raises DeliveryError for the first fault, if there is one."""
    for fault in faults:
        raise DeliveryError(
            f"the written file is not as expected: {fault}",
            where=str(path),
            hint="this is a bug in audiobook or in its ffmpeg: `audiobook doctor` names that ffmpeg and makes the same "
            f"check; set {ffmpeg.VARIABLE} to use another one",
        )


def expected_tags(tags: FileTags) -> dict[str, str]:
    """The tags that are compared, by ffmpeg's names."""
    return {"title": tags.title, "album": tags.album.title, "artist": tags.authors, "composer": tags.narrators}


def to_seconds(hours: str, minutes: str, seconds: str) -> float:
    """Convert a duration as ffmpeg prints it."""
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def matches_duration(seconds: float, wanted: float) -> bool:
    """Whether a duration that ffmpeg printed equals the expected one, within its rounding."""
    return abs(seconds - wanted) <= wanted * _SLACK + _RESOLUTION


def tag_faults(found: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """Every tag whose text differs. Names are compared without case, which depends on the format."""
    folded = {name.casefold(): value for name, value in found.items()}
    for name, value in wanted.items():
        if folded.get(name, "") != one_line(value):
            yield f"its {name} reads {folded.get(name)!r} instead of {value!r}"


def chapter_faults(
    found: Sequence[Mapping[str, str]], wanted: Sequence[ChapterSpan], *, has_ends: bool = True
) -> Iterator[str]:
    """Every chapter whose title or time differs. Without `has_ends`, the format stores only start times."""
    if len(found) != len(wanted):
        yield f"it has {len(found)} chapters instead of {len(wanted)}"
        return
    end: float | None = None
    for number, (chapter, span) in enumerate(zip(found, wanted, strict=True), 1):
        before = end
        start, end = chapter_times(chapter)
        is_late = has_ends and abs(end - span.end / 1000) > _CHAPTER_SLACK
        if abs(start - span.start / 1000) > _CHAPTER_SLACK or is_late:
            yield f"chapter {number} is at {start:.3f} to {end:.3f} s"
        if has_ends and before is not None and start != before:
            yield f"chapter {number} does not begin at the end of the previous one"
        if chapter.get("title", "") != span.title:
            yield f"chapter {number} is titled {chapter.get('title')!r} instead of {span.title!r}"
