"""Pieces of a book's text, as a listing shows them."""

import shutil
import sys

_SHORTEST = 40  # columns of an excerpt, however much stands before it
_IN_A_PIPE = 120  # columns of an excerpt where nobody says how many there are


def one_line(text: str) -> str:
    """Book text may hold anything; control characters must not reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def excerpt(text: str, taken: int, *, end: bool = False) -> str:
    """The beginning of a text, or its end, as far as it fits on a line of which `taken` columns are used already."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else _IN_A_PIPE
    room = max(columns - taken, _SHORTEST)
    shown = " ".join(one_line(text).split())
    if len(shown) <= room:
        return shown
    room = max(room - 1, 1)
    return "…" + shown[-room:].lstrip() if end else shown[:room].rstrip() + "…"
