"""Tables on stdout, drawn with rich."""

import sys
from collections.abc import Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from audiobook.cli import talk
from audiobook.cli.excerpts import one_line

_NARROWEST = 16  # characters of the last column, however narrow the terminal
_GAP = 2  # between columns


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table on stdout; on a terminal the last column is cut to its width, in a pipe nothing is cut."""
    terminal = sys.stdout.isatty()
    drawn = StringIO()
    console = Console(
        file=drawn,
        force_terminal=terminal,
        no_color=not talk.colours(sys.stdout),
        highlight=False,
        width=None if terminal else 10_000,
        legacy_windows=False,
    )
    taken = sum(max(cell_len(one_line(row[n])) for row in (heads, *rows)) + _GAP for n in range(len(heads) - 1))
    console.width = max(console.width, taken + _NARROWEST)
    drawing = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        last = number == len(heads) - 1
        drawing.add_column(
            head,
            justify="right" if number in right else "left",
            no_wrap=True,
            overflow="ellipsis" if last else "fold",
            max_width=console.width - taken if last else None,
        )
    for row in rows:
        drawing.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(drawing)
    talk.result("\n".join(line.rstrip() for line in drawn.getvalue().splitlines()))
