"""The MP3 writer: constant bit rate, ID3v2.3 with chapters, a LAME header for gapless playback."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.model.clip import Mark
from audiobook.model.request import Encoding
from audiobook.runtime.files import flush_in_background
from audiobook.writers.album import Album, book_tag, chapter_tag, stretches_of
from audiobook.writers.contract import Content, Load, Writer
from audiobook.writers.covers import fitted
from audiobook.writers.mp3.encoding import encode, encoded_segment_key
from audiobook.writers.mp3.frames import LEAD, layout
from audiobook.writers.mp3.growing import Growing
from audiobook.writers.mp3.joining import Stream, header_bytes
from audiobook.writers.verify import Meant, expected_tags, read_back


def make_tag(content: Content, encoding: Encoding) -> bytes:
    """The ID3 tag of a file."""
    if content.piece is not None:
        return chapter_tag(content.album, content.piece)
    return book_tag(content.album, content.marks, encoding.rate)


def write(path: Path, content: Content, encoding: Encoding, load: Load) -> None:
    """Write one MP3: the tag, a header frame, and the segments' frames."""
    form = layout(encoding)
    with path.open("xb") as file:
        file.write(make_tag(content, encoding))
        stream = Stream(file, form)
        for segment in content.segments:
            stream.add(load(segment), segment.crc)
        stream.finish(content.frames // form.samples)


def verify(path: Path, content: Content, encoding: Encoding) -> None:
    """Read one MP3 back; meanwhile it is flushed to its disk, which takes as long."""
    rate = encoding.rate
    meant = Meant(
        seconds=(content.frames - LEAD) / rate,
        frames_seconds=content.frames / rate,
        frames_at=len(make_tag(content, encoding)) + header_bytes(layout(encoding)),
        tags=expected_tags(content.album, content.title),
        stretches=stretches_of(content.marks, rate),
    )
    with flush_in_background(path):
        read_back(path, meant)


def grow(titles: Sequence[str], album: Album, encoding: Encoding, target: Path, load: Load) -> Growing:
    """The file with all chapters, written while its segments are encoded; `titles` are the chapters' in order."""

    def tag_size() -> int:
        marks = [Mark(title=title, start=number, end=number + 1) for number, title in enumerate(titles)]
        return len(book_tag(replace(album, cover=fitted(album.cover)), marks, encoding.rate))

    return Growing(target, layout(encoding), load, tag_size)


WRITER = Writer(
    name="mp3",
    suffix=".mp3",
    is_lossless=False,
    lead=LEAD,
    check=layout,
    encode=encode,
    segment_key=encoded_segment_key,
    write=write,
    verify=verify,
    grow=grow,
)
