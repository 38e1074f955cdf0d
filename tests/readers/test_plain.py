import ast
import csv
import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.book import Book
from audiobook.readers import read_book, read_text
from audiobook.readers.text import divide_source, read_plain
from tests.readers.stories import paragraph, story, told


def read(text: str) -> Book:
    return read_plain(text, "the file name", "book.txt")


def titles(text: str) -> list[str]:
    return [chapter.title for chapter in read(text).chapters]


def kinds(text: str) -> list[str]:
    return [p.kind for chapter in read(text).chapters for p in chapter.paragraphs]


def reasons(book: Book) -> set[str]:
    return {part.reason for part in book.skipped}


@pytest.mark.parametrize(
    "headings",
    [
        ("CHAPTER I", "CHAPTER II", "CHAPTER III"),
        ("Chapter 1: The River", "Chapter 2: The Hill"),
        ("Chapter One", "Chapter Two", "Chapter Twenty-One"),
        ("Chapter the First", "Chapter the Second", "Chapter the Last"),
        ("CHAPTER IV. THE ALL-CAPS TITLE", "CHAPTER V. ANOTHER"),
        ("I", "II", "III"),
        ("1", "2", "3"),
        ("One", "Two", "Three"),
        ("I. THE FIRST", "II. THE SECOND"),
        ("1. The River", "2. The Hill", "3. The Sea"),
        ("Stave One", "Stave Two"),
        ("LETTER I", "LETTER II", "CHAPTER I", "CHAPTER II"),
        ("Prologue", "Chapter 1", "Interlude", "Chapter 2", "Epilogue"),
        ("Part Two", "Part Three"),
        ("BOOK THE FIRST", "BOOK THE SECOND"),
        ("THE WOLF", "THE LAMB", "THE DEEP DARK FOREST"),
        ("Scene 1", "Scene 2"),
    ],
    ids=lambda headings: headings[0],
)
def test_headings_of_every_kind_begin_chapters(headings: tuple[str, ...]) -> None:
    assert titles(told(*headings)) == list(headings)


@pytest.mark.parametrize("decorated", ["~ {} ~", "=== {} ===", "[{}]", "_{}_", "** {} **", "      {}"])
def test_ornaments_around_a_heading_are_no_part_of_its_title(decorated: str) -> None:
    assert titles(told(decorated.format("Chapter 1"), decorated.format("Chapter 2"))) == ["Chapter 1", "Chapter 2"]


def test_a_title_beneath_a_label_belongs_to_it() -> None:
    text = told(
        "CHAPTER I.\nDown the Rabbit-Hole", "CHAPTER II.\n\nTHE POOL OF TEARS", "CHAPTER III.\nIn which nothing happens"
    )
    assert titles(text) == [
        "CHAPTER I: Down the Rabbit-Hole", "CHAPTER II: THE POOL OF TEARS", "CHAPTER III: In which nothing happens",
    ]  # fmt: skip
    headings = [p.text for c in read(text).chapters for p in c.paragraphs if p.kind == "heading"]
    assert headings[:2] == ["CHAPTER I.", "Down the Rabbit-Hole"]


def test_the_first_sentence_of_a_chapter_is_not_its_title() -> None:
    text = f"Chapter 1\n\nShe waited.\n\n{story(1)}\n\nChapter 2\n\n“Come in,” he said.\n\n{story(2)}"
    assert titles(text) == ["Chapter 1", "Chapter 2"]


def test_parts_belong_to_the_chapter_that_follows_and_tell_apart_chapters_counted_anew() -> None:
    text = "PART ONE\n\n" + told("Chapter 1", "Chapter 2") + "\n\nPART TWO\n\n" + told("Chapter 1", "Chapter 2")
    assert titles(text) == ["PART ONE: Chapter 1", "PART ONE: Chapter 2", "PART TWO: Chapter 1", "PART TWO: Chapter 2"]
    assert read(text).chapters[2].paragraphs[0].text == "PART TWO"


