"""Measure the speaker accuracy for the annotated stories of this project, as a table.

python -m tools.benchmarks.fixtures              # a row a story
python -m tools.benchmarks.fixtures --marks      # and what each convention of quotation marks costs
python -m tools.benchmarks.fixtures --wrong      # and every quotation heard in the wrong voice
"""

import argparse

from tests.attribution.annotations import list_stories
from tests.attribution.measured_stories import FIGURES, score_all_stories, score_story
from tests.attribution.rewriting import CONVENTIONS
from tests.attribution.scoring import Score

MARGIN = 0.02  # a floor lies so much under what was measured; for one story, twice as much


def row(name: str, figures: Score) -> str:
    """One line of the table."""
    return f"{name:24}" + "".join(f"{figure(figures):10.3f}" for figure in FIGURES.values()) + f"{figures.voice.of:11}"


def print_floors() -> None:
    """Print the floors for tests/attribution/test_who_says_what.py."""
    floors = {name: round(FIGURES[name](score_all_stories()) - MARGIN, 2) for name in FIGURES if name not in "PR"}
    stories = {name: round(float(score_story(name).voice) - 2 * MARGIN, 2) for name in list_stories()}
    print(f"FLOORS = {floors}\nFLOORS_OF_STORIES = {stories}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--marks", action="store_true", help="also in every other convention of quotation marks")
    parser.add_argument("--wrong", action="store_true", help="also list the quotations heard in the wrong voice")
    parser.add_argument("--floors", action="store_true", help="print only the floors for the tests")
    asked = parser.parse_args()
    if asked.floors:
        print_floors()
        return
    print(f"{'':24}" + "".join(f"{heading:>10}" for heading in FIGURES) + f"{'quotations':>11}")
    for name in list_stories():
        print(row(name, score_story(name)))
    print(row("all", score_all_stories()))
    for convention in CONVENTIONS if asked.marks else ():
        print(row(convention, score_all_stories(convention)))
    if asked.wrong:
        print(*score_all_stories().misses, sep="\n")


if __name__ == "__main__":
    main()
