"""The contract of every writer: each row of the table of formats writes whole, gapless, tagged and chaptered files."""

import struct
import wave
from dataclasses import replace
from pathlib import Path

import mutagen
import numpy as np
import pytest

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.clip import EncodedSegment
from audiobook.model.request import BuildRequest, Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import LISTING, chapter_times, parse_listing
from audiobook.services import build
from audiobook.writers import Album, EncodedChapter, deliver_book, deliver_chapters, encode, writer_for
from audiobook.writers.flac import frames as flac
from audiobook.writers.formats import AUDIOBOOKS, WRITERS
from audiobook.writers.wav.writer import head
from tests.writers.speechlike import speechlike

RATE = 22050
ALBUM = Album(
    title="The Ferry = 1; #2", authors=("Ada Lee", "Bo Ray"), narrators=("A Voice",), year="1905", comment="Né ici"
)
TITLES = ["I. Über = 1; #2 \\ “quoted”", "第二章", "Three\nlines"]

every_writer = pytest.mark.parametrize("name", WRITERS)
exact_writer = pytest.mark.parametrize("name", [name for name in WRITERS if writer_for(name).is_lossless])


class Made:
    """Chapters of random speech-like sound, encoded."""

    def __init__(self, name: str, chapters: int = 3, segments: int = 3, channels: int = 1) -> None:
        self.encoding = Encoding(format=name, rate=RATE, channels=channels)
        self.pcm: list[bytes] = []
        self.data: dict[str, bytes] = {}
        self.chapters = [self._chapter(number, segments) for number in range(1, chapters + 1)]

    def _chapter(self, number: int, segments: int) -> EncodedChapter:
        own = []
        for part in range(segments):
            pcm = speechlike(0.7 + 0.313 * part, seed=number * 100 + part, rate=RATE)
            encoded = encode([pcm], self.encoding)
            key = f"{number}-{part}"
            self.pcm.append(pcm)
            self.data[key] = encoded.data
            own.append(EncodedSegment(key=key, frames=encoded.frames, crc=encoded.crc))
        title = TITLES[number - 1] if number <= len(TITLES) else f"Chapter {number}"
        return EncodedChapter(number=number, title=title, encoded_segments=tuple(own))

    def load(self, segment: EncodedSegment) -> bytes:
        return self.data[segment.key]


def decoded(path: Path, channels: int = 1) -> bytes:
    pcm, _ = ffmpeg.run(["-i", path, "-f", "s16le", "-ac", str(channels), "-ar", str(RATE), "pipe:1"])
    return pcm


def book(made: Made, folder: Path) -> Path:
    target = folder / f"book{writer_for(made.encoding.format).suffix}"
    deliver_book(made.chapters, ALBUM, made.encoding, target, made.load)
    return target


@every_writer
def test_a_row_names_its_suffix_and_its_encoding(name: str) -> None:
    writer = writer_for(name)
    assert writer.name == name
    assert writer.suffix in AUDIOBOOKS
    with pytest.raises(UsageError):
        writer.check(Encoding(format=name, channels=7))


def test_an_unknown_format_lists_those_that_can_be_written() -> None:
    with pytest.raises(UsageError, match="'ogg'") as caught:
        writer_for("ogg")
    assert "mp3, wav, flac" in (caught.value.hint or "")


@exact_writer
@pytest.mark.parametrize("channels", [1, 2])
def test_a_lossless_file_decodes_to_the_very_samples(name: str, channels: int, tmp_path: Path) -> None:
    made = Made(name, channels=channels)
    heard = np.frombuffer(decoded(book(made, tmp_path), channels), dtype="<i2").reshape(-1, channels)
    wanted = np.frombuffer(b"".join(made.pcm), dtype="<i2")
    assert all((heard[:, channel] == wanted).all() for channel in range(channels))


@every_writer
def test_a_file_is_as_long_as_its_segments_and_no_sample_is_added_at_the_joins(name: str, tmp_path: Path) -> None:
    made = Made(name)
    frames = sum(s.frames for chapter in made.chapters for s in chapter.encoded_segments)
    heard = len(decoded(book(made, tmp_path))) // 2
    assert abs(heard - (frames - writer_for(name).lead)) <= 1, "a resampling decoder may round by one"


@every_writer
def test_ffmpeg_finds_the_chapters_where_they_begin_with_any_title(name: str, tmp_path: Path) -> None:
    made = Made(name)
    target = tmp_path / f"x.{name}"
    result = deliver_book(made.chapters, ALBUM, made.encoding, target, made.load)
    listing, _ = ffmpeg.run(["-copyts", "-i", target, *LISTING])
    _, *chapters = parse_listing(listing.decode())
    assert [c["title"] for c in chapters] == [TITLES[0], TITLES[1], "Three lines"]
    for chapter, mark in zip(chapters, result.marks, strict=True):
        assert abs(chapter_times(chapter)[0] - mark.start / RATE) < 0.002


@every_writer
def test_an_independent_reader_finds_the_tags(name: str, tmp_path: Path) -> None:
    tags = mutagen.File(book(Made(name), tmp_path), easy=name == "mp3")
    assert tags is not None
    if name == "wav":
        found = {"title": str(tags["TIT2"]), "artist": str(tags["TPE1"])}
    else:
        found = {"title": tags["title"][0], "artist": tags["artist"][0]}
    assert found == {"title": ALBUM.title, "artist": "Ada Lee, Bo Ray"}


