"""What the nouns promise about themselves."""

import json
import pickle
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import AudiobookError, BookError, EngineError, VoicesError
from audiobook.model.book import Book, Chapter, Facts, Paragraph, Run, select_sample
from audiobook.model.cast import Cast, Part, Voice
from audiobook.model.clip import Mark, check_marks
from audiobook.model.cue import Sound
from audiobook.model.ledger import Gap, Ledger
from audiobook.model.request import Encoding, Report, gaps_error
from audiobook.model.script import NARRATOR, Character, Line, OrphanedEdit, Place, Rename, Script, ScriptChapter, Style
from audiobook.model.script_json import script_from_json, script_to_json

# Signs that mean something in one of a script's forms, white space of every kind, and characters nobody sees.
ODD = st.sampled_from(
    [*'":;,?!#=[]()/\\->\n\t\r \u00a0\u2028\u202e\ufeff\x00\x85\u200b：', " thinks", " shouts", "; also ", "\\u", "== "]
)
odd_texts = st.lists(ODD | st.characters(), max_size=12).map("".join)
texts = st.text(max_size=20) | odd_texts
names = (st.text(min_size=1, max_size=12) | odd_texts).filter(str.strip).filter(lambda n: n != NARRATOR)


orphaned_edits = st.builds(
    OrphanedEdit,
    chapter=st.integers(1, 9),
    paragraph=st.integers(1, 9),
    text=texts,
    kind=st.sampled_from(["narration", "dialogue"]),
    speaker=st.none() | names.filter(str.strip),
    style=st.sampled_from(get_args(Style)),
)


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    people = draw(st.lists(names, max_size=4, unique=True))
    speakers = st.sampled_from([NARRATOR, None, *people])
    chapters = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        lines: list[Line] = []
        for paragraph in range(1, draw(st.integers(1, 3)) + 1):
            for within in range(1, draw(st.integers(1, 3)) + 1):
                start = draw(st.none() | st.integers(0, 99))
                lines.append(
                    Line(
                        place=Place(chapter=number, paragraph=paragraph, line=within),
                        kind=draw(st.sampled_from(["narration", "dialogue"])),
                        speaker=draw(speakers),
                        text=draw(texts),
                        start=start,
                        end=None if start is None else start + 5,
                        confidence=draw(st.floats(0, 1)),
                        evidence=draw(texts),
                        block=draw(st.sampled_from(["prose", "heading", "break", "verse"])),
                        style=draw(st.sampled_from(get_args(Style))),
                        runner_up=draw(st.sampled_from([None, *people])),
                        pinned=draw(st.booleans()),
                        language=draw(st.sampled_from(["", "fr", "pt-BR"])),
                    )
                )
        chapters.append(ScriptChapter(number=number, title=draw(texts), lines=tuple(lines)))
    characters = tuple(
        Character(
            name=n,
            aliases=tuple(draw(st.lists(names.filter(lambda n: n not in people), max_size=2, unique=True))),
            gender=draw(st.sampled_from(["male", "female", None])),
            age=draw(st.sampled_from(["child", "old", None])),
            lines=draw(st.integers(0, 99)),
            words=draw(st.integers(0, 99)),
            pinned=draw(st.booleans()),
        )
        for n in people
    )
    given_up = draw(st.lists(names.filter(lambda n: n not in people), max_size=2, unique=True))
    return Script(
        facts=Facts(title=draw(texts), authors=tuple(draw(st.lists(names, max_size=2))), language=draw(names)),
        characters=characters,
        chapters=tuple(chapters),
        narrator=draw(st.sampled_from([None, *people])),
        source=draw(st.none() | names),
        renames=tuple(Rename(name=n, becomes="Ada Lovelace III") for n in given_up),
        orphaned_edits=tuple(draw(st.lists(orphaned_edits, max_size=2))),
        edited=draw(st.booleans()),
    )


@given(scripts())
@settings(deadline=None, max_examples=60)
def test_a_script_comes_back_from_json_as_it_went(script: Script) -> None:
    assert script_from_json(json.loads(json.dumps(script_to_json(script)))) == script


def test_a_speaker_written_in_by_hand_becomes_a_character() -> None:
    script = Script(
        facts=Facts(title="T"),
        characters=(),
        chapters=(
            ScriptChapter(
                number=1,
                title="One",
                lines=(Line(place=Place(chapter=1, paragraph=1, line=1), kind="dialogue", speaker=None, text='"Hm."'),),
            ),
        ),
    )
    data = script_to_json(script)
    data["chapters"][0]["lines"][0]["speaker"] = "Oona"
    assert [c.name for c in script_from_json(data).characters] == ["Oona"]


def test_a_line_is_said_aloud_where_its_json_does_not_say_how() -> None:
    place = Place(chapter=1, paragraph=1, line=1)
    line = Line(place=place, kind="dialogue", speaker=None, text='"Hm."')
    script = Script(
        facts=Facts(title="T"), characters=(), chapters=(ScriptChapter(number=1, title="1", lines=(line,)),)
    )
    data = script_to_json(script)
    assert "manner" not in data["chapters"][0]["lines"][0]
    assert script_from_json(data) == script


def test_a_line_cannot_be_spoken_by_a_stranger() -> None:
    line = Line(place=Place(chapter=1, paragraph=1, line=1), kind="dialogue", speaker="Nobody", text="Hm.")
    with pytest.raises(ValueError, match="Nobody"):
        Script(
            facts=Facts(title="T"),
            characters=(),
            chapters=(ScriptChapter(number=1, title="One", lines=(line,)),),
        )


