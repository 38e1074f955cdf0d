"""The weights of the clues that tell speech from narration in dash dialogue, as dash_weights.json has them.

They are those of linear-chain conditional random fields over the pieces of a paragraph (Lafferty and others, 2001), one
for each way in which books use dashes, fitted by `audiobook.training` to novels whose quotation marks were rewritten as
dashes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from audiobook.scripting.dash_pieces import DashStyle

_TRIPLE = re.compile(r"\[\n(-?\d+),\n(-?\d+),\n(-?\d+)\n\]")


@dataclass(frozen=True, slots=True)
class StyleWeights:
    """The weights for one way of using dashes, in hundredths of a logit."""

    said: Mapping[str, int]  # what each clue of a piece's words adds to its being said
    turns: Mapping[str, tuple[int, int, int]]  # what each of a cut adds to speech beginning, ending and going on there


DashWeights = Mapping[DashStyle, StyleWeights]


@cache
def shipped_dash_weights() -> DashWeights:
    """The package's own weights."""
    return dash_weights_from_json(json.loads(files(__package__).joinpath("dash_weights.json").read_bytes()))


def dash_weights_from_json(data: Mapping[DashStyle, Any]) -> DashWeights:
    """The weights that decoded JSON holds."""
    return {
        style: StyleWeights(own["said"], {clue: (begin, end, on) for clue, (begin, end, on) in own["turns"].items()})
        for style, own in data.items()
    }


def dash_weights_to_text(weights: DashWeights) -> str:
    """The weights as JSON, a clue a line."""
    data = {style: {"said": own.said, "turns": own.turns} for style, own in weights.items()}
    return _TRIPLE.sub(r"[\1,\2,\3]", json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True)) + "\n"
