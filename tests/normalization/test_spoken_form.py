"""What the narrator says, against what is written. The tables are in tests/cases/spoken: lines in, lines out."""

import re
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.cast import Pronunciation
from audiobook.normalization import spoken_form
from tests.golden import check_golden, golden_cases
from tests.normalization.spoken_collection import CLASSES, FLOORS, cases, readings

PLAIN = """the a sea light keeper post said she he it's o'clock quite never boat again old letter well-known under don't
Oona Tom Mister Grey I am is so may said, said. gone? gone! here; there: twenty-two"""
PLAIN_WORDS = st.sampled_from(PLAIN.split())


@pytest.mark.parametrize("case", golden_cases("spoken"), ids=lambda path: path.stem)
def test_is_said_as_a_narrator_would_say_it(case: Path, pytestconfig: pytest.Config) -> None:
    say = partial(spoken_form, block="heading" if case.stem == "headings" else "prose")
    check_golden(case, lambda lines: "\n".join(map(say, lines.split("\n"))), pytestconfig)


@pytest.mark.parametrize("name", CLASSES)
def test_most_of_each_class_of_the_collection_is_said_well(name: str) -> None:
    every = list(readings(name))
    good = sum(reading.is_good for reading in every)
    assert good >= FLOORS[name] * len(every), "\n".join(str(reading) for reading in every if not reading.is_good)


@pytest.mark.parametrize("name", CLASSES)
def test_a_reading_of_the_collection_is_not_changed_by_being_said_again(name: str) -> None:
    for reading in readings(name):
        assert spoken_form(reading.said) == reading.said


@pytest.mark.parametrize("name", CLASSES)
def test_the_words_around_a_case_stand_where_they_stood(name: str) -> None:
    for case in cases(name):
        said = spoken_form(f"Oona told Tom: {case.written}; then she left.")
        assert said.startswith("Oona told Tom"), case.written
        assert said.endswith("then she left."), case.written
        assert len(said) < 150 + 15 * len(case.written), case.written


def test_the_documented_table_of_spoken_forms_is_what_is_said() -> None:
    page = (Path(__file__).parents[2] / "docs" / "pronunciation.md").read_text(encoding="utf-8")
    table = page.partition("| | written | spoken |")[2].partition("\n\n")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    assert len(rows) > 10
    for _, written, spoken in rows:
        assert spoken_form(written) == spoken


@given(st.lists(PLAIN_WORDS, min_size=1, max_size=30).map(" ".join))
@settings(deadline=None, max_examples=200)
def test_plain_words_pass_unchanged(text: str) -> None:
    assert spoken_form(text) == text


@given(st.lists(PLAIN_WORDS, min_size=1, max_size=30).map(" ".join))
@settings(deadline=None, max_examples=100)
def test_quotation_marks_are_all_that_a_plain_quotation_loses(text: str) -> None:
    assert spoken_form(f"“{text}”") == spoken_form(f'"{text}"') == text


@given(st.text(alphabet=st.sampled_from("aI1X0.,'’\"-—–…!?:;$£%&()[]_* \nSt.Mr.VIst°/½éé中😀×^⁶′″km@"), max_size=60))
@settings(deadline=None, max_examples=200)
def test_any_text_has_a_spoken_form_that_is_speakable_or_empty(text: str) -> None:
    said = spoken_form(text)
    assert said == said.strip()
    assert not said or re.search(r"[^\W_]", said)
    assert not re.search(r"\d|[\"“”*_…—$£€%&]|  ", said)


@pytest.mark.parametrize(("text", "said"), [("£0*0", "zero pounds times zero"), ("1/2*3", "one half times three")])
def test_an_asterisk_between_figures_is_times_whatever_the_first_of_them_counts(text: str, said: str) -> None:
    assert spoken_form(text) == said


# Nothing that makes a numeral of its neighbour: "I.I." is said for itself, and "II", which that leaves, is two.
_PIECES = [*"ab1.,'-—…!$(%_ ", " I ", "Mr. ", "no", "ha", "No. "]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@settings(deadline=None, max_examples=150)
def test_what_has_been_said_once_is_said_the_same_again(text: str) -> None:
    once = spoken_form(text)
    assert spoken_form(spoken_form(once)) == spoken_form(once)


