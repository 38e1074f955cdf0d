"""Fuzz sound files of engines, covers, MP3 frames and listings of ffmpeg."""

import io
import wave
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from audiobook.engines.sounds import read_sound, read_wave
from audiobook.errors import DeliveryError, EngineError
from audiobook.model.book import Cover
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import parse_listing
from audiobook.writers.covers import MOST_BYTES, fit_cover
from audiobook.writers.id3 import picture, tag, text
from audiobook.writers.mp3.frames import frame_offsets, layout
from audiobook.writers.mp3.verify import ExpectedContent, verify_content
from audiobook.writers.playlist import listed_files
from tests.sounds import tone
from tests.writers.encoding_helpers import burst
from tools.fuzz.mutation import HOSTILE, mutator
from tools.fuzz.parsers import Parser

_FORM = layout(Encoding())
_MEANT = ExpectedContent(seconds=1.0, frames_seconds=1.0, resampled_length=100, tags={"title": "x"})


def _covers(data: bytes, folder: Path) -> None:
    for picture_data in (data, data.ljust(MOST_BYTES + 1, b"\0")):  # the larger one is always converted
        kept = fit_cover(Cover(data=picture_data, media_type="image/png"))
        assert kept is None or (len(kept.data) <= MOST_BYTES and kept.data[:2] in {b"\xff\xd8", b"\x89P"})


def _sound(data: bytes, folder: Path) -> None:
    path = folder / "said.wav"
    path.write_bytes(data)
    with suppress(EngineError):
        read_sound(path)
    found = read_wave(io.BytesIO(data))
    assert found is None or len(found.pcm) % 2 == 0


def _frames(data: bytes, folder: Path) -> None:
    with suppress(ValueError):
        found = frame_offsets(data, _FORM)
        assert found[-1] == len(data)
        assert found == sorted(set(found))
    path = folder / "book.mp3"
    path.write_bytes(data)
    verify_content(path, _MEANT)


def _listing(data: bytes, folder: Path) -> None:
    parse_listing(data.decode("utf-8", "replace"))
    (folder / "list.m3u8").write_bytes(data)
    assert all("/" not in name for name in listed_files(folder, [".mp3"]))


def _pictures() -> list[bytes]:
    made = []
    for codec, container in _CODECS.items():
        form = ["-f", "lavfi", "-i", "testsrc=size=24x32:rate=1", "-frames:v", "1", "-c:v", codec]
        made.append(ffmpeg.run([*form, "-strict", "-1", "-f", container, "pipe:1"])[0])
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    lists = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile /etc/passwd\n"
    return [*made, svg, *lists]


def _sounds() -> list[bytes]:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as writer:
        writer.setparams((1, 2, 22050, 0, "NONE", "NONE"))
        writer.writeframes(tone(0.02).pcm)
    others = [
        ffmpeg.run(["-f", "lavfi", "-i", "sine=d=0.02", "-f", kind, "pipe:1"])[0]
        for kind in ("wav", "au", "flac", "caf")
    ]
    return [buffer.getvalue(), *others]


def _mp3s() -> list[bytes]:
    encoded = burst().data[: _FORM.size * 9]
    tagged = tag([text("TIT2", "x"), picture(b"\x89PNG", "image/png")]) + encoded
    return [encoded, tagged, encoded[: _FORM.size], _FORM.header * 40]


def _listings() -> list[bytes]:
    head = b";FFMETADATA1\ntitle=a\\=b\\;c\\#d\\\\e\\\nf\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=5\ntitle=[CHAPTER]\n"
    ours = b"# Made by audiobook. The files listed here are replaced when the book is built again."
    return [head, b"#EXTM3U\n" + ours + b"\n#EXTINF:1,x\n01 - x.mp3\n../../01 - x.mp3\n"]


def _parser(run: object, seeds: object, words: Sequence[str | bytes], *declared: type[Exception]) -> Parser:
    return Parser(seeds=seeds, mutate=mutator(words), run=run, declared=declared)  # type: ignore[arg-type]


_CODECS = {"png": "image2pipe", "mjpeg": "image2pipe", "gif": "gif", "bmp": "image2pipe", "tiff": "image2pipe"}
_ZEROS, _ONES = bytes(4), b"\xff" * 4
_CHUNKS = (*(b"RIFF", b"WAVE", b"fmt ", b"data", b"LIST", b"FORM", b"AIFF", _ZEROS, _ONES, b"\x01\x00", b"\xfe\xff"),)
_SEGMENTS = (
    *(b"IHDR", b"IDAT", b"IEND", b"\xff\xd8\xff", b"\xff\xc0", b"\x7f\xff\xff\xff", _ONES, b"GIF89a"),
    *(b"RIFF\x00\x00\x00\x00WEBP", b"#EXTM3U\n", b"file:///etc/passwd"),
)
_FRAMES = (
    *(_FORM.header, b"ID3\x03\x00\x00", b"CHAP", b"CTOC", b"APIC", b"TIT2", b"Xing", b"Info", b"\x7f\x7f\x7f\x7f"),
    *(b"TAG", b"APETAGEX", bytes(_FORM.size - 4)),
)
_LINES = (b"[CHAPTER]\n", b"\\", b"=", b"\n", b"TIMEBASE=", b"1/0", b";", b"#", b"#EXTINF:", b".mp3", b"01 - ", b"../")

PARSERS = {
    "covers": _parser(_covers, _pictures, _SEGMENTS),
    "sound-files": _parser(_sound, _sounds, _CHUNKS),
    "frames": _parser(_frames, _mp3s, _FRAMES, DeliveryError),
    "listing": _parser(_listing, _listings, (*_LINES, *HOSTILE)),
}
