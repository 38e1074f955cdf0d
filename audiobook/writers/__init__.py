"""Sound → files: MP3 frames that stand alone, joined behind a tag, and read back before they are called done."""

from audiobook.writers.album import Album
from audiobook.writers.delivery import Delivered, EncodedChapter, deliver_book, deliver_chapters, growing_book
from audiobook.writers.mp3.encoding import Encoded, encode, encoded_segment_key
from audiobook.writers.mp3.frames import LEAD
from audiobook.writers.mp3.frames import layout as check_encoding
from audiobook.writers.mp3.growing import Growing
from audiobook.writers.output_files import check_file, check_folder, write_bytes, write_text

__all__ = [
    "LEAD",
    "Album",
    "Delivered",
    "Encoded",
    "EncodedChapter",
    "Growing",
    "check_encoding",
    "check_file",
    "check_folder",
    "deliver_book",
    "deliver_chapters",
    "encode",
    "encoded_segment_key",
    "growing_book",
    "write_bytes",
    "write_text",
]
