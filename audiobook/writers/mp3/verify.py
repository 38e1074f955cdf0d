"""A finished MP3 read back with ffmpeg."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import LISTING, parse_listing
from audiobook.writers.album import FileTags, Stretch, stretches_of
from audiobook.writers.id3 import file_tag
from audiobook.writers.mp3.frames import LEAD, layout
from audiobook.writers.mp3.joining import header_bytes
from audiobook.writers.verify import (
    DURATION,
    chapter_faults,
    expected_tags,
    lasts,
    raise_first,
    tag_faults,
    to_seconds,
)

_START_SLACK = 0.001  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a file is meant to hold."""

    seconds: float  # of sound
    frames_seconds: float  # of all MP3 frames, including the decoder's delay at the start
    frames_at: int  # bytes of tag and header before the first frame of sound
    tags: Mapping[str, str]  # as ffmpeg names them: "title", "album", "artist", "composer"
    stretches: Sequence[Stretch] = ()


def verify(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError unless ffmpeg finds these segments and tags in the file."""
    samples, rate = sum(part.frames for part in segments), encoding.rate
    meant = Meant(
        seconds=(samples - LEAD) / rate,
        frames_seconds=samples / rate,
        frames_at=len(file_tag(tags, rate)) + header_bytes(layout(encoding)),
        tags=expected_tags(tags),
        stretches=stretches_of(tags.marks, rate),
    )
    read_back(path, meant)


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
    faults = [*_durations(talk, meant), *tag_faults(tags, meant.tags), *chapter_faults(chapters, meant.stretches)]
    raise_first(faults, path)


def _durations(talk: str, meant: Meant) -> Iterator[str]:
    found = DURATION.findall(talk)
    if len(found) != 2:
        yield "it has no duration"
        return
    header, sound = (to_seconds(*hms) for *hms, _ in found)
    # The header states the decoder's delay. ffmpeg 8 and later leave it out of the duration, earlier ones include it.
    if not (lasts(header, meant.seconds) or lasts(header, meant.frames_seconds)):
        yield f"the header lasts {header:.2f} s instead of {meant.seconds:.2f} s"
    if not lasts(sound, meant.frames_seconds):
        yield f"the sound lasts {sound:.2f} s instead of {meant.frames_seconds:.2f} s"
    start, delay = float(found[0][3]), meant.frames_seconds - meant.seconds
    if abs(start - delay) > _START_SLACK:
        yield f"the header's sound starts at {start:.3f} s instead of {delay:.3f} s"
