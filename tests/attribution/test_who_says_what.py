"""The least accuracy on our own annotated stories.

`python -m tools.benchmarks.fixtures --wrong` prints the table and each wrong line. `--floors` prints the limits to set
here when the program is better.
"""

import pytest

from audiobook.model.script import Line
from tests.attribution.annotations import list_stories, read_story
from tests.attribution.measured_stories import FIGURES, analyze_story, get_script, score_all_stories, score_story
from tests.attribution.rewriting import CONVENTIONS
from tests.attribution.scoring import Score, sum_scores

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
MOST_VOICE_LOST = {"one dash": 0.03}  # 0.02 unless stated otherwise
# F1 that other marks may cost; 0.01 unless stated otherwise. With one dash per paragraph, only words show where speech
# ends and begins again.
MOST_DIALOGUE_LOST = {"straight single": 0.03, "one dash": 0.035}
SAME_BUT_FOR_THEIR_LOOKS = {
    "spaced dashes around",
    "en dashes",
    "spaced dashes before",
    "bars before",
    "one spaced dash",
}
BEYOND_ANYONE = "the_umbrella_club"  # without full stops, no dash shows where speech ends
LONGEST_EVIDENCE = 80  # characters

every_story = pytest.mark.parametrize("name", list_stories())


def wrong_lines(figures: Score) -> str:
    return "\n".join(f"  {miss}" for miss in figures.misses)


def dialogue_of(name: str) -> list[Line]:
    return [line for line in get_script(read_story(name)).lines() if line.kind == "dialogue"]


def test_all_stories_together_reach_the_accuracy_measured_before() -> None:
    figures = score_all_stories()
    short = {name: round(FIGURES[name](figures), 3) for name, floor in FLOORS.items() if FIGURES[name](figures) < floor}
    assert not short, f"{short} below {FLOORS}; heard in the wrong voice:\n{wrong_lines(figures)}"


@every_story
def test_each_story_reaches_the_accuracy_measured_before(name: str) -> None:
    figures = score_story(name)
    voice, floor = float(figures.voice), FLOORS_OF_STORIES[name]
    assert voice >= floor, f"voice {voice:.3f} below {floor}; heard in the wrong voice:\n{wrong_lines(figures)}"


@pytest.mark.parametrize("convention", sorted(CONVENTIONS.keys() - SAME_BUT_FOR_THEIR_LOOKS))
def test_other_quotation_marks_cost_little_accuracy(convention: str) -> None:
    dashes = CONVENTIONS[convention].dashes
    names = [name for name in list_stories() if not dashes or name != BEYOND_ANYONE]
    as_it_is, other = sum_scores(map(score_story, names)), sum_scores(score_story(name, convention) for name in names)
    lost = as_it_is.f1 - other.f1, float(as_it_is.voice) - float(other.voice)
    news = [miss for miss in other.misses if str(miss) not in set(map(str, as_it_is.misses))]
    assert lost[0] <= MOST_DIALOGUE_LOST.get(convention, 0.01), f"dialogue F1 {other.f1:.3f}"
    assert lost[1] <= MOST_VOICE_LOST.get(convention, 0.02), "\n".join(map(str, news))


@every_story
def test_each_line_of_dialogue_has_a_confidence_and_short_evidence(name: str) -> None:
    for line in dialogue_of(name):
        assert 0 <= line.confidence <= 1, line
        assert line.evidence.strip(), line
        assert len(line.evidence) <= LONGEST_EVIDENCE, line
        assert "\n" not in line.evidence, line


@every_story
def test_a_story_always_gives_the_same_script(name: str) -> None:
    assert analyze_story(read_story(name)) == get_script(read_story(name))


def test_confident_lines_are_right_more_often_than_doubtful_ones() -> None:
    sure, doubtful = by_confidence()
    assert sum(sure) / len(sure) > sum(doubtful) / len(doubtful) + 0.15


def by_confidence() -> tuple[list[bool], list[bool]]:
    """Return whether each line is right, for the more confident and for the less confident half of all lines."""
    heard = sorted(
        (line.confidence, name, line.start or 0, right) for name in list_stories() for line, right in scored_lines(name)
    )
    half = len(heard) // 2
    return [right for *_, right in heard[half:]], [right for *_, right in heard[:half]]


def scored_lines(name: str) -> list[tuple[Line, bool]]:
    """Return each line of dialogue that is part of a quotation, and whether it is heard in its own voice."""
    story = read_story(name)
    wrong = {miss.quotation for miss in score_story(name).misses}
    return [
        (line, quotation not in wrong)
        for line in dialogue_of(name)
        for quotation in story.quotations
        if any(span.start < (line.end or 0) and (line.start or 0) < span.end for span in quotation.spans)
    ]
