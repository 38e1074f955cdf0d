"""The header frame: what LAME's tag must say, and its checksums."""

import io
from collections.abc import Iterable
from typing import BinaryIO

import mutagen.mp3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.writers.mp3.checksums import combine_crcs, crc16, music_crc
from audiobook.writers.mp3.encoding import encode
from audiobook.writers.mp3.frames import LEAD, Layout, layout
from audiobook.writers.mp3.joining import Stream, header_bytes
from tests.sounds import silence, tone
from tests.writers.encoding_helpers import burst


def test_the_checksum_is_the_catalogued_one() -> None:
    assert crc16(b"123456789") == 0xBB3D  # CRC-16/ARC


@settings(deadline=None, max_examples=25)
@given(st.lists(st.binary(max_size=50_000), max_size=5), st.integers(0, 3))
def test_a_long_streams_checksum_is_made_of_its_parts(parts: list[bytes], zeros: int) -> None:
    parts = [*parts, bytes(zeros * 32767)]
    crc = 0
    for part in parts:
        crc = combine_crcs(crc, music_crc(part), len(part))
    assert crc == music_crc(b"".join(parts)) == crc16(b"".join(parts))


@pytest.mark.parametrize("encoding", [Encoding(), Encoding(sample_rate=44100, bitrate=128, channels=2)], ids=str)
def test_our_header_frame_counts_as_ffmpegs_own_does(encoding: Encoding) -> None:
    """ffmpeg writes such a header too: over the same frames, frame count, size and checksum are the same."""
    source = [
        "-f",
        "s16le",
        "-ar",
        str(encoding.sample_rate),
        "-ac",
        "1",
        "-i",
        "pipe:0",
        "-ac",
        str(encoding.channels),
    ]
    settings = ["-c:a", "libmp3lame", "-b:a", f"{encoding.bitrate}k", "-reservoir", "0", "-id3v2_version", "0"]
    theirs = ffmpeg_file([*source, *settings], tone(1.0, sample_rate=encoding.sample_rate).pcm)
    form = layout(encoding)
    music_at = theirs.index(form.header[:2], 4)
    music = theirs[music_at:]
    file = io.BytesIO()
    write(file, [(music, music_crc(music))], frames_in(theirs, form.side_info), form)
    ours = file.getvalue()
    at = 4 + form.side_info
    assert ours[at : at + 12] == theirs[at : at + 12]  # name, flags, frames
    assert crc_of_music(ours, form.side_info) == crc_of_music(theirs, form.side_info)
    if music_at == header_bytes(form):
        assert ours[at + 12 : at + 16] == theirs[at + 12 : at + 16]  # bytes


def ffmpeg_file(arguments: list[str], pcm: bytes) -> bytes:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:  # its header is written last, so it needs a file
        path = Path(folder, "a.mp3")
        ffmpeg.pipe([*arguments, path], [pcm])
        return path.read_bytes()


def write(file: BinaryIO, parts: Iterable[tuple[bytes, int]], frames: int, form: Layout) -> None:
    stream = Stream(file, form)
    for part, crc in parts:
        stream.add(part, crc)
    stream.finish(frames)


def frames_in(mp3: bytes, side_info: int) -> int:
    return int.from_bytes(mp3[4 + side_info + 8 : 4 + side_info + 12], "big")


def crc_of_music(mp3: bytes, side_info: int) -> bytes:
    return mp3[4 + side_info + 120 + 32 : 4 + side_info + 120 + 34]


@pytest.mark.parametrize(
    ("sample_rate", "bitrate", "channels"), [(22050, 64, 1), (22050, 16, 2), (48000, 32, 1), (44100, 320, 2)]
)
def test_another_library_reads_length_and_encoder_from_our_header(
    sample_rate: int, bitrate: int, channels: int
) -> None:
    encoding = Encoding(sample_rate=sample_rate, bitrate=bitrate, channels=channels)
    part = encode([tone(0.5, sample_rate=sample_rate).pcm, silence(0.5, sample_rate)], encoding)
    form = layout(encoding)
    file = io.BytesIO()
    write(file, [(part.data, part.crc)] * 3, 3 * part.samples // form.samples, form)
    file.seek(0)
    info = mutagen.mp3.MPEGInfo(file)
    assert info.length == pytest.approx((3 * part.samples - LEAD) / sample_rate, abs=1e-6)
    assert (info.sample_rate, info.channels) == (sample_rate, channels)
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert info.encoder_info.startswith("LAME 3.100")


def test_the_table_of_contents_points_at_the_right_hundredth() -> None:
    form = layout(Encoding())
    file = io.BytesIO()
    write(file, [(burst().data, burst().crc)] * 40, 40 * burst().samples // 576, form)
    data = file.getvalue()
    table = data[4 + form.side_info + 16 : 4 + form.side_info + 116]
    assert all(abs(entry / 256 - percent / 100) < 0.015 for percent, entry in enumerate(table))
    assert list(table) == sorted(table)