def test_shouts_and_lone_letters_do_not_split_a_story() -> None:
    shouts = (
        "“STOP!”",
        "STOP",
        "I",
        "NO ENTRY",
        "Part of me wanted to go.",
        "Book I read yesterday",
        "Chapter one was good.",
    )
    text = (
        "Chapter 1\n\n"
        + "\n\n".join(f"{story(n)}\n\n{shout}" for n, shout in enumerate(shouts))
        + "\n\n"
        + told("Chapter 2")
    )
    assert titles(text) == ["Chapter 1", "Chapter 2"]
    assert len(titles("\n\n".join(f"{story(n)}\n\n{shout}" for n, shout in enumerate(shouts)))) == 1


def test_numbered_sections_inside_chapters_are_not_chapters() -> None:
    sections = "\n\n".join(
        f"Chapter {c}\n\n" + "\n\n".join(f"{n}\n\n{story(c * 9 + n)}" for n in (1, 2, 3)) for c in (1, 2)
    )
    assert titles(sections) == ["Chapter 1", "Chapter 2"]


def test_stories_with_numbered_titles_hold_their_lone_numerals() -> None:
    text = f"I. A SCANDAL\n\n\n{told('I.', 'II.', 'III.')}\n\n" + "\n\n".join(
        f"{title}\n\n{story(9, 20)}" for title in ("II. THE LEAGUE", "III. A CASE")
    )
    assert titles(text) == ["I. A SCANDAL", "II. THE LEAGUE", "III. A CASE"]


@pytest.mark.parametrize(
    "contents",
    [
        "CONTENTS\n\nChapter 1\nChapter 2\nChapter 3",
        "Contents\n\nChapter 1 ........ 3\nChapter 2 ....... 19\nChapter 3 ....... 40",
        "TABLE OF CONTENTS\n\nChapter 1\n\nChapter 2\n\nChapter 3",
        "Chapter 1\nChapter 2\nChapter 3",
    ],
)
def test_contents_lists_are_not_chapters(contents: str) -> None:
    book = read(f"THE LAMP\n\nby Ann Lee\n\n{contents}\n\n\n{told('Chapter 1', 'Chapter 2', 'Chapter 3')}")
    assert [c.title for c in book.chapters] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert reasons(book) == {"title page", "table of contents"}


def test_a_contents_list_may_write_its_numbers_otherwise_than_the_book() -> None:
    listing = "CONTENTS\n\nCHAPTER                PAGE\n\nI. THE RIVER ... 1\nII. THE HILL ... 20\nIII. THE SEA ... 41"
    body = told("CHAPTER I\n\nTHE RIVER", "CHAPTER II\n\nTHE HILL", "CHAPTER III\n\nTHE SEA")
    text = f"THE LAMP\n\nby\n\nAnn Lee\n\nPREFACE\n\n{story(9)}\n\n{listing}\n\n\n\nTHE LAMP\n\n\n\n{body}"
    assert titles(text) == ["PREFACE", "CHAPTER I: THE RIVER", "CHAPTER II: THE HILL", "CHAPTER III: THE SEA"]


def test_a_contents_heading_with_prose_right_beneath_it_is_no_list() -> None:
    text = f"Chapter 1\n\n{story(1)}\n\nContents\n{paragraph(5)}\n\n{told('Chapter 2')}"
    assert titles(text) == ["Chapter 1", "Chapter 2"]


def test_titles_the_contents_promise_divide_a_book_without_numbers() -> None:
    book = read(
        f"The Lamp\nby Ann Lee\n\nContents\n\nThe Wolf\nA Lamb\nThe Sea\n\n\n{told('The Wolf', 'A Lamb', 'The Sea')}"
    )
    assert [c.title for c in book.chapters] == ["The Wolf", "A Lamb", "The Sea"]


def test_a_contents_list_with_parts_that_count_anew_is_left_out() -> None:
    listing = "CONTENTS\n\nBOOK I\n\nI. Early\nII. Late\n\nBOOK II\n\nI. Noon\nII. Night"
    body = "BOOK I\n\n" + told("I. Early", "II. Late") + "\n\nBOOK II\n\n" + told("I. Noon", "II. Night")
    assert titles(f"THE LAMP\n\n{listing}\n\n\n{body}") == ["I. Early", "II. Late", "I. Noon", "II. Night"]


