"""Plays and screenplays: names before speeches are labels, stage directions are narration, and novels are no plays."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.attribution.analyze import write_script
from audiobook.errors import AudiobookError
from audiobook.model.book import SPEAKER_NAME, Book
from audiobook.readers import account_of, read_book
from audiobook.readers.markdown import read_markdown
from audiobook.readers.text import read_plain
from tests.readers.epubs import Epub, page, prose
from tests.readers.stories import story, told
from tests.shared_data import find_shared_data

STOPPED = """THE LOCK

ANNA. Who has the key?

BEN. [Looking in his pocket.] Not I.

ANNA. Then nobody has it.

OLD WREN. (Off.) I have it.

[They all turn.]

BEN. Give it to us.

OLD WREN. No.
"""

ABOVE = """ACT ONE

A yard. ANNA is at the gate.

ANNA
Who has the key?

BEN
(looking in his pocket)
Not I.

ANNA
Then nobody has it.

WREN
(off)
I have it.

BEN
Give it to us.

WREN
No.
"""

APART = """ACT ONE

ANNA.

Who has the key?

BEN.

[_Looking in his pocket._] Not I.

It is at home.

ANNA.

Then nobody has it.

BEN.

Give it to us.

ACT TWO

ANNA.

Is it found?

BEN.

No.
"""

SCREEN = """FADE IN:

INT. YARD - NIGHT

ANNA, 30, stands at the gate.

                    ANNA
          Who has the key?

                    BEN (O.S.)
               (whispering)
          Not I. I left it on the table
          because the pocket was torn.

EXT. ROAD - CONTINUOUS

