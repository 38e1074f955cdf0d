"""Verification: the listing of ffmpeg is parsed, and every difference is found."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import DeliveryError
from audiobook.runtime import ffmpeg
from audiobook.runtime.ffmetadata import parse_listing
from audiobook.writers import Album, deliver_book
from audiobook.writers.album import chapter_spans
from audiobook.writers.mp3.frames import LEAD, layout
from audiobook.writers.mp3.joining import header_bytes
from audiobook.writers.mp3.verify import ExpectedContent, verify_content
from tests.writers.encoding_helpers import SMALL, burst, chapters_of


def test_a_listing_is_read_with_every_escape_undone() -> None:
    head = ";FFMETADATA1\ntitle=a\\=b\\;c\\#d\\\\e\\\nf\nartist=\n"
    listing = head + "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=5\ntitle=[CHAPTER]\n"
    assert parse_listing(listing) == [
        {"title": "a=b;c#d\\e\nf", "artist": ""},
        {"TIMEBASE": "1/1000", "START": "0", "END": "5", "title": "[CHAPTER]"},
    ]


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.text(min_size=1).filter(lambda key: key[0] not in "[;"), st.text(), max_size=5))
def test_whatever_is_escaped_comes_back(entries: dict[str, str]) -> None:
    def escaped(text: str) -> str:
        return "".join("\\" + char if char in "=;#\\\n" else char for char in text)

    listing = "".join(f"{escaped(name)}={escaped(value)}\n" for name, value in entries.items())
    assert parse_listing(listing) == [entries]


def test_a_listing_that_ends_inside_an_escape_is_read_in_linear_time() -> None:
    started = time.process_time()
    assert parse_listing("a" * 50_000 + "\\") == [{}]
    assert parse_listing("title=" + "\\" * 50_001) == [{"title": "\\" * 25_001}]
    assert time.process_time() - started < 2


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, ExpectedContent]:
    path = tmp_path / "book.mp3"
    album = Album(title="The Book", authors=("A. Writer",))
    encoded = burst()
    delivered = deliver_book(chapters_of(["One", "Two"], encoded, 3), album, SMALL, path, lambda part: encoded.data)
    form = layout(SMALL)
    total = 6 * encoded.samples
    expected = ExpectedContent(
        seconds=(total - LEAD) / SMALL.sample_rate,
        frames_seconds=total / SMALL.sample_rate,
        resampled_length=path.stat().st_size - 6 * len(encoded.data),
        tags={"title": "The Book", "artist": "A. Writer", "composer": ""},
        spans=chapter_spans(delivered.marks, SMALL.sample_rate),
    )
    assert header_bytes(form) < expected.resampled_length
    return path, expected


def test_a_file_with_the_expected_content_passes(written: tuple[Path, ExpectedContent]) -> None:
    verify_content(*written)


def say_duration(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, ffmpeg gives the first input this duration."""
    run = ffmpeg.run

    def talk(arguments: Sequence[ffmpeg.Argument], *, loglevel: str) -> tuple[bytes, str]:
        out, said = run(arguments, loglevel=loglevel)
        return out, re.sub(r"Duration: [0-9:.]+", f"Duration: 00:00:{seconds:05.2f}", said, count=1)

    monkeypatch.setattr(ffmpeg, "run", talk)


@pytest.mark.parametrize("counts_delay", [False, True], ids=["ffmpeg 8 and later", "ffmpeg before 8"])
def test_a_short_file_passes_whether_or_not_ffmpeg_counts_the_decoders_delay(
    counts_delay: bool, written: tuple[Path, ExpectedContent], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, expected = written
    assert expected.frames_seconds - expected.seconds == pytest.approx(0.05, abs=0.001)
    say_duration(expected.frames_seconds if counts_delay else expected.seconds, monkeypatch)
    verify_content(path, expected)


@pytest.mark.parametrize("off", [-0.1, 0.15])
def test_a_header_with_another_duration_is_noticed(
    off: float, written: tuple[Path, ExpectedContent], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, expected = written
    say_duration(expected.seconds + off, monkeypatch)
    with pytest.raises(DeliveryError, match="the header lasts"):
        verify_content(path, expected)


def test_a_header_with_another_delay_is_noticed(written: tuple[Path, ExpectedContent]) -> None:
    path, expected = written
    with pytest.raises(DeliveryError, match=r"starts at 0\.050 s instead of 0\.040 s"):
        verify_content(path, replace(expected, seconds=expected.seconds + 0.01))


def test_every_difference_is_noticed(written: tuple[Path, ExpectedContent]) -> None:
    path, expected = written
    one, two = expected.spans
    late = replace(two, start=two.start + 60)
    wrong = {
        "the header lasts": replace(
            expected, seconds=expected.seconds * 1.02, frames_seconds=expected.frames_seconds * 1.02
        ),
        "(the header|the sound) lasts": replace(expected, frames_seconds=expected.frames_seconds * 1.01),
        "title reads": replace(expected, tags={"title": "Another"}),
        "artist reads": replace(expected, tags={"artist": ""}),
        "2 chapters instead of 1": replace(expected, spans=[one]),
        "chapter 2 is at": replace(expected, spans=[one, late]),
        "chapter 1 is titled": replace(expected, spans=[replace(one, title="Uno"), two]),
    }
    for said, other in wrong.items():
        with pytest.raises(DeliveryError, match=said):
            verify_content(path, other)


def test_a_truncated_file_is_noticed(written: tuple[Path, ExpectedContent]) -> None:
    path, expected = written
    path.write_bytes(path.read_bytes()[:-9000])
    with pytest.raises(DeliveryError, match="the sound lasts"):
        verify_content(path, expected)


def test_something_that_is_no_sound_is_an_error_and_not_a_crash(
    tmp_path: Path, written: tuple[Path, ExpectedContent]
) -> None:
    (tmp_path / "no.mp3").write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(DeliveryError):
        verify_content(tmp_path / "no.mp3", written[1])
