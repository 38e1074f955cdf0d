"""The gate: how right the program is about our own annotated stories, held above floors.

`python -m tools.benchmarks.fixtures --wrong` prints the table and every wrong line; `--floors` the floors to set here
when the program has got better.
"""

import pytest

from audiobook.model.script import Line
from tests.attribution.annotations import read_story, story_names
from tests.attribution.measured_stories import FIGURES, analysed, overall, scored, script_of
from tests.attribution.rewriting import CONVENTIONS
from tests.attribution.scoring import Score, total

FLOORS = {
    "voice": 0.68,
    "explicit": 0.88,
    "anaphoric": 0.64,
    "implicit": 0.61,
    "named": 0.70,
    "gender": 0.83,
    "F1": 0.97,
}
FLOORS_OF_STORIES = {  # voice
    "a_question_of_drains": 0.78,
    "cold_chain": 0.62,
    "the_bishops_line": 0.67,
    "the_greyhound": 0.73,
    "the_moons_stepmother": 0.62,
    "the_night_desk": 0.60,
    "the_rope_walk": 0.57,
    "the_tide_card": 0.84,
    "the_umbrella_club": 0.55,
    "unterlenz": 0.76,
}
MOST_VOICE_LOST = {"one dash": 0.03}  # 0.02 where nothing else is said
# F1 that other marks may cost; 0.01 where nothing else is said. With one dash a paragraph, only words end speech or
# begin it again.
MOST_DIALOGUE_LOST = {"straight single": 0.03, "one dash": 0.035}
SAME_BUT_FOR_THEIR_LOOKS = {
    "spaced dashes around",
    "en dashes",
    "spaced dashes before",
    "bars before",
    "one spaced dash",
}
BEYOND_ANYONE = "the_umbrella_club"  # without full stops, a dash tells nobody where speech ends
LONGEST_EVIDENCE = 80  # characters

every_story = pytest.mark.parametrize("name", story_names())


def wrong_lines(figures: Score) -> str:
    return "\n".join(f"  {miss}" for miss in figures.misses)


def dialogue_of(name: str) -> list[Line]:
    return [line for line in script_of(read_story(name)).lines() if line.kind == "dialogue"]


def test_all_stories_together_are_voiced_as_well_as_they_were() -> None:
    figures = overall()
    short = {name: round(FIGURES[name](figures), 3) for name, floor in FLOORS.items() if FIGURES[name](figures) < floor}
    assert not short, f"{short} below {FLOORS}; heard in the wrong voice:\n{wrong_lines(figures)}"


@every_story
def test_a_story_is_voiced_as_well_as_it_was(name: str) -> None:
    figures = scored(name)
    voice, floor = float(figures.voice), FLOORS_OF_STORIES[name]
    assert voice >= floor, f"voice {voice:.3f} below {floor}; heard in the wrong voice:\n{wrong_lines(figures)}"


@pytest.mark.parametrize("convention", sorted(CONVENTIONS.keys() - SAME_BUT_FOR_THEIR_LOOKS))
def test_other_quotation_marks_change_little(convention: str) -> None:
    dashes = CONVENTIONS[convention].dashes
    names = [name for name in story_names() if not dashes or name != BEYOND_ANYONE]
    as_it_is, other = total(map(scored, names)), total(scored(name, convention) for name in names)
    lost = as_it_is.f1 - other.f1, float(as_it_is.voice) - float(other.voice)
    news = [miss for miss in other.misses if str(miss) not in set(map(str, as_it_is.misses))]
    assert lost[0] <= MOST_DIALOGUE_LOST.get(convention, 0.01), f"dialogue F1 {other.f1:.3f}"
    assert lost[1] <= MOST_VOICE_LOST.get(convention, 0.02), "\n".join(map(str, news))


@every_story
def test_every_line_of_dialogue_has_a_confidence_and_a_short_reason(name: str) -> None:
    for line in dialogue_of(name):
        assert 0 <= line.confidence <= 1, line
        assert line.evidence.strip(), line
        assert len(line.evidence) <= LONGEST_EVIDENCE, line
        assert "\n" not in line.evidence, line


@every_story
def test_a_story_gives_the_same_script_again(name: str) -> None:
    assert analysed(read_story(name)) == script_of(read_story(name))


def test_confident_lines_are_right_more_often_than_doubtful_ones() -> None:
    sure, doubtful = by_confidence()
    assert sum(sure) / len(sure) > sum(doubtful) / len(doubtful) + 0.15


def by_confidence() -> tuple[list[bool], list[bool]]:
    """Whether the surer and the less sure half of all lines are right."""
    heard = sorted(
        (line.confidence, name, line.start or 0, right) for name in story_names() for line, right in scored_lines(name)
    )
    half = len(heard) // 2
    return [right for *_, right in heard[half:]], [right for *_, right in heard[:half]]


def scored_lines(name: str) -> list[tuple[Line, bool]]:
    """Every line of dialogue that says part of a quotation, and whether that quotation has its own voice."""
    story = read_story(name)
    wrong = {miss.quotation for miss in scored(name).misses}
    return [
        (line, quotation not in wrong)
        for line in dialogue_of(name)
        for quotation in story.quotations
        if any(span.start < (line.end or 0) and (line.start or 0) < span.end for span in quotation.spans)
    ]
