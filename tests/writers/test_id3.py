"""ID3 tags, as another library reads them."""

import io
from itertools import pairwise
from typing import Any

import mutagen.id3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.book import Cover
from audiobook.model.clip import Mark
from audiobook.writers import Album
from audiobook.writers.album import FileTags, Piece, chapter_spans, one_line
from audiobook.writers.id3 import file_tag, iso639, tag, text

RATE = 22050


def read(data: bytes) -> Any:
    """The tag as another library reads it."""
    load: Any = mutagen.id3.ID3
    return load(io.BytesIO(data))


def place_marks(titles: list[str], frames: int = 13_000) -> list[Mark]:
    return [Mark(title=title, start=at * frames, end=(at + 1) * frames) for at, title in enumerate(titles)]


def book_tag(album: Album, marks: list[Mark]) -> bytes:
    return file_tag(FileTags(album=album, marks=tuple(marks)), RATE)


FULL = Album(
    title="The Lantern",
    authors=("Ada Quill", "Bo Reed"),
    narrators=("en-us+f3",),
    genre="Fantasy",
    language="en-GB",
    comment="Made offline.\nTwice.",
    year="1901",
    cover=Cover(data=b"\xff\xd8\xff\xe0", media_type="image/jpeg"),
)


def test_everything_an_album_says_is_in_the_tag() -> None:
    found = read(book_tag(FULL, place_marks(["One"])))
    texts = {name: str(found[name]) for name in ("TIT2", "TALB", "TPE1", "TPE2", "TCOM", "TCON", "TLAN", "TDRC")}
    assert texts == {
        "TIT2": "The Lantern",
        "TALB": "The Lantern",
        "TPE1": "Ada Quill, Bo Reed",
        "TPE2": "Ada Quill, Bo Reed",
        "TCOM": "en-us+f3",
        "TCON": "Fantasy",
        "TLAN": "eng",
        "TDRC": "1901",
    }
    assert str(found["COMM::eng"]) == "Made offline.\nTwice."
    cover = found["APIC:"]
    assert (cover.data, cover.mime, cover.type) == (b"\xff\xd8\xff\xe0", "image/jpeg", 3)
    assert found.version == (2, 3, 0)


def test_unknown_values_are_left_out() -> None:
    found = read(book_tag(Album(title="X", language=""), place_marks(["One"])))
    assert set(found) == {"TIT2", "TALB", "TCON", "CTOC:toc", "CHAP:chp1"}


def test_chapters_are_contiguous_in_order_and_listed_in_one_table() -> None:
    found = read(book_tag(FULL, place_marks(["Zebra", "A", "Middling title"])))
    contents = found["CTOC:toc"]
    assert contents.flags == mutagen.id3.CTOCFlags.TOP_LEVEL | mutagen.id3.CTOCFlags.ORDERED
    chapters = [found[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [str(chapter.sub_frames["TIT2"]) for chapter in chapters] == ["Zebra", "A", "Middling title"]
    assert chapters[0].start_time == 0
    assert [c.end_time for c in chapters[:-1]] == [c.start_time for c in chapters[1:]]


def test_chapters_stand_in_the_file_in_the_order_they_are_heard() -> None:
    data = book_tag(FULL, place_marks(["A long title indeed", "B"]))
    assert data.index(b"A long title indeed") < data.index(b"chp2\0\0\0")


def test_more_chapters_than_one_table_holds_get_a_table_of_tables() -> None:
    found = read(book_tag(FULL, place_marks([f"Chapter {n}" for n in range(1, 601)])))
    tables = found["CTOC:toc"].child_element_ids
    listed = [name for table in tables for name in found[f"CTOC:{table}"].child_element_ids]
    assert listed == [f"chp{n}" for n in range(1, 601)]
    assert str(found["CHAP:chp600"].sub_frames["TIT2"]) == "Chapter 600"


def test_names_with_a_slash_stay_whole() -> None:
    found = read(book_tag(Album(title="X", authors=("AC/DC",)), place_marks(["Either/Or"])))
    assert list(found["TPE1"].text) == ["AC/DC"]
    assert list(found["CHAP:chp1"].sub_frames["TIT2"].text) == ["Either/Or"]


def test_a_chapter_file_says_which_of_how_many_it_is() -> None:
    found = read(file_tag(FileTags(album=FULL, piece=Piece(title="Two", number=2, total=9)), RATE))
    assert (str(found["TIT2"]), str(found["TALB"]), str(found["TRCK"])) == ("Two", "The Lantern", "2/9")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_title_comes_back_the_same(title: str) -> None:
    clean = one_line(title)
    found = read(tag([text("TIT2", title), text("TALB", "end")]))
    assert str(found.get("TIT2", "")) == clean
    assert one_line(clean) == clean
    assert [c for c in clean if not c.isspace()] == [
        "\ufffd" if "\ud800" <= c <= "\udfff" else c
        for c in title
        if not c.isspace() and not (c < " " or "\x7f" <= c <= "\x9f")
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(30, 10**9), min_size=1, max_size=30), st.sampled_from([16000, 22050, 44100]))
def test_stretches_in_milliseconds_leave_no_gap_and_never_start_late(lengths: list[int], sample_rate: int) -> None:
    at = 0
    marks = []
    for length in lengths:
        marks.append(Mark(title="x", start=at, end=at + length))
        at += length
    spans = chapter_spans(marks, sample_rate)
    assert spans[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(spans))
    assert all(0 <= mark.start * 1000 / sample_rate - s.start < 1 for mark, s in zip(marks, spans, strict=True))
    assert 0 <= spans[-1].end - marks[-1].end * 1000 / sample_rate < 1


def test_a_blank_chapter_title_gets_its_number() -> None:
    assert [s.title for s in chapter_spans(place_marks(["One", "\n\0"]), RATE)] == ["One", "Chapter 2"]


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("de_AT", "deu"),
        ("grc", "grc"),
        ("x-klingon", ""),
        ("", ""),
        ("zh-Hant-TW", "zho"),
    ],
)
def test_a_language_is_said_in_three_letters(language: str, code: str) -> None:
    assert iso639(language) == code