@pytest.mark.parametrize("text", ["", "   ", "* * *", "—", "...", "\u200b", "☃ 😀", "“”", "_", "***", "( )", "-"])
def test_marks_alone_are_nothing_to_say(text: str) -> None:
    assert spoken_form(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Siobhan's boat and SIOBHAN and Siobhanna", "Shivawn's boat and Shivawn and Siobhanna"),
        ("Dr. Siobhan", "Doctor Shivawn"),
        ("St. John Rivers; St. John", "Sinjin Rivers; Sinjin"),
        ("Reading, not reading", "Redding, not reading"),
        ("the Cholmondeley-Smiths", "the Chumley-Smiths"),
        ("No. 9 came", "Niner came"),
        ("an NCO", "an N.C.O. (really) 5"),
    ],
)
def test_pronunciations_are_whole_words_the_longest_first_and_final(text: str, said: str) -> None:
    entries = (
        Pronunciation(written="Siobhan", spoken="Shivawn"),
        Pronunciation(written="John", spoken="Jon"),
        Pronunciation(written="St. John", spoken="Sinjin"),
        Pronunciation(written="Reading", spoken="Redding", match_case=True),
        Pronunciation(written="Cholmondeley", spoken="Chumley"),
        Pronunciation(written="No. 9", spoken="Niner"),
        Pronunciation(written="NCO", spoken="N.C.O. (really) 5"),
    )
    assert spoken_form(text, pronunciations=entries) == said


def test_numbered_dates_are_read_as_the_book_s_country_writes_them() -> None:
    assert spoken_form("5/6/1990") == spoken_form("5/6/1990", language="en-US") == "May sixth, nineteen ninety"
    assert spoken_form("5/6/1990", language="en-GB") == "June fifth, nineteen ninety"


def test_accents_written_apart_are_joined_and_other_scripts_left_alone() -> None:
    assert spoken_form("cafe\u0301") == "café"
    for text in ("می\u200cخواهم", "क्\u200dष", "Привет, мир!", "こんにちは", "👩\u200d🚀 up"):
        assert spoken_form(text) == text.replace("👩\u200d🚀 ", "")


@pytest.mark.parametrize("fragment", [" said Tom, ", "; but he said ", ", he said.", " – he said –"])
def test_a_piece_of_a_sentence_begins_with_its_first_word(fragment: str) -> None:
    assert spoken_form(fragment)[0].isalpha()


def test_english_rules_keep_out_of_other_languages() -> None:
    assert spoken_form("« Il a 12 ans, M. X… »", language="fr") == "Il a 12 ans, M. X,"


ODD = [
    "1",
    "1 ",
    "1,1",
    "I",
    "A. ",
    ".",
    "—'(",
    "IT IS ",
    "a-",
    "$1 ",
    "www.",
    "_a*",
    "o",
    "I-",
    "1 1/",
    "5:",
    "\n—",
    "  ",
    "a@a.",
    "(1) ",
    "Mr. ",
    "'",
    "A.B.",
    "1-1 ",
    "[a](",
    "<a ",
    "St. ",
    "sh",
    "x x",
    "NCO",
    "\u2028",
]


@pytest.mark.parametrize("piece", ODD)
def test_no_text_however_odd_takes_long(piece: str) -> None:
    began = time.process_time()
    spoken_form(f"so {piece * (20_000 // len(piece))} so / 2 so")
    assert time.process_time() - began < 1


def test_a_novel_is_made_speakable_in_a_moment(shared: Path) -> None:
    text = (shared / "data/pdnc/TheInvisibleMan/novel_text.txt").read_text(encoding="utf-8")
    lines = [line for line in re.split(r"\n\s*\n|(?<=[\"”]) ", text) if line.strip()]
    began = time.process_time()
    for line in lines:
        spoken_form(line)
    assert time.process_time() - began < 0.6, "a tenth of a second for 43,000 words on a quiet machine"
