"""Prepares titles and names for display: one line, no control characters, never empty."""

import re
from pathlib import PurePath

# C0 and C1 controls, bidirectional overrides and isolates, zero-width marks, byte order marks, lone surrogates.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LONGEST_TITLE = 200


def one_line(text: str) -> str:
    """The text on one line: white space collapsed, control and direction characters removed, at most a title long."""
    clean = " ".join(_UNSHOWABLE.sub("", text).split())
    return clean if len(clean) <= _LONGEST_TITLE else clean[: _LONGEST_TITLE - 1].rstrip() + "…"


def strip_controls(text: str) -> str:
    """The text with a space for every control character except tabs and line ends, because engines may fail on them."""
    return _CONTROL.sub(" ", text) if _CONTROL.search(text) else text


def title_from_name(path: PurePath) -> str:
    """A title made of a file's name: "the_last_ferry.txt" gives "the last ferry"."""
    stem = path.name.removesuffix(path.suffix)
    words = one_line(re.sub(r"[_+]+|(?<=\w)-(?=\w)", " ", stem) if " " not in stem else stem.replace("_", " "))
    return words or "Untitled"


def strip_emphasis_marks(text: str) -> str:
    """The text without the underscores and asterisks that plain text writes around italics and bold."""
    return re.sub(r"(?<!\w)[_*]+(?=\S)|(?<=\S)[_*]+(?!\w)", "", text)


def word_count(text: str) -> int:
    """The number of stretches between white space."""
    return len(text.split())
