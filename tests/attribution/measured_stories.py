"""The figures of the annotated stories, each computed once."""

from collections.abc import Callable
from functools import cache

from audiobook.attribution.analyze import write_script
from audiobook.model.script import Script
from audiobook.readers.text import read_plain
from tests.attribution.annotations import Story, list_stories, read_story
from tests.attribution.rewriting import CONVENTIONS, rewrite_story
from tests.attribution.scoring import Score, score, sum_scores

FIGURES: dict[str, Callable[[Score], float]] = {
    "voice": lambda score: float(score.voice),
    "explicit": lambda score: float(score.types["explicit"]),
    "anaphoric": lambda score: float(score.types["anaphoric"]),
    "implicit": lambda score: float(score.types["implicit"]),
    "named": lambda score: float(score.named),
    "gender": lambda score: float(score.gender),
    "F1": lambda score: score.f1,
    "P": lambda score: float(score.precision),
    "R": lambda score: float(score.recall),
}


def analyze_story(story: Story) -> Script:
    """Return the program's script of a story."""
    return write_script(read_plain(story.text, story.name, story.name), source=f"{story.name}.txt")


@cache
def get_script(story: Story) -> Script:
    """Return the program's script of a story, computed once."""
    return analyze_story(story)


@cache
def score_story(name: str, convention: str | None = None) -> Score:
    """Return the figures of a story, in its own marks or in those of another convention."""
    story = read_story(name)
    if convention:
        story = rewrite_story(story, CONVENTIONS[convention])
    return score(get_script(story), story)


def score_all_stories(convention: str | None = None) -> Score:
    """Return the figures of all stories together."""
    return sum_scores(score_story(name, convention) for name in list_stories())
