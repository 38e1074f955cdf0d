"""Reading PDFs: reading order, what is left out, whole paragraphs and words, chapters, refusals."""

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from tests.readers.pdfs import Pdf, Setter, Text

TALE = tuple(
    """\
The ferry left the quay before the sun was up, and nobody on it had slept. Oona stood at the rail and counted the
lamps of the harbour until the fog took them one after another, and then she counted nothing at all.

Bram came up from below with two cups of tea. He said that the crossing would take an hour, or two if the wind turned,
and that the wind always turned in the second week of October when the herring came.

She asked him how he knew. He looked at the water for a long time before he answered, because the question deserved an
answer and he had none that he could say aloud to somebody he had met the evening before.""".replace("\n\n", "\t")
    .replace("\n", " ")
    .split("\t")
)


def read(tmp_path: Path, pages: Sequence[Sequence[Text]], **more: object) -> Book:
    path = Pdf(pages=pages, **more).write(tmp_path / "a.pdf")  # type: ignore[arg-type]
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def told(book: Book) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs if p.kind not in {"heading", "break"}]


def reasons(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in book.skipped:
        found.setdefault(part.reason, []).append(part.title)
    return found


def complaint(path: Path) -> BookError:
    with pytest.raises(BookError) as caught:
        read_book(path)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    "style", [{"indent": 18.0}, {"gap": 7.0}, {}], ids=["indents", "blank space", "short last lines"]
)
def test_paragraphs_are_whole_however_they_are_set(tmp_path: Path, style: dict[str, float]) -> None:
    setter = Setter(lines=9, **style)  # type: ignore[arg-type]
    for text in TALE * 3:
        setter.paragraph(text)
    assert len(setter.pages) > 3
    assert told(read(tmp_path, setter.pages)) == list(TALE * 3)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    columns = []
    for left in (60.0, 330.0):
        setter = Setter(width=40, gap=7)
        for text in TALE:
            setter.paragraph(text if left < 100 else text.replace("Oona", "Una"))
        columns.append([line._replace(x=line.x - 90 + left) for line in setter.pages[0]])
    mixed = sorted([*columns[0], *columns[1]], key=lambda line: -line.y)
    title = Text(150, 740, "A Title Over Both Of The Columns", 16, 1)
    assert told(read(tmp_path, [[title, *mixed]])) == [*TALE, TALE[0].replace("Oona", "Una"), *TALE[1:]]


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    setter = Setter(lines=12, indent=18)
    for text in TALE * 6:
        setter.paragraph(text)
    for number, page in enumerate(setter.pages, 7):
        page.insert(0, Text(90, 740, "THE CROSSING" if number % 2 else "A. Nobody", 9))
        page.append(Text(300, 40, str(number), 9))
    book = read(tmp_path, setter.pages)
    assert told(book) == list(TALE * 6)
    assert len(reasons(book)["page number"]) == len(setter.pages)
    assert set(reasons(book)["running head"]) == {"THE CROSSING", "A. Nobody"}


def test_words_cut_at_line_ends_are_joined_and_compounds_keep_their_hyphen(tmp_path: Path) -> None:
    setter = Setter(width=38, gap=7)
    for text in TALE * 4:
        setter.paragraph(text, hyphenate=True)
    setter.line("A well-known man was well-known, well-")
    setter.line("known to all.")
    lines = [line.text for page in setter.pages for line in page]
    assert sum(line.endswith("-") for line in lines) > 10
    texts = told(read(tmp_path, setter.pages))
    assert texts[:-1] == list(TALE * 4)
    assert texts[-1] == "A well-known man was well-known, well-known to all."


def test_footnotes_and_their_marks_are_left_out(tmp_path: Path) -> None:
    setter = Setter(gap=7, lines=30)
    for text in TALE:
        setter.paragraph(text)
    last = setter.pages[0][-1]
    setter.pages[0] += [
        Text(last.right, last.y + 4, "1", 6),
        Text(90, 90, "1 A note that nobody would want to hear in the", 8),
        Text(90, 79, "middle of a sentence.", 8),
    ]
    setter.new_page()
    for text in TALE:
        setter.paragraph(text)
    book = read(tmp_path, setter.pages)
    assert told(book) == [*TALE, *TALE]
    assert reasons(book)["note reference"] == ["1"]
    assert len(reasons(book)["footnote"]) == 1


@pytest.mark.parametrize(
    ("cap", "rest", "whole"),
    [("T", "he", "The ferry"), ("I", "was", "I was")],
    ids=["its word goes on", "it is a word"],
)
def test_initial_letters_belong_to_their_word(tmp_path: Path, cap: str, rest: str, whole: str) -> None:
    setter = Setter(gap=7)
    body = f"{rest} {'ferry left' if cap == 'T' else 'there when the ferry left'} before the sun was up and then"
    setter.pages[0] = [
        Text(90, 672, cap, 44, 1),
        Text(118, 700, body, 10),
        Text(118, 686, "went on until the lamps were gone and the fog was over the", 10),
        Text(118, 672, "water of the bay, where it was cold and nobody spoke a word", 10),
        Text(90, 658, "until the other side came into sight, and then they all did.", 10),
    ]
    setter.blank(6)
    setter.paragraph("The man said that I was there, and the man said that it was late.")
    text = told(read(tmp_path, setter.pages))[0]
    assert text.startswith(whole)
    assert text.endswith("then they all did.")