def test_a_contents_list_goes_on_below_an_entry_that_stands_on_two_lines() -> None:
    names = ("THE WOLF", "A LAMB", "THE SEA", "THE HILL")
    listing = "CONTENTS\n\nTHE WOLF\n\nA LAMB\n\na lamb.\n\nTHE SEA\n\nTHE HILL"
    book = read(f"THE LAMP\n\nby Ann Lee\n\n{listing}\n\nTHE LAMP\n\n{told(*names)}")
    assert [c.title for c in book.chapters] == list(names)


def test_the_book_title_below_a_contents_list_with_page_numbers_is_no_entry() -> None:
    listing = "CONTENTS\n\nCHAPTER I\n\nEarly 1\n\nCHAPTER II\n\nNoon 20\n\nCHAPTER III\n\nLate 41\n\nOONA"
    body = told("CHAPTER I\n\nEarly", "CHAPTER II\n\nNoon", "CHAPTER III\n\nLate")
    text = f"OONA\n\nby\n\nAnn Lee\n\n{listing}\n\n{body}\n\nOn the stone was one word\n\nOONA.\n\n{story(9, 6)}"
    assert titles(text) == ["CHAPTER I: Early", "CHAPTER II: Noon", "CHAPTER III: Late"]


@pytest.mark.parametrize(
    ("page", "title", "authors"),
    [
        ("The Lamp\n\nby Ann Lee", "The Lamp", ("Ann Lee",)),
        ("THE LAMP\n\n\nby\n\nANN LEE AND BOB RAY", "The Lamp", ("Ann Lee", "Bob Ray")),
        ("Title: The Lamp\n\nAuthor: Ann Lee", "The Lamp", ("Ann Lee",)),
        ("THE LAMP\n\nOR\nTHE RIVER'S GIFT\n\nBy Ann Lee\n\n(1814)", "The Lamp; or, The River's Gift", ("Ann Lee",)),
    ],
)
def test_the_title_page_gives_the_facts_and_is_not_read(page: str, title: str, authors: tuple[str, ...]) -> None:
    book = read(f"{page}\n\n\n{told('CHAPTER I', 'CHAPTER II')}")
    assert (book.facts.title, book.facts.authors) == (title, authors)
    assert len(book.chapters) == 2
    assert reasons(book) == {"title page"}


def test_prose_before_the_first_heading_is_read() -> None:
    assert titles(f"The Lamp\n\n{story(7)}\n\n{told('Chapter 1', 'Chapter 2')}") == [
        "Opening",
        "Chapter 1",
        "Chapter 2",
    ]


def test_a_text_without_headings_is_one_chapter_under_its_title() -> None:
    assert titles(f"My Story\n\n{story(1)}") == ["My Story"]
    assert titles(story(1)) == ["the file name"]


def test_adverts_behind_a_story_without_chapters_are_left_out() -> None:
    book = read(f"My Story\n\n{story(1, 8)}\n\nTHE END\n\n\nOther books by Ann Lee\n\nThe Rope. Cloth, $2.00 net.\n")
    assert [chapter.title for chapter in book.chapters] == ["My Story"]
    assert "advertisement" in reasons(book)


HEADERS = [
    ("*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***", "*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***"),
    ("***START OF THIS PROJECT GUTENBERG EBOOK THE LAMP***", "***END OF THIS PROJECT GUTENBERG EBOOK THE LAMP***"),
    (
        "*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP\nAND SO ON ***",
        "End of Project Gutenberg's The Lamp, by Ann Lee",
    ),
    (
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
        "End of The Project Gutenberg Etext of The Lamp",
    ),
    (
        "*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.03.17.97*END*",
        "End of the Project Gutenberg EBook of The Lamp",
    ),
]


@pytest.mark.parametrize(("start", "end"), HEADERS)
def test_project_gutenbergs_header_and_licence_are_left_out(start: str, end: str) -> None:
    head = "The Project Gutenberg eBook of The Lamp\n\nTitle: The Lamp\n\nAuthor: Ann Lee\n\nLanguage: French\n"
    note = "Produced by A. Nonymous and the Proofreading Team"
    body = told("CHAPTER I", "CHAPTER II")
    book = read(f"{head}\n{start}\n\n{note}\n\n\nTHE LAMP\n\n\n{body}\n\n\n{end}\n\nLicence words\n")
    assert (book.facts.title, book.facts.authors, book.facts.stated_language) == ("The Lamp", ("Ann Lee",), "French")
    assert [c.title for c in book.chapters] == ["CHAPTER I", "CHAPTER II"]
    assert book.chapters[-1].paragraphs[-1].text == " ".join(body.split("\n\n")[-1].split())
    assert {"Project Gutenberg header", "Project Gutenberg licence", "transcriber's note"} <= reasons(book)


