"""Names and speakers in the text form of a script: `Oona?:`, `(Mr. Quill)!:`, `"Dr. No: the Second" thinks:`.

Everything here raises ValueError with a sentence where a line cannot be understood.
"""

import re
from dataclasses import dataclass

from audiobook.script import LineKind, Manner
from audiobook.script_signs import CERTAIN, GUESSED, MANNERS, NOBODY, plain

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COLONS = re.compile("[:：]")
_COMMA = re.compile(",")


@dataclass(frozen=True, slots=True)
class Speaker:
    """What stands in front of a line."""

    name: str | None
    kind: LineKind
    mark: str  # CERTAIN, GUESSED or nothing
    manner: Manner


def read_speaker(line: str) -> tuple[Speaker, str]:
    """The speaker in front of a line, and the rest of it."""
    quoted = _QUOTED.match(line, 1 if line.startswith("(") else 0)
    colon = _COLONS.search(line, quoted.end() if quoted else 0)
    if colon is None:
        raise ValueError("nobody is named here: begin with the speaker and a colon, or indent the line as narration")
    head, rest = line[: colon.start()].rstrip(), line[colon.end() :].lstrip()
    head, behind = _without_marks(head)
    head, manner = _without_manner(head)
    head, marks = _without_marks(head)
    marks += behind
    kind: LineKind = "narration" if head.startswith("(") and head.endswith(")") else "dialogue"
    if head.startswith("(") and kind != "narration":
        raise ValueError(f"the bracket in front of {head[1:]!r} does not close; narration in a voice is (Name): text")
    shown = head[1:-1].strip() if kind == "narration" else head
    shown, more = _without_marks(shown) if not shown.endswith('"') else (shown, "")
    marks += more
    mark = CERTAIN if CERTAIN in marks else GUESSED if GUESSED in marks and shown else ""
    if not shown and NOBODY not in marks:
        raise ValueError(f"nobody is named here: write a name in front of the colon, or {NOBODY} where nobody knows")
    return Speaker(read_name(shown) if shown else None, kind, mark, manner), rest


def _without_manner(head: str) -> tuple[str, Manner]:
    for manner, sign in MANNERS.items():
        if head.endswith(sign):
            return head.removesuffix(sign).rstrip(), manner
    return head, "said"


def _without_marks(head: str) -> tuple[str, str]:
    bare = head.rstrip(CERTAIN + GUESSED)
    return bare.rstrip(), head[len(bare) :]


def read_name(shown: str) -> str:
    """A name, out of its quotation marks where it has them."""
    quoted = _QUOTED.fullmatch(shown)
    if quoted is None and ('"' in shown or not shown):
        raise ValueError(f"this is no name: {shown!r}; a name with odd signs in it stands in double quotation marks")
    name = plain(quoted[1] if quoted else shown)
    if not name.strip():
        raise ValueError("a name has something in it")
    return name


def split_name(text: str, stops: re.Pattern[str]) -> tuple[str, str, str]:
    """The name that a text begins with, the stop that follows it and the rest; both empty where no stop follows."""
    quoted = _QUOTED.match(text)
    stop = stops.search(text, quoted.end() if quoted else 0)
    if stop is None:
        return text.strip(), "", ""
    return text[: stop.start()].strip(), stop[0], text[stop.end() :].strip()


def read_names(listed: str) -> tuple[str, ...]:
    """Names with commas between them."""
    names: list[str] = []
    rest = listed.strip()
    while rest:
        shown, _, rest = split_name(rest, _COMMA)
        names.append(read_name(shown))
    return tuple(names)
