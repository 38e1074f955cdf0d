"""Tables on stdout, drawn with rich."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from audiobook.cli import talk
from audiobook.cli.excerpts import one_line

_NARROWEST = 40  # columns; a terminal can claim to have none


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table on stdout; on a terminal the last column is cut to its width, in a pipe nothing is cut."""
    terminal = sys.stdout.isatty()
    console = Console(
        no_color=not talk.colours(sys.stdout),
        highlight=False,
        width=None if terminal else 10_000,
        legacy_windows=False,
    )
    drawing = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        last = number == len(heads) - 1
        drawing.add_column(
            head, justify="right" if number in right else "left", no_wrap=last, overflow="ellipsis" if last else "fold"
        )
    for row in rows:
        drawing.add_row(*(Text(one_line(cell)) for cell in row))
    if terminal and console.width < _NARROWEST:
        console.width = _NARROWEST
    with console.capture() as capture:
        console.print(drawing)
    sys.stdout.write("\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n")