@pytest.mark.parametrize("mark", ["* * *", "***", "---", "#", "⁂", "• • •", "~~~", "* * * * *", "oOo", ". . . . ."])
def test_scene_breaks_are_kept_as_they_stand(mark: str) -> None:
    text = f"Chapter 1\n\n{story(1)}\n\n{mark}\n\n{story(2)}"
    breaks = [p for p in read(text).chapters[0].paragraphs if p.kind == "break"]
    assert [b.text for b in breaks] == [mark]
    assert text[breaks[0].runs[0].source :].startswith(mark)


def test_more_blank_lines_than_usual_are_a_scene_break() -> None:
    assert kinds(f"{story(1)}\n\n\n\n{story(2)}").count("break") == 1
    assert kinds(story(1)).count("break") == 0


def test_hard_wrapped_lines_are_joined_and_words_parted_at_hyphens_made_whole() -> None:
    book = read(f"Chapter 1\n\nHe said good-\nbye to the first-\nand second-class people\nof the town.\n\n{story(1)}")
    assert book.chapters[0].paragraphs[1].text == "He said good-bye to the first- and second-class people of the town."


def test_a_line_a_paragraph_without_blank_lines_is_understood() -> None:
    lines = "\n".join(story(n, 6, width=0, between="\n") for n in (1, 2))
    book = read(f"Chapter 1\n{lines}\nChapter 2\n{lines}")
    assert [(c.title, len(c.paragraphs)) for c in book.chapters] == [("Chapter 1", 13), ("Chapter 2", 13)]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_paragraphs_begun_by_an_indent_are_understood(between: str) -> None:
    indented = between.join("    " + text for text in story(1).split("\n\n"))
    book = read(f"CHAPTER I\n{indented}\nCHAPTER II\n{indented}\n{indented}")
    assert [(c.title, len(c.paragraphs)) for c in book.chapters] == [("CHAPTER I", 5), ("CHAPTER II", 9)]


def test_verse_keeps_its_lines_and_wrapped_prose_does_not() -> None:
    poem = "    Roses are red,\n      Violets are blue,\n    Sugar is sweet"
    paragraphs = read(f"{story(1)}\n\n{poem}\n\n{story(2)}").chapters[0].paragraphs
    assert [p.text for p in paragraphs if p.kind == "verse"] == ["Roses are red,\nViolets are blue,\nSugar is sweet"]


def test_italics_are_recorded_and_their_underscores_kept() -> None:
    told_so = read(f"It was _very_ late, _she\nsaid_, in snake_case_words.\n\n{story(1)}").chapters[0].paragraphs[0]
    assert [told_so.text[a:b] for a, b in told_so.emphasis] == ["very", "she said"]
    assert "_very_" in told_so.text


def test_pictures_footnotes_and_page_numbers_are_skipped() -> None:
    extra = "[Illustration: A lamp]\n\n[1] A note.\n\n[Pg 12]"
    book = read(f"Chapter 1\n\n{story(1)}\n\n{extra}\n\n{story(2)}")
    assert reasons(book) == {"illustration", "footnote", "page number"}


def test_sentences_cut_by_page_numbers_are_made_whole() -> None:
    pages = [paragraph(n, 80).removesuffix(".") for n in range(8)]
    text = "\n\n".join(f"{page[0].lower()}{page[1:]}\n\n{n}" for n, page in enumerate(pages, 1))
    book = read(text)
    assert len(book.chapters) == 1
    assert len(book.chapters[0].paragraphs) == 1
    assert reasons(book) == {"page number"}


