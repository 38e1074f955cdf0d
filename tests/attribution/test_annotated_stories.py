"""The annotated stories: each annotation fits its story and is complete, and together they cover all kinds of cases."""

import re
from collections import Counter
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attribution.annotations import (
    NOBODY,
    NOT_SPEECH,
    AnnotationError,
    Span,
    Story,
    list_stories,
    parse_annotation,
    read_story,
)
from tests.attribution.assignment import assign_pairs
from tests.attribution.rewriting import CONVENTIONS, rewrite_story

APOSTROPHES = re.compile(r"(?i)['’](?:tis|twas|twere|twill|twouldn|em|un|ud|most)\b")
OPENS = {
    '"': re.compile(r'(?<![\w.,!?*])"(?=\S)'),
    "'": re.compile(r"(?<!\w)'(?=\w)"),
    "dash": re.compile(r"(?:^|\n)— (?=\S)"),
}
FEWEST = {"nested": 20, "letter": 4, "title": 2, "sign": 5, "verse": 8, "scare": 4, "phrase": 3, "saying": 1}

every_story = pytest.mark.parametrize("name", list_stories())


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def over_paragraphs(spans: tuple[Span, ...], story: Story) -> bool:
    return "\n\n" in story.text[spans[0].start : spans[-1].end]


@every_story
def test_an_annotation_fits_its_story(name: str) -> None:
    story = read_story(name)  # it finds each span at its place, in order, or raises
    held = [span for span in story.spans if span.role != "nested"]
    assert all(before.end < after.start for before, after in pairwise(held))
    assert {q.speaker for q in story.quotations} - set(NOBODY) == {person.name for person in story.cast}
    assert len(story.quotations) >= 60
    assert {person.gender for person in story.cast} <= {"male", "female", None}
    assert {person.age for person in story.cast} <= {"child", "adult", "old", None}


@every_story
def test_each_quotation_mark_of_a_story_is_annotated(name: str) -> None:
    story = read_story(name)
    begins = {span.start for span in story.spans}
    opens = {mark: OPENS.get(mark, re.compile(re.escape(mark))) for mark in {*story.marks[::2], *"“„«"} - {"’", "”"}}
    if story.marks[0] == "„":
        del opens["“"]  # the closing mark of this convention
    forgotten = [
        story.text[match.start() : match.end() + 30]
        for pattern in opens.values()
        for match in pattern.finditer(story.text)
        if match.end() not in begins and not APOSTROPHES.match(story.text, match.start())
    ]
    assert forgotten == []


@every_story
def test_each_annotated_span_is_between_marks(name: str) -> None:
    story = read_story(name)
    edge = re.compile(r"""["'“”‘’„‚«»_]|— $|: $""")
    bare = [
        span.row
        for span in story.spans
        if span.role not in ("goes on", "verse") and not edge.search(story.text[max(0, span.start - 3) : span.start])
    ]
    assert bare == []


def test_the_stories_cover_each_kind_of_case_several_times() -> None:
    stories = [read_story(name) for name in list_stories()]
    roles = Counter(span.role for story in stories for span in story.spans)
    assert {role: roles[role] for role in FEWEST if roles[role] < FEWEST[role]} == {}
    assert set(FEWEST) == {"nested", *NOT_SPEECH}
    quotations = [(q, story) for story in stories for q in story.quotations]
    assert sum(q.kind == "thought" for q, _ in quotations) >= 8
    assert sum(q.speaker in NOBODY for q, _ in quotations) >= 6
    assert sum(over_paragraphs(q.spans, story) for q, story in quotations) >= 7
    assert min(Counter(q.type for q, _ in quotations).values()) >= 90


def test_an_annotation_of_missing_words_names_them() -> None:
    notes = "[marks]\n“ ”\n[cast]\nOona | female | | \n[spans]\nOona | implicit | speech | Come … out."
    with pytest.raises(AnnotationError, match=r"Come … out\."):
        parse_annotation("a story", "“Come in.”", notes)


@every_story
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_rewriting_marks_keeps_the_words_of_each_span(name: str, convention: str) -> None:
    story = read_story(name)
    other = rewrite_story(story, CONVENTIONS[convention])
    assert letters(other.text) == letters(story.text)
    for before, after in zip(story.spans, other.spans, strict=True):
        assert letters(other.text[after.start : after.end]) == letters(story.text[before.start : before.end])


@pytest.mark.parametrize(
    ("name", "convention"),
    [
        ("the_rope_walk", "curly single"),
        ("cold_chain", "curly double"),
        ("the_tide_card", "straight double"),
        ("the_moons_stepmother", "straight single"),
        ("unterlenz", "low-high"),
    ],
)
def test_rewriting_a_story_in_its_own_marks_changes_nothing(name: str, convention: str) -> None:
    story = read_story(name)
    marks = CONVENTIONS[convention]
    plain = re.sub(r"[’']", marks.apostrophe, story.text) if marks.apostrophe not in marks.outer else story.text
    assert rewrite_story(story, marks).text == plain


def test_a_dash_is_rewritten_as_marks_around_the_speech() -> None:
    text = "— Sit, said Oona. You are wet.\n\n— No.\n"
    rows = "Oona | explicit | speech | Sit,\n+ | You are wet.\nNed | implicit | speech | No."
    notes = f"[marks]\ndash “ ”\n[cast]\n[spans]\n{rows}"
    story = parse_annotation("a story", text, notes)
    assert rewrite_story(story, CONVENTIONS["curly double"]).text == "“Sit,” said Oona. “You are wet.”\n\n“No.”\n"


def test_marks_are_rewritten_as_opening_and_closing_dashes() -> None:
    text = "“Sit,” said Oona. “You are wet.” He sat. “So are you,” he said.\n"
    rows = "Oona | explicit | speech | Sit,\n+ | You are wet.\nNed | anaphoric | speech | So are you,"
    notes = f"[marks]\n“ ” ‘ ’\n[cast]\n[spans]\n{rows}"
    story = parse_annotation("a story", text, notes)
    assert (
        rewrite_story(story, CONVENTIONS["paired dashes"]).text
        == "—Sit, —said Oona. —You are wet. —He sat. —So are you, —he said.\n"
    )


TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=5)
)


@settings(deadline=None)
@given(TABLES)
def test_no_other_assignment_has_a_higher_gain(gains: list[list[int]]) -> None:
    pairs = assign_pairs(gains)
    rows, columns = len(gains), len(gains[0])
    assert len(set(pairs.values())) == len(pairs) == min(rows, columns)
    padded = [[*row, *[0] * rows] for row in gains]
    best = max(sum(padded[i][c] for i, c in enumerate(chosen)) for chosen in permutations(range(columns + rows), rows))
    assert sum(gains[row][column] for row, column in pairs.items()) == best
