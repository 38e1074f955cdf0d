import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import BookError
from audiobook.model.book import Book, Paragraph
from audiobook.readers.markdown import read_markdown
from tests.readers.stories import story


def read(text: str) -> Book:
    return read_markdown(text, "the file name", "book.md")


def only(text: str) -> Paragraph:
    (chapter,) = read(text).chapters
    (paragraph,) = chapter.paragraphs
    return paragraph


def tied(book: Book, text: str) -> None:
    """Every run stands in the source as in the text, up to the kind of white space."""
    for paragraph in (p for c in book.chapters for p in c.paragraphs):
        for run in paragraph.runs:
            here, there = paragraph.text[run.text : run.text + run.length], text[run.source : run.source + run.length]
            assert here.replace("\n", " ") == there.replace("\n", " ")


@pytest.mark.parametrize(
    ("front", "title", "authors", "language"),
    [
        ('---\ntitle: "The Lamp"\nauthor: Ann Lee\nlang: en-GB\n---\n', "The Lamp", ("Ann Lee",), "en-GB"),
        ("---\ntitle: The Lamp\nauthors:\n  - Ann Lee\n  - Bob Ray\n---\n", "The Lamp", ("Ann Lee", "Bob Ray"), "en"),
        ("---\ntitle: 'It''s'\nauthor: [Ann Lee, \"Ray, Bob\"]\n...\n", "It's", ("Ann Lee", "Ray, Bob"), "en"),
        ('+++\ntitle = "The Lamp"\nauthors = ["Ann Lee"]\n+++\n', "The Lamp", ("Ann Lee",), "en"),
        ("% The Lamp\n% Ann Lee; Bob Ray\n", "The Lamp", ("Ann Lee", "Bob Ray"), "en"),
    ],
)
def test_front_matter_states_the_facts(front: str, title: str, authors: tuple[str, ...], language: str) -> None:
    facts = read(f"{front}\nOnce.\n").facts
    assert (facts.title, facts.authors, facts.language) == (title, authors, language)


def test_a_scene_break_at_the_top_is_no_front_matter() -> None:
    assert only("---\n\nOnce upon a time.\n\n---\n").text == "Once upon a time."


def test_a_single_top_heading_is_the_title_and_those_below_are_chapters() -> None:
    book = read("# The *Lamp*\n\nby Ann Lee\n\n## One\n\nOnce.\n\n### Within\n\nMore.\n\n## Two\n\nThen.\n")
    assert (book.facts.title, book.facts.authors) == ("The Lamp", ("Ann Lee",))
    assert [c.title for c in book.chapters] == ["One", "Two"]
    assert [p.kind for p in book.chapters[0].paragraphs] == ["heading", "prose", "heading", "prose"]


def test_several_top_headings_are_the_chapters() -> None:
    assert [c.title for c in read("# One\n\nOnce.\n\n# Two\n\n## Within\n\nThen.\n").chapters] == ["One", "Two"]


def test_parts_hold_their_chapters() -> None:
    book = read("# Part One\n\n## One\n\nOnce.\n\n## Two\n\nTwice.\n\n# Part Two\n\n## Three\n\nThen.\n")
    assert [c.title for c in book.chapters] == ["One", "Two", "Three"]
    assert book.chapters[2].paragraphs[0].text == "Part Two"


def test_setext_headings_and_plain_chapter_lines_divide_too() -> None:
    assert [c.title for c in read("One\n===\n\nOnce.\n\nTwo\n===\n\nThen.\n").chapters] == ["One", "Two"]
    assert [c.title for c in read("**Chapter 1**\n\nOnce.\n\n**Chapter 2**\n\nThen.\n").chapters] == [
        "Chapter 1",
        "Chapter 2",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It was **very** _late_ and ***dark***.", "It was very late and dark."),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("\\*not\\* emphasis \\\\", "*not* emphasis \\"),
        ("&amp; &mdash; &#65; AT&T", "& — A AT&T"),
        ("A [link *here*](http://x.y/a_(b) 'title') and [this][r].\n\n[r]: http://x", "A link here and this."),
        ("Not [a link] at all.", "Not [a link] at all."),
        ("A picture ![alt *text*](x.png) of it.", "A picture  of it."),
        ("A note[^1] here.\n\n[^1]: The note.", "A note here."),
        ("Code `a*b` and ``c`d``.", "Code a*b and c`d."),
        ("An <b>inline</b> tag<!-- hidden --> and <http://x.y>.", "An inline tag and http://x.y."),
        ("~~Gone~~ but said.", "Gone but said."),
        ("wrapped\nlines are\njoined", "wrapped lines are joined"),
        ("> A letter,\n> quoted.", "A letter, quoted."),
        ("- an item\n  that goes on", "an item that goes on"),
        ('*(she said)* "*Yes*,"', '(she said) "Yes,"'),
    ],
)
def test_marks_are_not_read_and_words_keep_their_place(source: str, text: str) -> None:
    assert only(source).text == text
    tied(read(source), source)


