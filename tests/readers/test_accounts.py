"""The account of reading: every word of a file is in one chapter, or in a list with the reason."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audiobook.errors import BookError
from audiobook.model.book import Account, Book, Paragraph, Skipped, letters_of
from audiobook.model.ledger import account_from_json, account_to_json
from audiobook.readers import account_of, read_book, read_text
from audiobook.readers.audit import audit
from audiobook.readers.epub.documents import read_documents
from audiobook.readers.html.strip import strip_markup
from audiobook.readers.omissions import Document
from audiobook.readers.text import read_plain
from tests.readers.books import MARKDOWN, PAGES, PLAIN
from tests.readers.epubs import Epub, nav, page


def account(path: Path) -> Account:
    try:
        book = read_book(path)
    except BookError:
        assume(condition=False)
        raise
    return account_of(path, book)


def check(found: Account) -> None:
    assert found.faults == ()
    assert found.words == sum(c.source for c in found.chapters) + sum(s.words for s in found.skipped)
    assert all(s.words >= 0 for s in found.skipped)
    assert all(c.source >= 0 for c in found.chapters)


@given(PLAIN)
@settings(deadline=None)
def test_every_word_of_a_plain_text_is_read_or_skipped_with_a_reason(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.txt"
        path.write_text(text, encoding="utf-8")
        found = account(path)
        check(found)
        assert found.words == len([w for w in read_text(path).split() if any(map(str.isalnum, w))])


@given(MARKDOWN)
@settings(deadline=None)
def test_every_word_of_a_markdown_text_is_read_or_skipped_with_a_reason(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.md"
        path.write_text(text, encoding="utf-8")
        check(account(path))


@given(st.lists(PAGES, min_size=1, max_size=4), st.booleans(), st.integers(0, 3))
@settings(deadline=None, max_examples=50)
def test_every_word_of_an_epub_is_read_or_skipped_with_a_reason(pages: list[str], listed: bool, outside: int) -> None:
    names = [f"p{n}.xhtml" for n in range(len(pages))]
    made = Epub(
        pages={name: page(body) for name, body in zip(names, pages, strict=True)},
        nav=nav(*((f"Chapter {n}", name) for n, name in enumerate(names, 1))) if listed else None,
        nonlinear=tuple(names[outside : outside + 1]),
        members={"OEBPS/lying.xhtml": page("<p>Nobody reads this.</p>")},
    )
    with tempfile.TemporaryDirectory() as folder:
        path = made.write(Path(folder))
        check(account(path))
        for document in read_documents(path):  # the parser lost no letter, either
            assert letters_of(document.text) == letters_of(document.unmarked or "")


TEXT = "The Lamp\n\nby Ann Lee\n\nCHAPTER I\n\nOne two three.\n\nFour five.\n\nCHAPTER II\n\nSix seven eight.\n"


def told(book: Book, text: str = TEXT) -> Account:
    return audit(book, [Document(name="", text=text)])


@pytest.fixture
def book() -> Book:
    return read_plain(TEXT, "The Lamp", "lamp.txt")


def with_paragraphs(book: Book, chapter: int, paragraphs: Sequence[Paragraph]) -> Book:
    changed = replace(book.chapters[chapter], paragraphs=tuple(paragraphs))
    return replace(book, chapters=(*book.chapters[:chapter], changed, *book.chapters[chapter + 1 :]))


def test_an_account_counts_each_chapter_and_says_why_the_rest_is_not_read(book: Book) -> None:
    found = told(book)
    assert found.words == 17
    assert [(c.number, c.source, c.words) for c in found.chapters] == [(1, 7, 7), (2, 5, 5)]
    assert [(s.reason, s.place, s.words, s.opening) for s in found.skipped] == [
        ("title page", "line 1", 5, "The Lamp by Ann Lee")
    ]
    assert found.faults == ()


def test_a_paragraph_that_a_reader_dropped_is_found(book: Book) -> None:
    heading, _, last = book.chapters[0].paragraphs
    assert told(with_paragraphs(book, 0, [heading, last])).faults == (
        "line 7: nobody says what became of 'One two three.'",
    )


def test_a_paragraph_that_is_read_twice_is_found(book: Book) -> None:
    heading, first, last = book.chapters[0].paragraphs
    faults = told(with_paragraphs(book, 0, [heading, first, last, first])).faults
    assert faults == ("line 7: 'One two three.' is read twice",)


def test_a_word_that_a_reader_changed_is_found(book: Book) -> None:
    heading, first, last = book.chapters[0].paragraphs
    faults = told(with_paragraphs(book, 0, [heading, replace(first, text="One too three."), last])).faults
    assert faults == ("chapter 1, from line 7: 'wothree' is read as 'oothree'",)


def test_words_from_nowhere_are_found(book: Book) -> None:
    invented = Paragraph(text="Once upon a time.")
    assert told(with_paragraphs(book, 1, [*book.chapters[1].paragraphs, invented])).faults == (
        "chapter 2: 'Once upon a time.' stands nowhere in the source",
    )


def test_a_paragraph_that_is_both_read_and_skipped_is_found(book: Book) -> None:
    start = TEXT.index("Four")
    twice = Skipped(title="", words=2, reason="footnote", start=start, end=start + 10)
    assert told(replace(book, skipped=(*book.skipped, twice))).faults == (
        "chapter 1, from line 9: '' is read as 'Fourfive'",
    )


def test_chapters_out_of_order_are_found(book: Book) -> None:
    first, second = book.chapters
    swapped = (replace(second, number=1), replace(first, number=2))
    assert told(replace(book, chapters=swapped)).faults == (
        "line 11: 'CHAPTER II' is read before what stands above it",
    )


def test_a_page_that_the_parser_lost_most_of_is_found(book: Book) -> None:
    document = Document(name="a.xhtml", text=TEXT, unmarked=TEXT + "and much more that nobody has seen" * 3)
    (fault,) = audit(book, [document]).faults
    assert fault.startswith("a.xhtml: only 64 of its 148 letters could be made out")


@pytest.mark.parametrize(
    ("text", "read", "skipped"),
    [
        ('Tea (see[^1]) and [milk](http://a.b "a jug").\n\n[^1]: Or cake.', 4, {"markup": 2, "footnote": 3}),
        ("<b>Bold</b> words, caf&eacute; words.", 4, {}),
        ("one<!-- two three -->four", 2, {"hidden text": 2}),
        ("1. First.\n2. Second.", 2, {"list number": 2}),
        ("Tea.\n\n1. * * *\n2. Cake.", 2, {"list number": 2}),
        ("Tea.\n\n> 1. 2. ---\n\nCake.", 2, {"list number": 2}),
        ("1986. What a year!", 4, {}),
    ],
)
def test_a_word_is_read_where_any_letter_of_it_is(
    tmp_path: Path, text: str, read: int, skipped: dict[str, int]
) -> None:
    path = tmp_path / "tea.md"
    path.write_text(text, encoding="utf-8")
    found = account(path)
    check(found)
    assert sum(c.source for c in found.chapters) == read
    counted = Counter({s.reason: 0 for s in found.skipped})
    for stretch in found.skipped:
        counted[stretch.reason] += stretch.words
    assert {reason: words for reason, words in counted.items() if words} == skipped


def test_a_number_that_begins_a_sentence_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "year.md"
    path.write_text(
        "It was warm.\n\n1986\\. What a year!\n\n1987. What another!\n\nThen:\n\n1. One.\n2. Two.", encoding="utf-8"
    )
    assert [p.text for p in read_book(path).chapters[0].paragraphs] == [
        *("It was warm.", "1986. What a year!", "1987. What another!", "Then:", "One.", "Two."),
    ]


def test_a_picture_typed_with_an_indent_is_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "picture.md"
    path.write_text("A lamp:\n\n    ![a lamp](lamp.png)\n", encoding="utf-8")
    found = read_book(path)
    assert [p.text for p in found.chapters[0].paragraphs] == ["A lamp:"]
    assert [s.reason for s in found.skipped] == ["illustration"]


def test_places_in_an_epub_are_its_documents(tmp_path: Path) -> None:
    body = "<h1>One</h1><p>Oona<a href='#n1'><sup>1</sup></a> slept.</p><aside epub:type='footnote'>A cat.</aside>"
    made = Epub(pages={"a.xhtml": page(body)}, members={"OEBPS/lying.xhtml": page("<p>Nobody reads this.</p>")})
    found = account(made.write(tmp_path))
    check(found)
    assert [(s.reason, s.place, s.words) for s in found.skipped] == [
        ("note reference", "OEBPS/a.xhtml", 0),  # its letters are part of a word that is read
        ("notes", "OEBPS/a.xhtml", 2),
        ("outside the reading order", "OEBPS/lying.xhtml", 3),
    ]


def test_character_data_is_read_in_a_page_that_is_no_xml(tmp_path: Path) -> None:
    made = Epub(pages={"a.xhtml": page("<h1>One</h1><p>She said <![CDATA[a < b & c]]> twice<br></p>")})
    path = made.write(tmp_path)
    assert read_book(path).chapters[0].paragraphs[1].text == "She said a < b & c twice"
    check(account(path))


@pytest.mark.parametrize(
    "mark", ["<!--", "<?", "<script ", "<script>", "<head>", "<a ", "<![CDATA[", "<!DOCTYPE[", '<a "']
)
def test_markup_that_never_ends_is_counted_in_linear_time(mark: str) -> None:
    start = time.process_time()
    strip_markup(mark * 100_000)
    assert time.process_time() - start < 2


def test_an_account_survives_json(book: Book) -> None:
    found = told(book)
    assert account_from_json(json.loads(json.dumps(account_to_json(found)))) == found


def check_all(folders: Sequence[Path], least: int) -> None:
    books = [path for folder in folders for path in sorted(folder.rglob("*"))]
    books = [path for path in books if path.suffix in {".txt", ".md", ".epub"} and path.name != "README.md"]
    assert len(books) >= least
    for path in books:
        found = account(path)
        assert (path.name, found.faults) == (path.name, ())
        check(found)


def test_every_word_of_the_seeds_is_accounted_for(seeds: Path) -> None:
    check_all([seeds], 3)


@pytest.mark.slow
def test_every_word_of_the_shared_books_is_accounted_for(shared: Path) -> None:
    check_all([shared / "seeds", shared / "data"], 23)
