"""How much each clue counts: `weights.txt`, a row a clue, a column a setting."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from audiobook.scripting.clues import SETTINGS, Setting

Weights = Mapping[str, float]


@cache
def weights() -> dict[Setting, Weights]:
    """The weights of all clues in each setting."""
    text = files(__package__).joinpath("weights.txt").read_text(encoding="utf-8")
    table: dict[Setting, dict[str, float]] = {setting: {} for setting in SETTINGS}
    for row in text.splitlines():
        if row and not row.startswith("#"):
            clue, *values = row.rsplit(maxsplit=len(SETTINGS))
            for setting, value in zip(SETTINGS, values, strict=True):
                table[setting][clue.strip()] = float(value)
    return dict(table)