A cart goes by.

                    ANNA (CONT'D)
          Then nobody has it.

                    BEN
          It is on the table.

She tries the gate. Nothing.

                    ANNA
          So it is.
"""

COLON = "ACT ONE\n\n" + "\n\n".join(
    f"{name}: {words}" for name, words in [("Anna", "Who has it?"), ("Ben", "Not I."), ("Anna", "Who then?")] * 4
)
BOLD = "\n\n".join(f"**{name}** {words}" for name, words in [("Anna", "Who has it?"), ("Ben", "Not I.")] * 3)


def plain(text: str) -> Book:
    return read_plain(text, "book", "book.txt")


def speeches(book: Book) -> list[tuple[str, str]]:
    """Each paragraph that has a speaker: who speaks, and the words without stage directions."""
    found = []
    for paragraph in (p for chapter in book.chapters for p in chapter.paragraphs if p.speaker):
        words = paragraph.text
        for start, end in reversed(paragraph.directions):
            words = words[:start] + words[end:]
        found.append((paragraph.speaker, words.strip()))
    return found


ASKED = [("ANNA", "Who has the key?"), ("BEN", "Not I."), ("ANNA", "Then nobody has it.")]


def test_a_name_and_a_stop_before_the_words_is_a_label() -> None:
    assert speeches(plain(STOPPED)) == [
        *ASKED,
        ("OLD WREN", "I have it."),
        ("BEN", "Give it to us."),
        ("OLD WREN", "No."),
    ]


def test_a_name_on_a_line_above_the_words_is_a_label() -> None:
    assert speeches(plain(ABOVE))[:4] == [*ASKED, ("WREN", "I have it.")]


def test_a_name_in_a_paragraph_of_its_own_is_the_label_of_all_paragraphs_up_to_the_next() -> None:
    found = speeches(plain(APART))
    assert found[:4] == [ASKED[0], ASKED[1], ("BEN", "It is at home."), ASKED[2]]
    assert found[-1] == ("BEN", "No."), "a scene with few speeches has the speakers of the others"


def test_where_names_are_in_capitals_words_in_italics_are_no_names() -> None:
    told = "\n\n".join(f"{name}.\n\nI have the key number {n}." for n, name in enumerate(["ANNA", "BEN"] * 4))
    book = plain(f"_The yard of the lock is dark._\n\n_In the wall there_ is a gate.\n\n{told}\n")
    assert {speaker for speaker, _ in speeches(book)} == {"ANNA", "BEN"}
    assert "_In the wall there_ is a gate." in {p.text for chapter in book.chapters for p in chapter.paragraphs}


def test_a_screenplay_has_speakers_and_its_action_is_nobodys() -> None:
    book = plain(SCREEN)
    assert speeches(book) == [
        ("ANNA", "Who has the key?"),
        ("BEN", "Not I. I left it on the table because the pocket was torn."),
        ("ANNA", "Then nobody has it."),
        ("BEN", "It is on the table."),
        ("ANNA", "So it is."),
    ]


def test_names_in_small_letters_with_a_colon_are_labels_if_there_are_many() -> None:
    assert speeches(plain(COLON))[:2] == [("Anna", "Who has it?"), ("Ben", "Not I.")]


def test_names_in_bold_are_labels_in_markdown() -> None:
    book = read_markdown(BOLD, "book", "book.md")
    assert speeches(book)[:2] == [("Anna", "Who has it?"), ("Ben", "Not I.")]


def test_names_are_left_out_and_directions_are_marked() -> None:
    book = plain(STOPPED)
    assert [part.title for part in book.skipped if part.reason == SPEAKER_NAME][:2] == ["ANNA.", "BEN."]
    directed = [p.text[a:b] for c in book.chapters for p in c.paragraphs for a, b in p.directions]
    assert directed == ["[Looking in his pocket.]", "(Off.)", "[They all turn.]"]


@pytest.mark.parametrize("text", [STOPPED, ABOVE, APART, SCREEN, COLON])
def test_the_account_of_a_play_balances(text: str, tmp_path: Path) -> None:
    (tmp_path / "play.txt").write_text(text, encoding="utf-8")
    book = read_book(tmp_path / "play.txt")
    assert account_of(tmp_path / "play.txt", book).faults == ()


def test_speakers_get_their_speeches_and_directions_stay_with_the_narrator() -> None:
    lines = [(line.speaker, line.text.strip()) for line in write_script(plain(STOPPED)).lines()]
    assert ("Ben", "Not I.") in lines
    assert ("narrator", "[Looking in his pocket.]") in lines
    assert ("Old Wren", "I have it.") in lines


def test_a_speech_of_several_people_is_given_to_no_character() -> None:
    script = write_script(plain(STOPPED + "\nANNA AND BEN. Please!\n"))
    assert [line.speaker for line in script.lines() if "Please" in line.text] == [None]


LAYOUTS = {
    "italics": ("_Anna._ Who has it?", "_Ben._ Not I."),
    "directions without a stop": ("ANNA [rising] Who has it?", "BEN [sadly]. Not I."),
    "directions behind a comma": ("ANNA, aside.—Who has it?", "BEN.— Not I."),
    "colons": ("ANNA: Who has it?", "BEN (sadly): Not I."),
    "titles and numbers": ("MRS. GREY. Who has it?", "1ST WITCH. Not I."),
    "dashes": ("ANNA.--Who has it?", "OLD BEN.--Not I."),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_are_found_in_every_layout(layout: str) -> None:
    found = speeches(plain("ACT ONE\n\n" + "\n\n".join(LAYOUTS[layout] * 3)))
    assert len({speaker for speaker, _ in found}) == 2
    assert {words.strip(" .:—-") for _, words in found} == {"Who has it?", "Not I"}


def test_a_story_with_a_talk_in_labels_keeps_its_own_paragraphs() -> None:
    talk = "ANNA: see you at six\n\nBEN: yes\n\n"
    book = plain(f"CHAPTER I\n\n{f'“Yes,” said Anna, and she wrote to him again.{chr(10) * 2}{talk}' * 4}")
    assert set(speeches(book)) == {("ANNA", "see you at six"), ("BEN", "yes")}


NOVELS = {
    "definitions": "\n\n".join(f"{word}. A kind of boat that is used here." for word in ("BARGE", "PUNT", "SKIFF") * 1),
    "warnings": "\n\n".join(f"{word}. Do not open the lid of it." for word in ("NOTE", "WARNING") * 6),
    "points": "\n\n".join(f"{word}: The sea is wet, and deep." for word in ("First", "Secondly") * 6),
    "answers": "\n\n".join(f"{word}. I was there and I saw him go." for word in ("Yes", "No", "Well") * 5),
    "dates": "\n\n".join(f"LONDON, {n} May. The rain has not stopped, and we wait." for n in range(1, 20)),
    "headings": told("CHAPTER I", "CHAPTER II", "CHAPTER III"),
}


@pytest.mark.parametrize("kind", NOVELS)
def test_what_is_no_play_has_no_speakers(kind: str) -> None:
    assert speeches(plain(NOVELS[kind])) == []


def test_a_few_labels_among_much_prose_make_no_play() -> None:
    labelled = "ANNA. Who?\n\nBEN. I.\n\nANNA. You?\n\nBEN. I.\n"
    assert speeches(plain(f"{told('CHAPTER I')}\n\n{story(1, paragraphs=12)}\n\n{labelled}")) == []


def _row(name: str, words: str) -> str:
    return f"<tr><td>{name}</td><td>{words}</td></tr>"


SE_TABLE = (
    '<table><tr><td/><td><i epub:type="z3998:stage-direction"><b epub:type="z3998:persona">Anna</b> comes</i></td></tr>'
    '<tr><td epub:type="z3998:persona">Anna</td><td>Who has the key?</td></tr>'
    '<tr><td epub:type="z3998:persona">Ben</td>'
    '<td><i epub:type="z3998:stage-direction">Sadly.</i> Not I.</td></tr></table>'
)
PLAIN_TABLE = "<table>" + (_row("Anna", "Who has the key?") + _row("Ben", "Not I.")) * 3 + "</table>"
BY_CLASS = '<p class="speaker">Anna</p><p>Who has the key?</p><p class="speaker">Ben</p><p>Not I.</p>' * 2


@pytest.mark.parametrize("body", [SE_TABLE, PLAIN_TABLE, BY_CLASS])
def test_markup_names_the_speakers(body: str, tmp_path: Path) -> None:
    path = Epub(pages={"one.xhtml": page(f"<h1>Act I</h1>{body}")}).write(tmp_path)
    book = read_book(path)
    assert speeches(book)[:2] == [("Anna", "Who has the key?"), ("Ben", "Not I.")]
    assert account_of(path, book).faults == ()


def test_a_table_of_facts_is_no_play(tmp_path: Path) -> None:
    table = "<table>" + "".join(_row(name, "1801–1803") for name in ("John Clark", "Ann Lee") * 3) + "</table>"
    path = Epub(pages={"one.xhtml": page(f"<h1>Mayors</h1>{prose()}{table}")}).write(tmp_path)
    assert speeches(read_book(path)) == []


def test_the_lines_of_a_stanza_are_one_paragraph_and_dashes_in_them_are_no_speech(tmp_path: Path) -> None:
    lines = ("The captain sleeps—the drum is still,", "—And who are you, said the river to me,", "—I am the road.")
    stanza = f'<div class="stanza">{"".join(f"<p>{line}</p>" for line in lines)}</div>'
    path = Epub(pages={"one.xhtml": page(f"<h1>Song</h1>{stanza * 6}")}).write(tmp_path)
    book = read_book(path)
    assert [p.text for p in book.chapters[0].paragraphs if p.kind == "verse"] == ["\n".join(lines)] * 6
    assert {line.kind for line in write_script(book).lines()} == {"narration"}


def test_real_plays_are_plays_and_real_novels_are_none() -> None:
    shared = find_shared_data()
    if shared is None or not (shared / "data" / "books").is_dir():
        pytest.skip("the real books are not here")
    for path in sorted((shared / "data" / "books").glob("*.*")):
        if path.suffix in (".txt", ".epub"):
            is_play = "play" in path.name or "ibsen" in path.name
            assert bool(speeches(read_book(path))) == is_play, path.name


PARAGRAPHS = st.sampled_from(
    [
        *("ANNA. Who has it?", "BEN. Not I.", "ANNA", "BEN.", "[They go.]", "(aside) Well.", "ANNA [rising] So."),
        *("_Ben._ I.", "**BEN** no", "ACT II", "SCENE I. A mill.", "Enter BEN.", "ANNA, aside.—Who?", "BEN. [Exit.]"),
        *("ANNA AND BEN. Yes.", "It rained.\nAnd so", "BEN\nline one\nline two", "“Yes,” said he.", "* * *"),
        "   CARL (O.S.)\n  (low)\n  it is me\n  again",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARAGRAPHS, min_size=4, max_size=25), st.sampled_from(["txt", "md"]))
def test_the_account_balances_whatever_looks_like_a_play(paragraphs: list[str], suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"book.{suffix}"
        path.write_text("\n\n".join(paragraphs), encoding="utf-8")
        try:
            assert account_of(path, read_book(path)).faults == ()
        except AudiobookError:
            return  # everything in it is a title page
