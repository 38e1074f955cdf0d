"""Contract tests for every row of the table of writers. A new row is tested without changes here."""

import array
import base64
import errno
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import mutagen
import mutagen.flac
import mutagen.mp4
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import DeliveryError, UsageError
from audiobook.mixing import apply_gain
from audiobook.model.book import Cover
from audiobook.model.clip import EncodedSegment
from audiobook.model.cue import Sound
from audiobook.model.request import Encoding
from audiobook.quality.sound_stream import Header, read_header
from audiobook.runtime import ffmpeg
from audiobook.writers import (
    Album,
    DeliveredFiles,
    Encoded,
    EncodedChapter,
    GrowingFile,
    Writer,
    clip_bytes,
    deliver_book,
    deliver_chapters,
    grow_book,
    writer_for,
)
from audiobook.writers.album import one_line
from audiobook.writers.formats import AUDIOBOOKS, CLIPS, WRITERS, find_suffix
from tests.conftest import ROOT
from tests.sounds import first_audible, loudest, samples_of, silence, tone

PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(200))
ALBUM = Album(
    title="The Lantern",
    authors=("Ada Quill", "Bo Reed"),
    narrators=("en-us+f3",),
    genre="Fantasy",
    year="1901",
    comment="Made offline.",
    cover=Cover(data=PICTURE, media_type="image/jpeg"),
)
NASTY = [
    "= ; # \\ ]",
    "[CHAPTER]",
    ";FFMETADATA1",
    "🏮 العربية \u202ertl",
    "a\nb\r\nc\0d",
    "/../",
    "x" * 5000,
    '"“„«',
    "\ufeffBOM",
    "\\",
    " \n ",
    "CHAPTER001=00:00:00.000",
]

ALL = [writer_for(name) for name in WRITERS]
every_writer = pytest.mark.parametrize("writer", ALL, ids=lambda writer: writer.name)
LOSSLESS = [writer for writer in ALL if writer.is_lossless]
every_lossless_writer = pytest.mark.parametrize("writer", LOSSLESS, ids=lambda writer: writer.name)


def encoding_of(writer: Writer, **wanted: int) -> Encoding:
    return Encoding(format=writer.name, **{"sample_rate": writer.default_sample_rate, **wanted})


class Book:
    """Chapters of encoded sound, kept in memory as the cache would keep them."""

    def __init__(self, writer: Writer, chapters: Sequence[tuple[str, Sequence[bytes]]], **wanted: int) -> None:
        self.encoding = encoding_of(writer, **wanted)
        self.writer = writer
        self.sound = b"".join(pcm for _, segments in chapters for pcm in segments)
        self.data: dict[str, bytes] = {}
        made = {
            pcm: writer.encode([pcm], self.encoding) for pcm in {pcm for _, segments in chapters for pcm in segments}
        }
        self.chapters = [
            EncodedChapter(
                number=number, title=title, encoded_segments=tuple(self._kept(made[pcm]) for pcm in segments)
            )
            for number, (title, segments) in enumerate(chapters, 1)
        ]

    def _kept(self, encoded: Encoded) -> EncodedSegment:
        key = str(hash(encoded.data))
        self.data[key] = encoded.data
        return EncodedSegment(key=key, samples=encoded.samples, crc=encoded.crc)

    @property
    def segments(self) -> list[EncodedSegment]:
        return [segment for chapter in self.chapters for segment in chapter.encoded_segments]

    def load(self, segment: EncodedSegment) -> bytes:
        return self.data[segment.key]

    def deliver(self, target: Path, album: Album = ALBUM, growing: GrowingFile | None = None) -> DeliveredFiles:
        return deliver_book(self.chapters, album, self.encoding, target, self.load, growing=growing)

    def grow(self, target: Path) -> GrowingFile:
        return grow_book([chapter.title for chapter in self.chapters], ALBUM, self.encoding, target, self.load)


def spoken(seconds: float = 0.3, sample_rate: int = 22050, hertz: float = 440.0) -> bytes:
    """A soft-ended tone and a silence, as a take and its pause."""
    margin = silence(0.01, sample_rate)
    take = Sound(pcm=margin + tone(seconds, hertz=hertz, sample_rate=sample_rate).pcm + margin, sample_rate=sample_rate)
    return apply_gain(take, 0.0, sample_rate) + silence(0.3, sample_rate)


