"""Sound → files: segments encoded in a format, joined with tags and chapters, and read back before they are delivered.

formats       the table of formats
contract      what a writer must do
mp3/ wav/ flac/  one folder for each format
delivery      the files of a build: one file, or one for each chapter and a playlist
album         what a file says about its book
covers        pictures that players can show
verify        files read back with ffmpeg
file_names    names of files from titles
output_files  checks of places, atomic writing, errors in words
playlist      the playlist of a build in chapters
growing       a file that is written while its segments are encoded
id3           tags that MP3 and WAV have
vorbis_comments  tags that FLAC has
channels      one channel as two equal ones
"""

from collections.abc import Iterable

from audiobook.model.request import Encoding
from audiobook.writers.album import Album
from audiobook.writers.contract import Encoded, Writer
from audiobook.writers.delivery import (
    Delivered,
    EncodedChapter,
    clip_bytes,
    deliver_book,
    deliver_chapters,
    grow_book,
)
from audiobook.writers.formats import writer_for
from audiobook.writers.growing import Growing
from audiobook.writers.output_files import check_file, check_folder, check_free_space, write_bytes, write_text

__all__ = [
    "Album",
    "Delivered",
    "Encoded",
    "EncodedChapter",
    "Growing",
    "Writer",
    "check_encoding",
    "check_file",
    "check_folder",
    "check_free_space",
    "clip_bytes",
    "deliver_book",
    "deliver_chapters",
    "encode",
    "encoded_segment_key",
    "grow_book",
    "write_bytes",
    "write_text",
    "writer_for",
]


def check_encoding(encoding: Encoding) -> None:
    """Raises UsageError where the encoding's format is unknown, or has no such rate, channels or bit rate."""
    writer_for(encoding.format).check(encoding)


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """Mono 16-bit samples as a segment in the encoding's format."""
    return writer_for(encoding.format).encode(pcm, encoding)


def encoded_segment_key(rendered: str, encoding: Encoding) -> str:
    """The key of an encoded segment, from that of the rendered one."""
    return writer_for(encoding.format).segment_key(rendered, encoding)