def test_bookmarks_make_chapters(tmp_path: Path) -> None:
    setter = Setter(gap=7)
    for title in ("The Quay", "The Ferry", "The Fog"):
        setter.heading(title)
        for text in TALE:
            setter.paragraph(text)
    outline = [("The Quay", 0), ("The Ferry", 1), ("The Fog", 2)]
    book = read(tmp_path, setter.pages, outline=outline, info={"Title": "The Crossing", "Author": "Ann Other"})
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry", "The Fog"]
    assert (book.facts.title, book.facts.authors) == ("The Crossing", ("Ann Other",))


def test_headings_make_chapters_without_bookmarks_and_their_titles_are_joined(tmp_path: Path) -> None:
    setter = Setter(gap=7)
    setter.pages[0] = [Text(150, 500, "The Crossing", 30, 1), Text(200, 440, "by Ann Other", 14)]
    for number, title in enumerate(("The Quay", "The Ferry"), 1):
        setter.heading(f"CHAPTER {number}", size=14)
        setter.heading(title, size=18, new_page=False)
        for text in TALE:
            setter.paragraph(text)
    book = read(tmp_path, setter.pages, info={"Title": "Microsoft Word - crossing.doc"})
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER 1: The Quay", "CHAPTER 2: The Ferry"]
    assert (book.facts.title, book.facts.authors) == ("The Crossing", ("Ann Other",))


def test_chapters_of_a_typed_text_are_found_by_their_words(tmp_path: Path) -> None:
    setter = Setter(gap=7)
    for number in ("I", "II", "III"):
        setter.blank(3)
        setter.line(f"CHAPTER {number}")
        setter.blank(2)
        for text in TALE:
            setter.paragraph(text)
    book = read(tmp_path, setter.pages)
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER I", "CHAPTER II", "CHAPTER III"]
    assert told(book) == list(TALE * 3)


def test_wide_blanks_and_ornaments_part_scenes(tmp_path: Path) -> None:
    setter = Setter(indent=18, lines=60)
    for n, text in enumerate(TALE * 4):
        if n == 3:
            setter.blank(3)
        if n == 6:
            setter.line("* * *", x=300)
        setter.paragraph(text)
    kinds = [p.kind for chapter in read(tmp_path, setter.pages).chapters for p in chapter.paragraphs]
    assert [n for n, kind in enumerate(kinds) if kind == "break"] == [3, 7]


def test_a_scan_is_refused_with_the_command_of_an_ocr_tool(tmp_path: Path) -> None:
    path = Pdf(pages=[[], [], [Text(90, 700, "7")]], picture=True).write(tmp_path / "scan.pdf")
    error = complaint(path)
    assert "pictures" in error.message
    assert "ocrmypdf scan.pdf scan-text.pdf" in (error.hint or "")


def test_a_pdf_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    data = Pdf(pages=[[Text(90, 700, "Once upon a time.")]]).build()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: len(data) - 40])
    assert "cut off" in complaint(path).message


def test_outlines_that_lead_in_circles_end(tmp_path: Path) -> None:
    setter = Setter(gap=7)
    for text in TALE:
        setter.paragraph(text)
    made = Pdf(pages=setter.pages, outline=[("One", 0), ("Two", 0)]).build()
    path = tmp_path / "circle.pdf"
    path.write_bytes(made.replace(b"/Next ", b"/First 1 0 R /Next ", 1).replace(b"/Dest [", b"/Next 12 0 R /Dest ["))
    begun = time.monotonic()
    read_book(path)
    assert time.monotonic() - begun < 20


SAMPLES = Path(__file__).parent / "samples"
STORY = Path(__file__).parents[2] / "seeds" / "the-lighthouse-post.txt"


@pytest.mark.parametrize("name", ["one-column.pdf", "two-columns.pdf"])
def test_a_book_set_by_libreoffice_has_the_paragraphs_of_its_source(name: str) -> None:
    """Justified, in columns, with soft hyphens, initial letters, footnotes, a running head and page numbers."""
    path = SAMPLES / name
    book, source = read_book(path), read_book(STORY)
    assert account_of(path, book).faults == ()
    assert book.facts.title == "The Lighthouse Post"
    assert len(book.chapters) == 3
    for chapter, true in zip(book.chapters, source.chapters[:3], strict=True):
        assert true.title.endswith(chapter.title)
        texts = [p.text for p in chapter.paragraphs if p.kind not in {"heading", "break"}]
        assert texts == [p.text for p in true.paragraphs if p.kind not in {"heading", "break"}]
        breaks = [sum(p.kind == "break" for p in one.paragraphs) for one in (chapter, true)]
        assert breaks[0] == breaks[1]
    found = reasons(book)
    assert set(found["running head"]) == {"THE LIGHTHOUSE POST"}
    assert found["page number"] == [str(n + 1) for n in range(len(found["page number"]))]
    assert found["note reference"] == ["1", "2"]
    assert len(found["footnote"]) == 1