def noise(samples: int, seed: int = 1) -> bytes:
    """Sound that a wrong sample cannot hide in."""
    return random.Random(seed).randbytes(2 * samples)


def two_chapters(writer: Writer, **wanted: int) -> Book:
    sample_rate = wanted.get("sample_rate", writer.default_sample_rate)
    parts = [spoken(0.3, sample_rate), spoken(0.41, sample_rate, 660), spoken(0.35, sample_rate, 520)]
    return Book(writer, [("One", parts[:2]), ("Two", parts[2:])], **wanted)


def played(path: Path, writer: Writer, *, channels: int = 1) -> "array.array[int]":
    """What ffmpeg's decoder makes of a file, without the delay of an encoder."""
    rate = ("-ar", str(writer.default_sample_rate)) if writer.name == "opus" else ()  # decoders give 48 kHz
    pcm, _ = ffmpeg.run(["-i", path, "-map", "0:a", "-ac", str(channels), *rate, "-f", "s16le", "pipe:1"])
    return samples_of(pcm)


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def file_in(folder: Path, writer: Writer) -> Path:
    return folder / f"b{writer.suffix}"


def chapter_list(path: Path) -> list[tuple[str, float]]:
    found: Header = read_header(path)
    return [(span.title, span.start) for span in found.spans]


def read_by_mutagen(path: Path) -> dict[str, str]:
    """Tags as another library reads them, by the names of ID3's frames."""
    load: Any = mutagen.File
    tags = load(path).tags
    names = {"TIT2": "title", "TALB": "album", "TPE1": "artist", "TCOM": "composer", "TCON": "genre", "TRCK": "track"}
    if isinstance(tags, mutagen.mp4.MP4Tags):
        names = {"\xa9nam": "title", "\xa9alb": "album", "\xa9ART": "artist", "\xa9wrt": "composer", "\xa9gen": "genre"}
        track = {"track": "{}/{}".format(*tags["trkn"][0])} if "trkn" in tags else {}
        return {name: str(tags[atom][0]) for atom, name in names.items() if atom in tags} | track
    if "TIT2" in tags:
        return {name: str(tags[frame]) for frame, name in names.items() if frame in tags}
    return {name: tags[name][0] for name in names.values() if name in tags}


def picture_by_mutagen(path: Path) -> bytes:
    load: Any = mutagen.File
    found = load(path)
    if hasattr(found, "pictures"):  # FLAC
        return bytes(found.pictures[0].data)
    if hasattr(found.tags, "getall"):  # ID3
        return bytes(found.tags.getall("APIC")[0].data)
    if isinstance(found.tags, mutagen.mp4.MP4Tags):
        return bytes(found.tags["covr"][0])
    picture: Any = mutagen.flac.Picture
    return bytes(picture(base64.b64decode(found.tags["metadata_block_picture"][0])).data)


# --- one segment


@every_writer
def test_a_segment_is_as_long_as_its_sound_but_for_the_stated_delay(writer: Writer) -> None:
    encoding = encoding_of(writer)
    for samples in (16, 2_047, 2_048, 2_049, 2_048 * 3 + 5, 22_050, 40_000):
        encoded = writer.encode([noise(samples - 16), bytes(32)], encoding)
        assert encoded.sound == samples
        assert -writer.most_added <= encoded.samples - samples <= writer.most_added


@every_writer
def test_it_does_not_matter_in_which_pieces_a_segment_comes(writer: Writer) -> None:
    encoding, pcm = encoding_of(writer), spoken(sample_rate=writer.default_sample_rate)
    pieces = [pcm[at : at + 1_000] for at in range(0, len(pcm), 1_000)]
    assert writer.encode(pieces, encoding) == writer.encode([pcm], encoding)


@every_writer
@pytest.mark.parametrize("channels", [1, 2])
def test_a_segment_can_be_played_by_itself(writer: Writer, channels: int) -> None:
    encoding, pcm = encoding_of(writer, channels=channels), spoken(sample_rate=writer.default_sample_rate)
    encoded = writer.encode([pcm], encoding)
    decoded = writer.decode(encoded.data, encoding)
    if writer.is_lossless:
        assert decoded == pcm
    assert abs(len(decoded) - len(pcm)) <= 2 * (writer.lead + 2 * writer.most_added)
    assert loudest(samples_of(decoded)) == pytest.approx(loudest(samples_of(pcm)), rel=0.1)


