"""How a narrator's reading is met, class by class, over our own collection of written → spoken.

python -m tests.benchmarks.spoken           # a row a class
python -m tests.benchmarks.spoken --wrong   # and every case that is said otherwise
"""

import argparse

from tests.scripting.spoken_collection import CLASSES, Reading, readings


def row(name: str, said: list[Reading]) -> str:
    """One line of the table."""
    good = sum(reading.is_good for reading in said)
    return f"{name:12}{good:6}{len(said):6}{good / len(said):8.1%}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="also list the cases that are said otherwise")
    asked = parser.parse_args()
    every = {name: list(readings(name)) for name in CLASSES}
    print(f"{'':12}{'good':>6}{'of':>6}")
    for name, said in every.items():
        print(row(name, said))
    print(row("all", [reading for said in every.values() for reading in said]))
    if asked.wrong:
        for name, said in every.items():
            print(f"\n{name}", *(reading for reading in said if not reading.is_good), sep="\n  ")


if __name__ == "__main__":
    main()
