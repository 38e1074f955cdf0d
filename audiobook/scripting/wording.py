"""What a quotation's own words show about its place in the talk: that they ask, answer, break off, or go on."""

import re
from dataclasses import dataclass
from typing import Literal

from audiobook.scripting.lexicon import grammar

Ending = Literal["asks", "exclaims", "breaks off", "goes on", "stops"]

_ENDINGS: dict[str, Ending] = {"?": "asks", "!": "exclaims", "-": "breaks off", "—": "breaks off", "–": "breaks off"}
_ENDINGS |= {"…": "breaks off", ",": "goes on", ";": "goes on", ":": "goes on"}
_CLOSING = "\"'”’»“‘«›)_* "
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ANSWERS = grammar("answers")
_ASKS = grammar("asking words")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a quotation begins and ends."""

    ending: Ending  # by its last mark
    answers: bool  # begins with "yes", "no", "of course"
    asks: bool  # begins with a word of asking: "who", "do"
    continues: bool  # begins small: it is the rest of a sentence


def read_wording(spoken: str) -> Wording:
    """What the words, quotation marks and all, show."""
    last = spoken.rstrip(_CLOSING)[-1:]
    match = _FIRST_WORD.search(spoken)
    first = match[0] if match else ""
    small = first.lower()
    return Wording(_ENDINGS.get(last, "stops"), small in _ANSWERS, small in _ASKS, first[:1].islower())
