"""The signs of the text form of a script: names and texts written so that any of them can be read back exactly."""

import re
from collections.abc import Mapping

from audiobook.script import DOUBTFUL, LineKind, Manner

# Longer than the 68 bytes by which some other kinds of file are known, so that no title can make it look like one.
HEAD = "audiobook script, version 1: who says what in a book, for reading, changing and building from"
CHAPTER, CAST, STRAYS, NOTES = "== chapter ", "== cast", "== lines without a place", "== notes"
INDENT = "    "  # of narration
BECOMES = " -> "
ALSO = "; also "
MANNERS: Mapping[Manner, str] = {"thought": " thinks", "whispered": " whispers", "shouted": " shouts"}  # behind a name
MANNER_LETTERS: Mapping[Manner, str] = {"said": "s", "thought": "t", "whispered": "w", "shouted": "l"}  # in the notes
NOBODY = "?"  # stands for a speaker nobody knows
GUESSED, CERTAIN = "?", "!"  # behind a name: a guess; a person's decision
GOES_ON = "/"  # begins the line behind a line break inside a text
TIGHT = "\\"  # ends a text that is followed by exactly what is written, instead of by a space

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:([\\\"stn])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))", re.DOTALL)
_SHORT = {"\\": "\\", '"': '"', "s": " ", "t": "\t", "n": "\n"}
_LONG = {"\t": "\\t", "\n": "\\n"}
_ODD_IN_NAMES = re.compile(r'[":：;,\\→]|->|^[?!=#(\[/]|[?!]$|\s\s|^\s|\s$|[^\S ]')


def mark_of(kind: LineKind, speaker: str | None, confidence: float, *, pinned: bool) -> str:
    """What stands behind a speaker's name: whether it is a guess, or a person's decision."""
    if pinned:
        return CERTAIN
    return GUESSED if kind == "dialogue" and speaker is not None and confidence < DOUBTFUL else ""


def shown_name(name: str) -> str:
    """A name as it stands in the text form: in quotes and escaped where its characters would mean something."""
    if name and not (_ODD_IN_NAMES.search(name) or _HIDDEN.search(name) or name.endswith(tuple(MANNERS.values()))):
        return name
    return '"' + one_line(name).replace('"', '\\"') + '"'


def one_line(text: str) -> str:
    """Any text on one line, without white space at its ends."""
    return _ends_shown(_HIDDEN.sub(_long, text.replace("\\", "\\\\")))


def several_lines(text: str) -> str:
    """Any text with its line breaks as line breaks, every line after the first behind a stroke."""
    body = text.lstrip("\n")  # a first line with nothing in it would look like the end of a paragraph
    first, *others = body.replace("\\", "\\\\").split("\n")
    leading = "\\n" * (len(text) - len(body))
    lines = [leading + (_end_shown if leading else _ends_shown)(_HIDDEN.sub(_long, first))]
    lines += [f"{GOES_ON} {_end_shown(_HIDDEN.sub(_long, other))}".rstrip(" ") for other in others]
    return "\n".join(lines)


def plain(shown: str) -> str:
    """The text that `one_line` or `several_lines` wrote. Raises ValueError where a backslash means nothing."""
    return _ESCAPED.sub(_short, shown) if "\\" in shown else shown


def _long(match: re.Match[str]) -> str:
    return _escape(match[0])


def _escape(character: str) -> str:
    code = ord(character)
    return _LONG.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _ends_shown(shown: str) -> str:
    if shown[:1].isspace():
        shown = ("\\s" if shown[0] == " " else _escape(shown[0])) + shown[1:]
    return _end_shown(shown)


def _end_shown(shown: str) -> str:
    if shown[-1:].isspace():
        shown = shown[:-1] + ("\\s" if shown[-1] == " " else _escape(shown[-1]))
    return shown


def _short(match: re.Match[str]) -> str:
    short, four, eight, other = match.groups()
    if other is not None:
        raise ValueError(f"\\{other} means nothing here; a backslash itself is written \\\\")
    if short:
        return _SHORT[short]
    code = int(four or eight, 16)
    if code > 0x10FFFF:
        raise ValueError(f"there is no character \\U{eight}")
    return chr(code)