@every_writer
def test_a_thousand_chapters_are_all_there(name: str, tmp_path: Path) -> None:
    made = Made(name, chapters=1, segments=1)
    (own,) = made.chapters
    many = [replace(own, number=n, title=f"Chapter {n}") for n in range(1, 1001)]
    target = tmp_path / f"many.{name}"
    deliver_book(many, ALBUM, made.encoding, target, made.load)
    listing, _ = ffmpeg.run(["-i", target, *LISTING])
    assert len(parse_listing(listing.decode())) == 1001


@every_writer
def test_a_book_in_chapters_is_a_numbered_file_for_each_and_a_playlist(name: str, tmp_path: Path) -> None:
    made = Made(name)
    result = deliver_chapters(made.chapters, ALBUM, made.encoding, tmp_path / "out", made.load)
    *files, playlist = result.files
    assert all(file.suffix == f".{name}" and file.is_file() for file in files)
    assert [line for line in playlist.read_text().splitlines() if line[0] != "#"] == [f.name for f in files]
    again = deliver_chapters(made.chapters[:2], ALBUM, made.encoding, tmp_path / "out", made.load)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(f.name for f in again.files)


@every_writer
def test_a_file_that_is_damaged_when_it_is_read_back_is_not_delivered(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(name)
    last = made.chapters[-1].encoded_segments[-1]
    made.data[last.key] = made.data[last.key][: len(made.data[last.key]) // 3]
    with pytest.raises((DeliveryError, ValueError)):
        book(made, tmp_path)
    assert not list(tmp_path.glob("book*"))


@every_writer
def test_a_segment_s_key_changes_with_what_shapes_its_encoding(name: str) -> None:
    key, encoding = writer_for(name).segment_key, Encoding(format=name)
    keys = {key("a", encoding), key("b", encoding), key("a", replace(encoding, channels=2))}
    assert len(keys | {key("a", replace(encoding, rate=44_100))}) == 4


def test_the_keys_of_formats_differ() -> None:
    assert len({writer_for(name).segment_key("a", Encoding(format=name)) for name in WRITERS}) == len(WRITERS)


@every_writer
def test_a_whole_build_chooses_the_format_by_its_suffix(name: str, tmp_path: Path) -> None:
    story = tmp_path / "ferry.txt"
    story.write_text('CHAPTER I\n\n"Is it far?" asked Oona.\n\nCHAPTER II\n\n"An hour," said Bram.\n', encoding="utf-8")
    target = tmp_path / f"ferry.{name.upper()}"
    request = BuildRequest(book=story, engine="tone", output=target, cache=tmp_path / "cache", jobs=1)
    result = build(request)
    assert result.files == (target,)
    assert result.report.exit_code == 0
    assert abs(len(decoded(target)) / 2 / RATE - result.seconds) < 0.001
    assert build(request).report.encoded == 0


def test_python_s_own_reader_opens_a_wav_and_its_cue_points_are_the_chapters(tmp_path: Path) -> None:
    made = Made("wav")
    target = tmp_path / "book.wav"
    result = deliver_book(made.chapters, ALBUM, made.encoding, target, made.load)
    with wave.open(str(target)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (RATE, 1, result.marks[-1].end)
    data = target.read_bytes()
    at = data.index(b"cue ") + 8
    (count,) = struct.unpack_from("<I", data, at)
    starts = [struct.unpack_from("<II", data, at + 4 + 24 * n)[1] for n in range(count)]
    assert starts == [mark.start for mark in result.marks]
    assert "第二章".encode() in data[data.index(b"labl") :]


def test_a_wav_above_four_gigabytes_is_an_rf64_with_its_sizes() -> None:
    size = 5 << 30
    start = head(size, 100, Encoding(format="wav"))
    assert start[:4] == b"RF64"
    total, data, samples, _ = struct.unpack_from("<QQQI", start, start.index(b"ds64") + 8)
    assert (data, samples, total) == (size, size // 2, len(start) - 8 + size + 100)
    assert head(1000, 100, Encoding(format="wav"))[:4] == b"RIFF"


@pytest.mark.parametrize(
    "sample", [0, 127, 128, 2047, 2048, 65_535, 65_536, 2_097_151, 2_097_152, 1 << 30, (1 << 36) - 1]
)
def test_a_renumbered_flac_frame_has_right_checksums(sample: int) -> None:
    encoding = Encoding(format="flac", rate=RATE)
    for frame in flac.unpack(encode([speechlike(0.5, seed=3, rate=RATE)], encoding).data):
        assert flac.crc16(frame[:-2]) == int.from_bytes(frame[-2:], "big")
        own = flac.renumber(frame, sample)
        assert flac.crc16(own[:-2]) == int.from_bytes(own[-2:], "big")
        assert flac.block_size(own) == flac.block_size(frame)


def test_cut_off_flac_is_noticed() -> None:
    data = encode([speechlike(0.5, seed=3, rate=RATE)], Encoding(format="flac", rate=RATE)).data
    with pytest.raises(ValueError, match="cut off"):
        list(flac.unpack(data[:-1]))
    with pytest.raises(ValueError, match="Ogg"):
        list(flac.frames_in_ogg(b"RIFF" + bytes(100)))
