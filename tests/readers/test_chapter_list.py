"""`BOOK.chapters.txt`: what a person decides about chapters holds, also when the book changes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import AudiobookError, BookError, UsageError
from audiobook.model.book import Book
from audiobook.readers import account_of, digest, read_book
from audiobook.readers.chapter_list import chapter_file
from audiobook.readers.formats import FORMATS, Format
from audiobook.services import contents, write_chapters
from tests.readers.epubs import Epub, nav, page, prose
from tests.readers.stories import story
from tests.readers.test_format_contract import GOOD

TITLES = ("CHAPTER I", "CHAPTER II", "CHAPTER III")


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    chapters = "\n\n".join(f"{title}\n\n{title} begins.\n\n{story(n)}" for n, title in enumerate(TITLES))
    path = tmp_path / "novel.txt"
    path.write_text(f"THE LAMP\n\nby Ann Lee\n\nContents\n\n{chr(10).join(TITLES)}\n\n{chapters}\n", encoding="utf-8")
    return path


def edit(book: Path, *changes: tuple[str, str]) -> Book:
    """Write the list of chapters, change it, and read the book."""
    file = chapter_file(book) if chapter_file(book).exists() else write_chapters(book)
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    found = read_book(book)
    assert account_of(book, found).faults == ()
    return found


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


def test_a_list_without_changes_gives_the_same_book(novel: Path) -> None:
    before = read_book(novel)
    after = edit(novel)
    assert (after.chapters, after.skipped) == (before.chapters, before.skipped)
    assert after.edits is not None
    assert (after.edits.changes, after.edits.notices) == ((), ())


def test_a_chapter_is_renamed_by_an_arrow_or_by_another_title(novel: Path) -> None:
    book = edit(novel, ("CHAPTER I   |", "CHAPTER I -> The Mill |"), ("| CHAPTER III |", "| The Ford |"))
    assert titles(book) == ["The Mill", "CHAPTER II", "The Ford"]
    assert book.edits is not None
    assert book.edits.changes == ((1, "renamed from “CHAPTER I”"), (3, "renamed from “CHAPTER III”"))


def test_a_chapter_is_left_out_and_listed_with_the_reason(novel: Path) -> None:
    before = read_book(novel).chapters[1].words
    book = edit(novel, ("keep  | CHAPTER II ", "skip  | CHAPTER II "))
    assert titles(book) == ["CHAPTER I", "CHAPTER III"]
    part = next(part for part in book.skipped if part.reason == "left out by novel.chapters.txt")
    assert (part.title, part.words) == ("CHAPTER II", before)


def test_a_chapter_is_joined_with_the_one_above(novel: Path) -> None:
    words = sum(chapter.words for chapter in read_book(novel).chapters)
    book = edit(novel, ("keep  | CHAPTER II ", "join  | CHAPTER II "))
    assert titles(book) == ["CHAPTER I", "CHAPTER III"]
    assert sum(chapter.words for chapter in book.chapters) == words


def test_a_chapter_is_split_at_the_words_of_a_paragraph(novel: Path) -> None:
    words = " ".join(read_book(novel).chapters[2].paragraphs[3].text.split()[:5])
    file = write_chapters(novel)
    file.write_text(f"{file.read_text(encoding='utf-8')}split | The Rest | {words}\n", encoding="utf-8")
    assert titles(edit(novel)) == [*TITLES, "The Rest"]


def test_words_that_begin_no_paragraph_are_told(novel: Path) -> None:
    file = write_chapters(novel)
    file.write_text(f"{file.read_text(encoding='utf-8')}split | The Rest | Nowhere at all\n", encoding="utf-8")
    book = edit(novel)
    assert titles(book) == list(TITLES)
    assert "Nowhere at all" in account_of(novel, book).notices[0]


def test_front_matter_is_brought_back(novel: Path) -> None:
    book = edit(novel, ("skip  | Contents", "keep  | Contents"))
    assert titles(book)[0] == "Contents"
    assert [p.text for p in book.chapters[0].paragraphs] == ["Contents", "\n".join(TITLES)]


def test_a_part_of_an_epub_is_brought_back(tmp_path: Path) -> None:
    pages = {
        "dedication.xhtml": page('<section epub:type="dedication"><p>For my <i>dear</i> aunt.</p></section>'),
        "a.xhtml": page(f"<h1>One</h1>{prose()}"),
        "b.xhtml": page(f"<h1>Two</h1>{prose()}"),
    }
    path = Epub(pages=pages, nav=nav(("One", "a.xhtml"), ("Two", "b.xhtml"))).write(tmp_path)
    assert titles(read_book(path)) == ["One", "Two"]
    line = next(line for line in write_chapters(path).read_text(encoding="utf-8").split("\n") if "aunt" in line)
    book = edit(path, (line, line.replace("skip", "keep")))
    assert [p.text for p in book.chapters[0].paragraphs] == ["For my dear aunt."]


def test_decisions_hold_when_the_book_changes_and_what_fits_no_more_is_told(novel: Path) -> None:
    edit(novel, ("CHAPTER I   |", "CHAPTER I -> The Mill |"), ("keep  | CHAPTER II ", "skip  | CHAPTER II "))
    text = novel.read_text(encoding="utf-8")
    novel.write_text(
        text.replace("CHAPTER II begins.", "It begins.").replace("begins.\n", "begins, and on.\n"), "utf-8"
    )
    assert titles(read_book(novel)) == ["The Mill", "CHAPTER III"]
    novel.write_text(text.replace("CHAPTER II\n", "CHAPTER IV\n").replace("CHAPTER II begins", "So"), encoding="utf-8")
    book = read_book(novel)
    assert "CHAPTER IV" in titles(book)
    told = account_of(novel, book).notices
    assert any("“CHAPTER II”" in notice for notice in told)
    assert any("“CHAPTER IV” is not in the list" in notice for notice in told)


def test_a_list_is_not_overwritten_and_keeps_decisions_when_it_is(novel: Path) -> None:
    edit(novel, ("CHAPTER I   |", "CHAPTER I -> The Mill |"), ("keep  | CHAPTER II ", "skip  | CHAPTER II "))
    before = chapter_file(novel).read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="already"):
        write_chapters(novel)
    assert chapter_file(novel).read_text(encoding="utf-8") == before
    write_chapters(novel, force=True)
    assert titles(read_book(novel)) == ["The Mill", "CHAPTER III"]


def test_lines_that_fit_no_chapter_stay_as_comments_when_the_list_is_written_again(novel: Path) -> None:
    file = write_chapters(novel)
    file.write_text(f"{file.read_text(encoding='utf-8')}skip | Gone -> Went | away for ever and a day\n", "utf-8")
    write_chapters(novel, force=True)
    assert "# skip  | Gone -> Went | away for ever and a day" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("drop | CHAPTER I", "'drop' is no action"),
        ("keep", "title is missing"),
        ("keep | -> New", "beside the arrow"),
        ("keep | Old ->", "beside the arrow"),
        ("split | New", "first words"),
    ],
)
def test_a_wrong_line_is_named(novel: Path, line: str, message: str) -> None:
    chapter_file(novel).write_text(f"# comment\n\nkeep | CHAPTER I\n{line}\n", encoding="utf-8")
    with pytest.raises(BookError, match=message) as raised:
        read_book(novel)
    assert raised.value.where is not None
    assert raised.value.where.endswith("novel.chapters.txt, line 4")


def test_a_book_of_which_every_chapter_is_left_out_is_refused(novel: Path) -> None:
    with pytest.raises(BookError, match="every chapter is left out"):
        edit(novel, ("keep  |", "skip  |"))


def test_the_list_counts_in_the_key_of_the_analysis(novel: Path) -> None:
    before = digest(novel)
    chapter_file(novel).write_text("keep | CHAPTER I -> The Mill\n", encoding="utf-8")
    assert digest(novel) != before


def test_the_words_left_out_are_those_of_the_ledger(novel: Path) -> None:
    book = edit(novel, ("keep  | CHAPTER II ", "skip  | CHAPTER II "))
    assert sum(part.words for part in contents(novel).skipped) == sum(
        part.words for part in account_of(novel, book).skipped
    )


LINES = st.tuples(
    st.sampled_from(["keep", "skip", "join", "split"]),
    st.sampled_from([*TITLES, "Contents", "THE LAMP", "Other"]),
    st.sampled_from(["CHAPTER I begins", "CHAPTER II begins.", "CHAPTER III begins", "x", "Contents CHAPTER I"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=8))
def test_nothing_is_lost_whatever_the_list_says(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.mktemp("book") / "novel.txt"
    chapters = "\n\n".join(f"{title}\n\n{title} begins.\n\n{story(n)}" for n, title in enumerate(TITLES))
    path.write_text(f"THE LAMP\n\nby Ann Lee\n\nContents\n\n{chr(10).join(TITLES)}\n\n{chapters}\n", encoding="utf-8")
    chapter_file(path).write_text("".join(f"{' | '.join(line)}\n" for line in lines), encoding="utf-8")
    try:
        book = read_book(path)
    except AudiobookError:
        return
    account = account_of(path, book)
    assert account.faults == ()
    assert account.words == sum(c.source for c in account.chapters) + sum(s.words for s in account.skipped)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_list_of_every_format_gives_the_same_book_and_may_bring_everything_back(
    form: Format, tmp_path: Path
) -> None:
    path = GOOD[form.name](tmp_path / f"crossing{form.suffixes[0]}")
    before = read_book(path)
    assert edit(path).chapters == before.chapters
    assert edit(path).skipped == before.skipped
    text = chapter_file(path).read_text(encoding="utf-8")
    chapter_file(path).write_text(text.replace("\nskip ", "\nkeep "), encoding="utf-8")
    assert account_of(path, read_book(path)).faults == ()
