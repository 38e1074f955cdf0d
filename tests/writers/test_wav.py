"""WAV: chunks as the standard library and a reader of our own find them, and files above 4 GB."""

import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobook.model.clip import EncodedSegment, Mark
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.writers import Album
from audiobook.writers.album import FileTags
from audiobook.writers.verify import list_file
from audiobook.writers.wav.chunks import HEAD_BYTES, chapter_chunks, head
from audiobook.writers.wav.writer import WRITER
from tests.sounds import tone

ENCODING = Encoding(format="wav")
MARKS = (Mark(title="One", start=0, end=1_000), Mark(title="Zwö", start=1_000, end=22_050))
TAGS = FileTags(album=Album(title="Lantern", authors=("Ada",)), marks=MARKS)


def chunks_of(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(data)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "b.wav"
    encoded = WRITER.encode([tone(1.0).pcm], ENCODING)
    with path.open("xb") as file:
        joined = WRITER.join(file, ENCODING, TAGS)
        joined.add(encoded.data, EncodedSegment(key="", samples=encoded.samples, crc=encoded.crc))
        joined.finish(TAGS)
    return path


def test_the_standard_library_reads_the_samples(written: Path) -> None:
    with wave.open(str(written)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22_050)
        assert file.readframes(file.getnframes()) == tone(1.0).pcm


def test_chapters_are_cue_points_with_labels_and_tags_are_in_two_chunks(written: Path) -> None:
    data = written.read_bytes()
    found = list(chunks_of(data))
    assert struct.unpack_from("<4sI4s", data) == (b"RIFF", len(data) - 8, b"WAVE")
    assert [name for name, _ in found] == [b"JUNK", b"fmt ", b"data", b"cue ", b"LIST", b"LIST", b"id3 "]
    cue, adtl, info = found[3][1], found[4][1], found[5][1]
    assert struct.unpack_from("<I", cue) == (2,)
    assert [struct.unpack_from("<I16xI", cue, 4 + 24 * at) for at in range(2)] == [(1, 0), (2, 1_000)]
    assert b"labl" in adtl
    assert "Zwö\0".encode() in adtl
    assert b"INAM\x08\0\0\0Lantern\0" in info
    assert found[6][1].startswith(b"ID3")


def test_a_file_above_4_gb_is_rf64_with_its_sizes_in_64_bits(tmp_path: Path) -> None:
    sound, tail = 5 << 30, chapter_chunks(MARKS, 22_050)
    start = head(1, 22_050, sound, len(tail))
    assert len(start) == HEAD_BYTES
    assert start.startswith(b"RF64\xff\xff\xff\xffWAVEds64")
    assert struct.unpack_from("<QQQ", start, 20) == (HEAD_BYTES - 8 + sound + len(tail), sound, sound // 2)
    path = tmp_path / "long.wav"
    with path.open("xb") as file:  # a sparse file: five gigabytes of nothing
        file.write(start)
        file.seek(sound, 1)
        file.write(tail)
    assert list_file(path, "wav").seconds == pytest.approx(sound / 2 / 22_050, abs=0.01)
    pcm, _ = ffmpeg.run(["-ss", "120000", "-i", path, "-t", "1", "-f", "s16le", "pipe:1"])
    assert len(pcm) == 2 * 22_050


@pytest.mark.parametrize("over", [0, 1])
def test_4_gb_is_where_it_changes(over: int) -> None:
    sound = 0xFFFFFFFF - (HEAD_BYTES - 8) + over
    assert head(1, 22_050, sound, 0)[:4] == (b"RF64" if over else b"RIFF")


def test_a_chapter_beyond_32_bits_has_no_cue_point() -> None:
    late = (*MARKS, Mark(title="Late", start=1 << 32, end=(1 << 32) + 5))
    assert struct.unpack_from("<I", chapter_chunks(late, 22_050), 8) == (2,)
