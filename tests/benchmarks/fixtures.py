"""How right the program is about our own annotated stories, as a table.

python -m tests.benchmarks.fixtures              # a row a story
python -m tests.benchmarks.fixtures --marks      # and what each convention of quotation marks costs
python -m tests.benchmarks.fixtures --wrong      # and every quotation heard in the wrong voice
"""

import argparse

from tests.scripting.annotations import story_names
from tests.scripting.measured import overall, scored
from tests.scripting.rewriting import CONVENTIONS
from tests.scripting.scoring import Score

HEADINGS = ("", "voice", "explicit", "anaphoric", "implicit", "named", "gender", "F1", "P", "R", "quotations")


def row(name: str, figures: Score) -> str:
    """One line of the table."""
    shares = [float(s) for s in (figures.voice, *figures.types.values(), figures.named, figures.gender)]
    dialogue = [figures.f1, float(figures.precision), float(figures.recall)]
    return f"{name:24}" + "".join(f"{share:10.3f}" for share in [*shares, *dialogue]) + f"{figures.voice.of:11}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--marks", action="store_true", help="also in every other convention of quotation marks")
    parser.add_argument("--wrong", action="store_true", help="also list the quotations heard in the wrong voice")
    asked = parser.parse_args()
    print(f"{'':24}" + "".join(f"{heading:>10}" for heading in HEADINGS[1:-1]) + f"{HEADINGS[-1]:>11}")
    for name in story_names():
        print(row(name, scored(name)))
    print(row("all", overall()))
    for convention in CONVENTIONS if asked.marks else ():
        print(row(convention, overall(convention)))
    if asked.wrong:
        print(*overall().misses, sep="\n")


if __name__ == "__main__":
    main()