LINES = st.sampled_from(
    ["", "", "", "CHAPTER I", "CHAPTER II", "Chapter 3: The End", "I", "II", "PART ONE", "THE WOLF", "CONTENTS",
     "* * *", "#",
     "    An indented line", "[Illustration]", "The Lamp", "by Ann Lee", "12", "well-", "known", "THE END",
     "\tx", "a\x0cb", "…",
     "*** START OF THE PROJECT GUTENBERG EBOOK X ***", "End of Project Gutenberg's X", "Chapter 1 .... 3",
     "[1] note", "Produced by X",
     "“Come in,” he said, and shut the door behind them with some care.", "INDEX", "_Yes_, she said."]
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(LINES, st.text(max_size=30).filter(lambda s: "\r" not in s)), max_size=60))
def test_no_character_is_lost_or_doubled(lines: list[str]) -> None:
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", " ", "\n".join(lines))
    divided = divide_source(text, "x")
    spans = [(cut.start, cut.end) for cut in divided.cuts]
    for draft in divided.drafts:
        for told_so in draft.paragraphs:
            for run in told_so.runs:
                here, there = told_so.text[run.text : run.text + run.length], text[run.source : run.source + run.length]
                assert re.sub(r"\s", " ", here) == re.sub(r"\s", " ", there)
                spans.append((run.source, run.source + run.length))
    spans.sort()
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), "doubled"
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split()), "lost"


def test_the_founding_text_is_one_chapter_under_its_title(shared: Path) -> None:
    book = read_book(shared / "seeds" / "crumbling_masks.txt")
    assert [c.title for c in book.chapters] == ["Crumbling Masks"]
    assert len(book.chapters[0].paragraphs) == 6


CHAPTERS = {
    "APassageToIndia": 37, "ARoomWithAView": 20, "AlicesAdventuresInWonderland": 12, "DaisyMiller": 2, "Emma": 55,
    "HardTimes": 37, "HowardsEnd": 44, "MansfieldPark": 48, "NightAndDay": 34, "NorthangerAbbey": 31, "OliverTwist": 53,
    "Persuasion": 24, "SenseAndSensibility": 50, "TheAgeOfInnocence": 34, "TheAwakening": 39, "TheGambler": 17,
    "TheInvisibleMan": 29, "TheMysteriousAffairAtStyles": 13, "TheSportOfTheGods": 18, "WhereAngelsFearToTread": 10,
}  # fmt: skip


@pytest.mark.parametrize("novel", CHAPTERS)
def test_every_annotated_quotation_of_the_novels_is_read(shared: Path, novel: str) -> None:
    folder = shared / "data" / "pdnc" / novel
    book, text = read_book(folder / "novel_text.txt"), read_text(folder / "novel_text.txt")
    assert len(book.chapters) == CHAPTERS[novel]
    kept = bytearray(len(text))
    for run in (run for c in book.chapters for p in c.paragraphs for run in p.runs):
        kept[run.source : run.source + run.length] = b"\1" * run.length
    with (folder / "quotation_info.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for start, end in ast.literal_eval(row["quoteByteSpans"]):
                assert all(kept[n] or text[n].isspace() for n in range(start, end)), text[start:end]


_TYPED = (
    "The Crossing\r\nby Ann Lee\r\n\r\n\tCHAPTER ONE\r\n\r\n"
    + "\t“Is it far?” asked Oona, and looked at the long grey quay where nobody had been all day, nor would come.\r\n"
    * 9
    + "\x0c\tCHAPTER TWO\r\n\r\n"
    + "\t‘An hour,’ said Bram — or was it the wind that had spoken over the water, as it did whenever it was late?\r\n"
    * 8
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (_TYPED, "cp1252"),
        (_TYPED.replace("\t", "").replace("\r\n\r\n", "\r\n"), "utf-16"),
        (_TYPED.replace("\t", "").replace("\r\n", "\r\n\r\n"), "utf-8-sig"),
    ],
    ids=["tabs and form feeds", "a line a paragraph", "blank lines between"],
)
def test_a_text_as_word_processors_save_it_is_read_paragraph_by_paragraph(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "typed.txt"
    path.write_bytes(text.encode(encoding))
    book = read_book(path)
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER ONE", "CHAPTER TWO"]
    assert [sum(p.kind == "prose" for p in chapter.paragraphs) for chapter in book.chapters] == [9, 8]
    assert (book.facts.title, book.facts.authors) == ("The Crossing", ("Ann Lee",))