def test_emphasis_is_recorded_by_offset() -> None:
    paragraph = only("It was **very _late_** and *dark*.")
    assert [paragraph.text[a:b] for a, b in paragraph.emphasis] == ["very late", "late", "dark"]


@pytest.mark.parametrize(
    "mark", ["***", "---", "* * *", "___", "#", "⁂", "\\* \\* \\*", "<hr/>", "<center>***</center>"]
)
def test_scene_breaks_are_kept(mark: str) -> None:
    kinds = [p.kind for p in read(f"Once.\n\n{mark}\n\nThen.\n").chapters[0].paragraphs]
    assert kinds == ["prose", "break", "prose"]


def test_lines_ended_on_purpose_are_verse() -> None:
    verse = only("Roses are red,  \nViolets are blue,\\\nSugar is sweet.")
    assert (verse.kind, verse.text) == ("verse", "Roses are red,\nViolets are blue,\nSugar is sweet.")


def test_code_and_footnotes_are_skipped_and_tables_and_html_are_read() -> None:
    book = read(
        "Once.\n\n```\ncode()\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>html words</div>\n\n[^1]: A note here.\n"
    )
    assert {part.reason for part in book.skipped} == {"code", "table heading", "markup", "footnote"}
    assert [p.text for p in book.chapters[0].paragraphs] == ["Once.", "a: c; b: d", "html words"]


def test_ditto_marks_in_a_table_are_read_as_what_they_stand_for() -> None:
    book = read('Once.\n\n| Who | *When* |\n|---|---|\n| [Ann](x) | 1801 |\n| " | 1802 |\n')
    assert [p.text for p in book.chapters[0].paragraphs[1:]] == ["Who: Ann; When: 1801", "Who: Ann; When: 1802"]


def test_raised_numbers_and_tasks_are_read() -> None:
    book = read("It was H~2~O and x^2^, not ^2.\n\n- [x] done\n- [ ] open\n")
    assert [p.text for p in book.chapters[0].paragraphs] == ["It was H₂O and x², not ^2.", "done", "open"]


def test_a_markdown_file_without_words_is_refused() -> None:
    with pytest.raises(BookError, match="no text"):
        read("![only a picture](x.png)\n")


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab *_~`[](){}<>&;!\\\n#->=|:^1. \t“é"), max_size=80))
def test_offsets_hold_in_any_markdown(text: str) -> None:
    try:
        book = read(text)
    except BookError:
        return
    tied(book, text)


def test_pathological_nesting_takes_no_time() -> None:
    for piece in ("*a ", "_a*", "[", "![", "[a](", "`" * 3 + " ", "<a ", "> ", "**a*_"):
        read("word " + piece * 4000)


@pytest.mark.parametrize("text", ["\xa0\n \xa0\n \xa0Once.\n", "\u2028\nOnce.\n", "> \xa0\n> Once.\n"])
def test_words_behind_lines_of_no_break_spaces_keep_their_place(text: str) -> None:
    book = read(text)
    assert [p.text for c in book.chapters for p in c.paragraphs] == ["Once."]
    tied(book, text)


def test_a_contents_list_of_links_is_left_out() -> None:
    items = "\n".join(f'- <a href="#s{n}">Chapter {n}: The Gate {n}</a>' for n in (1, 2, 3))
    body = "\n\n".join(f"# Chapter {n}: The Gate {n}\n\n{story(n)}" for n in (1, 2, 3))
    book = read_markdown(f"## Table of Contents\n\n{items}\n\n{body}", "x", "x.md")
    assert [len(chapter.paragraphs) for chapter in book.chapters] == [5, 5, 5]
    assert "table of contents" in {part.reason for part in book.skipped}
