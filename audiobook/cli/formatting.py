"""Values as text for people: durations, sizes, counts, excerpts of a book, tables."""

import shutil
import sys
from collections.abc import Sequence
from io import StringIO

from audiobook.cli import console

_MIN_EXCERPT = 40  # columns of an excerpt, even when the text before it fills the line
_PIPE_COLUMNS = 120  # line width assumed when stdout is not a terminal
_MIN_LAST_COLUMN = 16  # columns of a table's last column, even on a narrow terminal
_COLUMN_GAP = 2  # columns between two columns of a table


def format_duration(seconds: float) -> str:
    """`75.4` → `1 min 15 s`, `4000` → `1 h 06 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def format_clock(seconds: float) -> str:
    """`75.4` → `0:01:15`."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def format_size(count: int) -> str:
    """Bytes in a readable unit: `1536` → `1.5 kB` (1 kB = 1000 bytes, as in file managers)."""
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError("unreachable")


def format_count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 line`, `1,200 lines`: a number and its noun; the plural is the singular with an s unless given."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def to_one_line(text: str) -> str:
    """The text with unprintable characters replaced by spaces: control characters must not reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def shorten(text: str, columns_used: int, *, keep_end: bool = False) -> str:
    """The beginning (or the end) of a text, cut to the rest of a line of which `columns_used` columns are taken."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPE_COLUMNS
    available = max(columns - columns_used, _MIN_EXCERPT)
    shown = " ".join(to_one_line(text).split())
    if len(shown) <= available:
        return shown
    available = max(available - 1, 1)
    return "…" + shown[-available:].lstrip() if keep_end else shown[:available].rstrip() + "…"


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print a table to stdout; `right` lists the columns to align right.

    On a terminal the last column is cut to the width of the window. In a pipe nothing is cut.
    """
    from rich.cells import cell_len  # noqa: PLC0415  # rich is slow to import, and `--help` needs none of it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    is_terminal = sys.stdout.isatty()
    buffer = StringIO()
    screen = Console(
        file=buffer,
        force_terminal=is_terminal,
        no_color=not console.use_colours(sys.stdout),
        highlight=False,
        width=None if is_terminal else 10_000,
        legacy_windows=False,
    )
    cells = [[to_one_line(cell) for cell in row] for row in rows]
    last = len(heads) - 1
    taken = sum(max(cell_len(row[n]) for row in (heads, *cells)) + _COLUMN_GAP for n in range(last))
    screen.width = max(screen.width, taken + _MIN_LAST_COLUMN)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        table.add_column(
            to_one_line(head),
            justify="right" if number in right else "left",
            no_wrap=True,
            overflow="ellipsis" if number == last else "fold",
            max_width=screen.width - taken if number == last else None,
        )
    for row in cells:
        table.add_row(*map(Text, row))
    screen.print(table)
    console.print_styled("\n".join(line.rstrip() for line in buffer.getvalue().splitlines()))