def test_each_format_and_encoding_has_its_own_segments_in_the_cache() -> None:
    wanted = [{}, {"sample_rate": 44_100}]
    keys = {writer.segment_key("samples", Encoding(format=writer.name, **own)) for writer in ALL for own in wanted}
    assert len(keys) == len(ALL) * len(wanted)


@every_writer
@pytest.mark.parametrize("wrong", [{"sample_rate": 12_345}, {"channels": 3}, {"channels": 0}])
def test_what_a_format_cannot_have_is_a_usage_error(writer: Writer, wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        writer.check(Encoding(format=writer.name, **wrong))


# --- one file


@every_writer
@pytest.mark.parametrize(
    "wanted", [{}, {"sample_rate": 16_000, "bitrate": 32}, {"sample_rate": 44_100, "bitrate": 128, "channels": 2}]
)
def test_a_file_lasts_as_long_as_its_chapters_and_each_is_heard_at_its_mark(
    writer: Writer, wanted: dict[str, int], tmp_path: Path
) -> None:
    try:
        writer.check(encoding_of(writer, **wanted))
    except UsageError:
        pytest.skip("the format does not have this sample rate or bit rate")
    book = two_chapters(writer, **wanted)
    delivered = book.deliver(file_in(tmp_path, writer))
    samples, sample_rate = played(file_in(tmp_path, writer), writer), book.encoding.sample_rate
    assert len(samples) == delivered.marks[-1].end
    for mark in delivered.marks:
        late = first_audible(samples, max(0, mark.start - sample_rate // 10)) - mark.start
        assert -0.005 < late / sample_rate < 0.02 + writer.lead / sample_rate


@every_writer
def test_nothing_is_heard_where_segments_are_joined(writer: Writer, tmp_path: Path) -> None:
    sample_rate = writer.default_sample_rate
    book = Book(
        writer, [("One", [spoken(sample_rate=sample_rate)] * 3), ("Two", [spoken(sample_rate=sample_rate)] * 3)]
    )
    book.deliver(file_in(tmp_path, writer))
    samples, length = played(file_in(tmp_path, writer), writer), book.segments[0].samples
    for join in range(length, 6 * length - sample_rate // 10, length):
        assert loudest(samples[join - sample_rate // 5 : join + sample_rate // 200]) < 150  # -47 dB
        assert loudest(samples[join : join + sample_rate // 10]) > 5_000


@every_lossless_writer
@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.integers(16, 60) | st.integers(2_030, 2_070) | st.integers(4_000, 30_000), min_size=1, max_size=6),
    st.sampled_from([1, 2]),
    st.sampled_from([8_000, 11_025, 22_050, 44_100]),
)
def test_without_loss_the_decoded_sound_is_the_rendered_sound(
    writer: Writer, lengths: list[int], channels: int, sample_rate: int
) -> None:
    segments = [noise(length, seed) for seed, length in enumerate(lengths)]
    book = Book(writer, [("One", segments[:1]), ("Two", segments[1:])], channels=channels, sample_rate=sample_rate)
    with tempfile.TemporaryDirectory() as folder:
        book.deliver(file_in(Path(folder), writer))
        heard = played(file_in(Path(folder), writer), writer, channels=channels)
    for channel in range(channels):
        assert heard[channel::channels] == samples_of(book.sound)


@every_writer
@pytest.mark.parametrize("channels", [1, 2])
def test_another_library_reads_the_same_format_and_length(writer: Writer, channels: int, tmp_path: Path) -> None:
    delivered = two_chapters(writer, channels=channels).deliver(file_in(tmp_path, writer))
    load: Any = mutagen.File
    info = load(file_in(tmp_path, writer)).info
    lead = writer.lead if writer.name == "m4b" else 0  # mutagen ignores the edit list of an MP4 file
    assert info.length == pytest.approx((delivered.marks[-1].end + lead) / delivered.sample_rate, abs=1e-6)
    assert info.channels == channels
    assert getattr(info, "sample_rate", delivered.sample_rate) == delivered.sample_rate  # Opus states none


@every_writer
def test_tags_and_cover_are_read_by_another_library(writer: Writer, tmp_path: Path) -> None:
    two_chapters(writer).deliver(file_in(tmp_path, writer))
    assert read_by_mutagen(file_in(tmp_path, writer)) == {
        "title": "The Lantern",
        "album": "The Lantern",
        "artist": "Ada Quill, Bo Reed",
        "composer": "en-us+f3",
        "genre": "Fantasy",
    }
    assert picture_by_mutagen(file_in(tmp_path, writer)) == PICTURE


@every_writer
def test_odd_titles_come_back_the_same(writer: Writer, tmp_path: Path) -> None:
    book = Book(writer, [(title, [spoken()]) for title in NASTY])
    book.deliver(file_in(tmp_path, writer), Album(title=NASTY[3], authors=(NASTY[0], NASTY[4])))
    found = [title for title, _ in chapter_list(file_in(tmp_path, writer))]
    meant = [one_line(title) or f"Chapter {number}" for number, title in enumerate(NASTY, 1)]
    assert [title[:500] for title in found] == [title[:500] for title in meant]  # in a WAV, ffmpeg reads no more
    assert read_by_mutagen(file_in(tmp_path, writer))["artist"] == one_line(f"{NASTY[0]}, {NASTY[4]}")


@every_writer
@settings(deadline=None, max_examples=15)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_titles_with_any_character_at_all_are_delivered(writer: Writer, titles: list[str]) -> None:
    """Delivery reads every title back and compares; nothing may make it complain."""
    with tempfile.TemporaryDirectory() as folder:
        Book(writer, [(title, [spoken()]) for title in titles]).deliver(file_in(Path(folder), writer))


@every_writer
@pytest.mark.parametrize("count", [1, 2, 999, 1_000])
def test_a_file_lists_as_many_chapters_as_it_has(writer: Writer, count: int, tmp_path: Path) -> None:
    book = Book(writer, [(f"The {number}th", [spoken(0.05)]) for number in range(count)])
    delivered = book.deliver(file_in(tmp_path, writer))
    found = chapter_list(file_in(tmp_path, writer))
    assert [title for title, _ in found] == [mark.title for mark in delivered.marks]
    for (_, start), mark in zip(found, delivered.marks, strict=True):
        assert start == pytest.approx(mark.start / delivered.sample_rate, abs=0.001)


# --- a folder


@every_writer
def test_one_file_a_chapter_comes_numbered_tagged_and_with_a_playlist(writer: Writer, tmp_path: Path) -> None:
    book = two_chapters(writer)
    delivered = deliver_chapters(book.chapters, ALBUM, book.encoding, tmp_path, book.load)
    names = [f"01 - One{writer.suffix}", f"02 - Two{writer.suffix}", "The Lantern.m3u8"]
    assert [path.name for path in delivered.files] == listed(tmp_path) == names
    assert read_by_mutagen(tmp_path / names[1])["title"] == "Two"
    assert read_by_mutagen(tmp_path / names[1])["album"] == "The Lantern"
    lines = (tmp_path / names[2]).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == names[:2]
    lengths = [len(played(tmp_path / name, writer)) for name in names[:2]]
    assert sum(lengths) == delivered.marks[-1].end - writer.lead


@every_writer
def test_files_of_an_earlier_build_in_another_format_are_removed(writer: Writer, tmp_path: Path) -> None:
    for own in (*ALL, writer):
        book = two_chapters(own)
        deliver_chapters(book.chapters, ALBUM, book.encoding, tmp_path, book.load)
    assert listed(tmp_path) == [f"01 - One{writer.suffix}", f"02 - Two{writer.suffix}", "The Lantern.m3u8"]


# --- while it is written


@every_writer
@pytest.mark.parametrize("early", range(4))
def test_a_file_that_grows_with_its_segments_is_the_file_that_is_written_at_once(
    writer: Writer, early: int, tmp_path: Path
) -> None:
    book = two_chapters(writer)
    target = file_in(tmp_path, writer)
    with book.grow(target) as growing:
        for segment in book.segments[:early]:
            growing.take(segment)
        book.deliver(target, growing=growing)
    (tmp_path / "at once").mkdir()
    book.deliver(file_in(tmp_path / "at once", writer))
    assert target.read_bytes() == file_in(tmp_path / "at once", writer).read_bytes()
    assert listed(tmp_path) == ["at once", target.name]


@every_writer
def test_what_has_grown_is_not_read_again(writer: Writer, tmp_path: Path) -> None:
    book, read = two_chapters(writer), list[str]()

    def load(segment: EncodedSegment) -> bytes:
        read.append(segment.key)
        return book.load(segment)

    target = file_in(tmp_path, writer)
    with grow_book(["One", "Two"], ALBUM, book.encoding, target, load) as growing:
        for segment in book.segments[:2]:
            growing.take(segment)
        deliver_book(book.chapters, ALBUM, book.encoding, target, load, growing=growing)
    assert len(read) == len(book.segments)


@every_writer
def test_a_killed_build_leaves_nothing_that_the_next_one_does_not_remove(writer: Writer, tmp_path: Path) -> None:
    target = file_in(tmp_path, writer)
    target.write_bytes(b"old")
    program = (
        "import os, pathlib, sys\n"
        "from tests.writers.test_writer_contract import two_chapters, writer_for\n"
        "book = two_chapters(writer_for(sys.argv[1]))\n"
        "growing = book.grow(pathlib.Path(sys.argv[2])).__enter__()\n"
        "growing.take(book.segments[0])\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, writer.name, target], check=True, cwd=ROOT, timeout=60)
    assert len(listed(tmp_path)) == 2
    assert target.read_bytes() == b"old"
    two_chapters(writer).deliver(target)
    assert listed(tmp_path) == [target.name]


@every_writer
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_whatever_goes_wrong_the_older_file_stays_and_nothing_half_written(
    writer: Writer, failure: BaseException, tmp_path: Path
) -> None:
    book, target = two_chapters(writer), file_in(tmp_path, writer)
    target.write_bytes(b"old")
    left = iter(book.segments[:2])

    def load(segment: EncodedSegment) -> bytes:
        if next(left, None) is None:
            raise failure
        return book.load(segment)

    with pytest.raises(DeliveryError if isinstance(failure, OSError) else type(failure)) as caught:
        deliver_book(book.chapters, ALBUM, book.encoding, target, load)
    if isinstance(caught.value, DeliveryError):
        assert "make room" in str(caught.value.hint)
    assert target.read_bytes() == b"old"
    assert listed(tmp_path) == [target.name]


@pytest.mark.parametrize("writer", [own for own in ALL if own.sound_bytes], ids=lambda writer: writer.name)
def test_a_disk_that_is_too_small_is_noticed_before_anything_is_written(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = two_chapters(writer)
    free = len(book.sound) - 1
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(9**9, 0, free))
    monkeypatch.setattr(book, "load", lambda segment: pytest.fail("it is read although there is no room"))
    with pytest.raises(DeliveryError, match="no space left") as caught:
        book.deliver(file_in(tmp_path, writer))
    assert "make room" in str(caught.value.hint)
    assert listed(tmp_path) == []


@every_writer
def test_a_segment_that_lost_its_end_is_found_before_the_file_gets_its_name(writer: Writer, tmp_path: Path) -> None:
    book = Book(writer, [("One", [spoken(1.5), spoken(1.6)])])
    book.data[book.segments[0].key] = book.data[book.segments[0].key][:-3_000]
    with pytest.raises(DeliveryError):
        book.deliver(file_in(tmp_path, writer))
    assert listed(tmp_path) == []


@every_lossless_writer
@pytest.mark.parametrize("channels", [1, 2])
def test_without_loss_a_single_changed_bit_is_found(writer: Writer, channels: int, tmp_path: Path) -> None:
    book = Book(writer, [("One", [spoken(), spoken(0.4)])], channels=channels)
    damaged = bytearray(book.data[book.segments[1].key])
    damaged[len(damaged) // 3] ^= 8
    book.data[book.segments[1].key] = bytes(damaged)
    with pytest.raises(DeliveryError, match="has other samples"):
        book.deliver(file_in(tmp_path, writer))


# --- the table


@pytest.mark.parametrize("name", WRITERS)
def test_the_name_and_the_suffix_choose_the_writer(name: str) -> None:
    writer = writer_for(name)
    assert (writer.name, writer.suffix) == (name, f".{name}")
    for formats in (AUDIOBOOKS, CLIPS):
        assert formats[find_suffix(Path(f"book{writer.suffix.upper()}"), formats)] == name


def test_an_unknown_format_is_a_usage_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        writer_for("cassette")
    assert "mp3, m4b" in str(caught.value.hint)


@every_writer
def test_a_short_sound_becomes_a_whole_file_in_memory(writer: Writer, tmp_path: Path) -> None:
    encoding = encoding_of(writer)
    encoded = writer.encode([spoken()], encoding)
    path = file_in(tmp_path, writer)
    path.write_bytes(clip_bytes(encoded, encoding, "Good evening."))
    assert len(played(path, writer)) == encoded.samples - writer.lead
    assert read_by_mutagen(path)["title"] == "Good evening."
