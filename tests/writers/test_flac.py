"""FLAC: frames found and moved, checksums by the book, and what the head says."""

import hashlib
import random
from pathlib import Path
from typing import Any

import mutagen.flac
import pytest

from audiobook.errors import DeliveryError
from audiobook.model.clip import EncodedSegment, Mark
from audiobook.model.request import Encoding
from audiobook.writers import Album
from audiobook.writers.album import FileTags
from audiobook.writers.flac import writer as flac
from audiobook.writers.flac.frames import find_frames, move_frames, read_form
from audiobook.writers.flac.metadata import HEAD_BYTES, sound_start, tag_blocks

ENCODING = Encoding(format="flac")
TAGS = FileTags(album=Album(title="Lantern"))


def noise(samples: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(2 * samples)


def crc(data: bytes, polynomial: int, bits: int) -> int:
    """A CRC bit by bit, as the RFC defines it."""
    value = 0
    for byte in data:
        value ^= byte << bits - 8
        for _ in range(8):
            value = (value << 1 ^ (polynomial if value >> bits - 1 else 0)) & (1 << bits) - 1
    return value


def number_of(frame: bytes) -> int:
    """The number in a frame's header, which is coded as UTF-8 codes characters."""
    first = frame[4]
    size = 8 - (first ^ 0xFF).bit_length() or 1
    value = first if size == 1 else first & 0xFF >> size + 1
    for byte in frame[5 : 4 + size]:
        value = value << 6 | byte & 0x3F
    return value


def header_size(frame: bytes) -> int:
    size = 8 - (frame[4] ^ 0xFF).bit_length() or 1
    return 5 + size + {6: 1, 7: 2}.get(frame[2] >> 4, 0) + {12: 1, 13: 2, 14: 2}.get(frame[2] & 15, 0)


@pytest.mark.parametrize("sample_rate", [8_000, 11_025, 12_000, 22_050, 44_100])
@pytest.mark.parametrize("first", [0, 127, 2_047, 65_535, (1 << 21) - 5_000, 1 << 26, 1 << 31, (1 << 36) - 50_000])
def test_a_moved_frame_states_its_first_sample_and_has_the_right_checksums(sample_rate: int, first: int) -> None:
    samples = 9_001
    data = flac.encode([noise(samples)], Encoding(format="flac", sample_rate=sample_rate)).data
    form = read_form(data, HEAD_BYTES, int.from_bytes(data[8:10], "big"))
    offsets = find_frames(data, HEAD_BYTES, form, samples)
    moved = move_frames(data, offsets, form, samples, first)
    assert [number_of(frame) for frame in moved] == list(range(first, first + samples, form.block))
    for frame in moved:
        assert frame[:2] == b"\xff\xf9"
        assert crc(frame[: header_size(frame)], 0x07, 8) == 0
        assert crc(frame, 0x8005, 16) == 0


def test_a_segment_is_a_flac_file_of_its_own_with_the_md5_of_its_sound() -> None:
    encoded = flac.encode([noise(5_000)], ENCODING)
    assert sound_start(encoded.data) == HEAD_BYTES
    assert encoded.data[26:42] == hashlib.md5(noise(5_000), usedforsecurity=False).digest()


@pytest.mark.parametrize("samples", [0, 1, 15, 16, 2_048, 2_049, 2_063, 2_064, 4_111])
def test_no_frame_inside_a_file_is_shorter_than_16_samples(samples: int) -> None:
    data = flac.encode([noise(samples)], ENCODING).data
    block = int.from_bytes(data[8:10], "big")
    assert samples < 16 or not 0 < samples % block < 16


@pytest.mark.parametrize("last", [192, 256, 576, 1_152])
def test_a_last_frame_whose_length_has_a_code_of_its_own_is_found(last: int) -> None:
    assert flac.encode([noise(2_048 + last)], ENCODING).samples == 2_048 + last


def test_the_head_of_a_file_says_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "b.flac"
    lengths = [5_000, 2_048, 3_000]
    encoded = [flac.encode([noise(length, length)], ENCODING) for length in lengths]
    segments = [EncodedSegment(key="", samples=own.samples, crc=own.crc) for own in encoded]
    with path.open("xb") as file:
        joined = flac.JoinedFlac(file, ENCODING, TAGS)
        for own, segment in zip(encoded, segments, strict=True):
            joined.add(own.data, segment)
        joined.finish(TAGS)
    flac.verify(path, TAGS, segments, ENCODING)
    load: Any = mutagen.flac.FLAC
    info = load(path).info
    whole = b"".join(noise(length, length) for length in lengths)
    assert info.total_samples == sum(lengths)
    assert info.md5_signature == int.from_bytes(hashlib.md5(whole, usedforsecurity=False).digest(), "big")
    assert (info.min_blocksize, info.max_blocksize) == (5_000 % 2_048, 2_048)  # the last block does not count


def test_data_that_is_no_flac_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    with (tmp_path / "b.flac").open("xb") as file:
        joined = flac.JoinedFlac(file, ENCODING, TAGS)
        for data in (b"", b"fLaC", bytes(100), flac.encode([noise(300)], ENCODING).data[:60]):
            with pytest.raises(DeliveryError, match="wrote invalid FLAC"):
                joined.add(data, EncodedSegment(key="", samples=5_000, crc=0))


def test_tags_have_the_same_length_wherever_the_chapters_begin() -> None:
    early = FileTags(
        album=Album(title="x"), marks=(Mark(title="One", start=0, end=1), Mark(title="Two", start=1, end=2))
    )
    late = (Mark(title="One", start=0, end=7_000_000_000), Mark(title="Two", start=7_000_000_000, end=7_100_000_000))
    there = len(tag_blocks(early, ENCODING))
    assert there == len(tag_blocks(FileTags(album=Album(title="x"), marks=late), ENCODING))


def test_more_chapters_than_can_be_numbered_are_refused() -> None:
    marks = tuple(Mark(title="x", start=at, end=at + 1) for at in range(1_001))
    with pytest.raises(ValueError, match="1000 chapters"):
        tag_blocks(FileTags(album=Album(title="x"), marks=marks), ENCODING)


def test_a_chapter_after_100_hours_is_an_error_with_a_way_out() -> None:
    hours = 3_600 * ENCODING.sample_rate
    marks = (Mark(title="One", start=0, end=100 * hours), Mark(title="Two", start=100 * hours, end=101 * hours))
    with pytest.raises(DeliveryError, match="100 hours") as caught:
        tag_blocks(FileTags(album=Album(title="x"), marks=marks), ENCODING)
    assert "--per-chapter" in str(caught.value.hint)
