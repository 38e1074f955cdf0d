"""Write sound files: encode segments, join them with tags and chapters, and verify the files before delivery.

formats       the table of formats
contract      the interface of a writer
mp3/ m4b/ opus/ flac/ wav/  one folder for each format
companions/   captions, and a page that shows the text while it is heard
lossy         what the writers of lossy formats share
delivery      writes the files of a build: one file, or one for each chapter and a playlist
album         metadata of the book and its chapters, independent of the format
covers        cover pictures, converted and shrunk if necessary
verify        compares finished files with what was intended, using ffmpeg
file_names    file names made from titles
output_files  checks of output paths, atomic writing, error messages
playlist      the playlist of a build with one file per chapter
growing       a file that is written while its segments are still being encoded
id3           ID3 tags, for MP3 and WAV
vorbis_comments  Vorbis comments, for FLAC and Opus
channels      mono to stereo and back
"""

from collections.abc import Iterable

from audiobook.model.request import Encoding
from audiobook.writers.album import Album
from audiobook.writers.contract import Encoded, Writer
from audiobook.writers.delivery import (
    DeliveredFiles,
    EncodedChapter,
    clip_bytes,
    deliver_book,
    deliver_chapters,
    grow_book,
)
from audiobook.writers.formats import writer_for
from audiobook.writers.growing import GrowingFile
from audiobook.writers.output_files import check_file, check_folder, check_free_space, write_bytes, write_text

__all__ = [
    "Album",
    "DeliveredFiles",
    "Encoded",
    "EncodedChapter",
    "GrowingFile",
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
    """Raises UsageError if the format is unknown or does not support the sample rate, channels or bit rate."""
    writer_for(encoding.format).check(encoding)


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """Encode mono 16-bit samples as one segment in the encoding's format."""
    return writer_for(encoding.format).encode(pcm, encoding)


def encoded_segment_key(rendered: str, encoding: Encoding) -> str:
    """The cache key of an encoded segment, made from the key of the rendered segment."""
    return writer_for(encoding.format).segment_key(rendered, encoding)