@pytest.mark.parametrize("kind", [AudiobookError, BookError, VoicesError, EngineError])
def test_an_error_survives_the_way_out_of_a_worker_process(kind: type[AudiobookError]) -> None:
    error = pickle.loads(pickle.dumps(kind("it broke", where="here", hint="mend it")))
    assert (type(error), error.message, error.where, error.hint) == (kind, "it broke", "here", "mend it")


def test_a_paragraph_knows_where_its_characters_stand_in_the_source() -> None:
    # the source: "  Two\n    lines." → the text: "Two lines."
    paragraph = Paragraph(
        text="Two lines.",
        runs=(Run(text=0, source=2, length=3), Run(text=3, source=5, length=1), Run(text=4, source=10, length=6)),
    )
    assert paragraph.source_span(0, 3) == (2, 5)
    assert paragraph.source_span(4, 10) == (10, 16)
    assert paragraph.source_span(0, 10) == (2, 16)


def test_only_a_break_may_be_blank() -> None:
    Paragraph(text="", kind="break")
    with pytest.raises(ValueError, match="blank"):
        Paragraph(text="  ")


def test_a_book_has_a_chapter() -> None:
    with pytest.raises(ValueError, match="at least one chapter"):
        Book(facts=Facts(title="T"), chapters=())


def book_of(*chapters: int, length: int = 10) -> Book:
    """A book of so many paragraphs a chapter, each with its number in front."""
    numbers = iter(range(1_000))
    made = [
        Chapter(
            number=number,
            title=str(number),
            paragraphs=tuple(Paragraph(text=f"{next(numbers):03}".ljust(length, ".")) for _ in range(count)),
        )
        for number, count in enumerate(chapters, 1)
    ]
    return Book(facts=Facts(title="T"), chapters=tuple(made))


@pytest.mark.parametrize(
    ("book", "size", "stretch", "parts"),
    [
        (book_of(10), 40, 10, [[0], [3], [5], [8]]),
        (book_of(10), 40, 20, [[0, 1], [5, 6]]),
        (book_of(3, 0, 3), 40, 20, [[0, 1], [3, 4]]),
        (book_of(0, 2, 2), 1_000, 20, [[0, 1], [2, 3]]),
        (book_of(3, 3), 40, 40, [[0, 1, 2], [3]]),
        (book_of(4, length=50), 100, 10, [[0], [2]]),
        (book_of(4), 1, 1, [[0]]),
        (book_of(0, 0), 10, 10, [[], []]),
    ],
)
def test_a_sample_has_stretches_from_all_over_the_book(
    book: Book, size: int, stretch: int, parts: list[list[int]]
) -> None:
    sample = select_sample(book, size, stretch)
    assert [[int(p.text[:3]) for p in chapter.paragraphs] for chapter in sample.chapters] == parts


@pytest.mark.parametrize(
    "wrong", [{"words_per_minute": 39}, {"words_per_minute": 501}, {"pitch": 100}, {"pitch": -1}, {"volume": 2.1}]
)
def test_a_voice_stays_in_its_ranges(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be between"):
        Voice(engine="tone", name="a", **wrong)


def test_a_cast_has_a_voice_for_everybody() -> None:
    one, two, three = (Voice(engine="tone", name=n) for n in "abc")
    cast = Cast(narrator=one, unknown=two, parts=(Part(speaker="Oona", voice=three, reason=""),))
    assert [cast.voice_of(s) for s in (NARRATOR, None, "Oona", "a stranger")] == [one, two, three, two]
    assert cast.voices() == (one, two, three)


def test_a_sound_is_made_of_whole_samples() -> None:
    assert Sound(pcm=b"\0\0\0\0", sample_rate=2).seconds == 1.0
    with pytest.raises(ValueError, match="whole samples"):
        Sound(pcm=b"\0", sample_rate=22050)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
@settings(deadline=None)
def test_marks_are_contiguous_and_sum_to_the_length(lengths: list[int]) -> None:
    starts = [sum(lengths[:i]) for i in range(len(lengths))]
    marks = tuple(Mark(title=str(i), start=s, end=s + n) for i, (s, n) in enumerate(zip(starts, lengths, strict=True)))
    check_marks(marks, sum(lengths))
    with pytest.raises(ValueError, match="the marks end"):
        check_marks(marks, sum(lengths) + 1)


def reported(*, gaps: tuple[Gap, ...] = (), faults: tuple[str, ...] = ()) -> Report:
    ledger = Ledger(
        source="a.txt", words=0, rows=(), skipped=(), gaps=gaps, sample_rate=22050, lead=0, files=(), faults=faults
    )
    voices = Path("voices.toml")
    return Report(voices_file=voices, recorded=1, reused=0, encoded=1, kept=0, gaps=gaps, ledger=ledger)


def test_a_report_whose_ledger_does_not_balance_is_partial() -> None:
    assert reported().exit_code == 0
    assert reported(faults=("chapter 1: a word is nowhere",)).exit_code == 7


def test_a_report_with_gaps_is_partial_and_the_error_names_every_place() -> None:
    gap = Gap(place=Place(chapter=2, paragraph=3, line=1), text="Help!", reason="the engine hung")
    assert reported(gaps=(gap,)).exit_code == 7
    assert "chapter 2, paragraph 3, line 1" in str(gaps_error((gap,)))


@pytest.mark.parametrize(
    ("kind", "new", "rest"),
    [(Encoding, "sample_rate", {}), (Voice, "words_per_minute", {"engine": "tone", "name": "a"})],
)
def test_public_values_accept_the_field_names_of_version_0_1(kind: Any, new: str, rest: dict[str, Any]) -> None:
    with pytest.warns(DeprecationWarning, match=new):
        old = kind(rate=200, **rest)
    assert old == kind(**{new: 200}, **rest)
    with pytest.warns(DeprecationWarning, match=new):
        assert old.rate == 200
