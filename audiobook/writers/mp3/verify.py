"""Verify a finished MP3 with ffmpeg."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import LISTING, parse_listing
from audiobook.writers.album import ChapterSpan, FileTags, chapter_spans
from audiobook.writers.id3 import file_tag
from audiobook.writers.mp3.frames import LEAD, layout
from audiobook.writers.mp3.joining import header_bytes
from audiobook.writers.verify import (
    DURATION,
    chapter_faults,
    expected_tags,
    matches_duration,
    raise_first,
    tag_faults,
    to_seconds,
)

_START_SLACK = 0.001  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedContent:
    """The expected content of a file."""

    seconds: float  # of sound
    frames_seconds: float  # of all MP3 frames, including the decoder's delay at the start
    resampled_length: int  # bytes of the tag and the header before the first frame of sound
    tags: Mapping[str, str]  # as ffmpeg names them: "title", "album", "artist", "composer"
    spans: Sequence[ChapterSpan] = ()


def verify(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError unless ffmpeg finds these segments and tags in the file."""
    samples, sample_rate = sum(part.samples for part in segments), encoding.sample_rate
    expected = ExpectedContent(
        seconds=(samples - LEAD) / sample_rate,
        frames_seconds=samples / sample_rate,
        resampled_length=len(file_tag(tags, sample_rate)) + header_bytes(layout(encoding)),
        tags=expected_tags(tags),
        spans=chapter_spans(tags.marks, sample_rate),
    )
    verify_content(path, expected)


def verify_content(path: Path, expected: ExpectedContent) -> None:
    """Raises DeliveryError unless ffmpeg reads the expected content.

    The duration is read twice: from our header, which players show, and as ffmpeg's estimate from the number of bytes.
    At a constant bit rate, the estimate is exact, and it does not depend on our count of frames.
    """
    listing, talk = ffmpeg.run(
        [
            *("-copyts", "-f", "mp3", "-i", path),  # without -copyts, chapter times are too early by the lead
            *("-skip_initial_bytes", str(expected.resampled_length), "-f", "mp3", "-i", path),
            *LISTING,
        ],
        loglevel="info",
    )
    tags, *chapters = parse_listing(listing.decode("utf-8", "replace"))
    faults = [*_durations(talk, expected), *tag_faults(tags, expected.tags), *chapter_faults(chapters, expected.spans)]
    raise_first(faults, path)


def _durations(talk: str, expected: ExpectedContent) -> Iterator[str]:
    found = DURATION.findall(talk)
    if len(found) != 2:
        yield "it has no duration"
        return
    header, sound = (to_seconds(*hms) for *hms, _ in found)
    # The header states the decoder's delay. ffmpeg 8 and later exclude it from the duration, earlier ones do not.
    if not (matches_duration(header, expected.seconds) or matches_duration(header, expected.frames_seconds)):
        yield f"the header lasts {header:.2f} s instead of {expected.seconds:.2f} s"
    if not matches_duration(sound, expected.frames_seconds):
        yield f"the sound lasts {sound:.2f} s instead of {expected.frames_seconds:.2f} s"
    start, delay = float(found[0][3]), expected.frames_seconds - expected.seconds
    if abs(start - delay) > _START_SLACK:
        yield f"the header's sound starts at {start:.3f} s instead of {delay:.3f} s"
