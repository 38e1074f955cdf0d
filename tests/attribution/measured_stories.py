"""The figures of the annotated stories, each worked out once."""

from collections.abc import Callable
from functools import cache

from audiobook.attribution.analyze import write_script
from audiobook.model.script import Script
from audiobook.readers.text import read_plain
from tests.attribution.annotations import Story, read_story, story_names
from tests.attribution.rewriting import CONVENTIONS, rewritten
from tests.attribution.scoring import Score, score, total

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


def analysed(story: Story) -> Script:
    """What the program makes of the story's text."""
    return write_script(read_plain(story.text, story.name, story.name), source=f"{story.name}.txt")


@cache
def script_of(story: Story) -> Script:
    """The same, once a story."""
    return analysed(story)


@cache
def scored(name: str, convention: str | None = None) -> Score:
    """The figures of a story, in its own marks or in another convention's."""
    story = read_story(name)
    if convention:
        story = rewritten(story, CONVENTIONS[convention])
    return score(script_of(story), story)


def overall(convention: str | None = None) -> Score:
    """The figures of all stories together."""
    return total(scored(name, convention) for name in story_names())
