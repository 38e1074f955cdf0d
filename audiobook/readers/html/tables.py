"""Find tables of data, which are read row by row: each cell with the heading of its column."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from audiobook.readers.html.markup import Element, name_of, words_of

_DITTO = re.compile(r"(?:[\"”“″〃'’,\s]|\b(?:do|ditto|id|idem)\b\.?)+", re.IGNORECASE)
_CELLS = frozenset({"td", "th"})
_NOT_IN_DATA = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote", "hr"})
_MOST_CELL_WORDS = 20  # on the average; more is a layout
_MOST_LINKED = 0.5  # share of the rows with links, beyond which a table is a list of contents
_LEAST_ROWS = 2


@dataclass(slots=True)
class DataTables:
    """The rows and cells of a document's tables of data."""

    rows: set[Element] = field(default_factory=set)
    heading_rows: set[Element] = field(default_factory=set)  # their words are read with each cell
    headings: dict[Element, str] = field(default_factory=dict)  # cell → the heading of its column
    dittos: dict[Element, str] = field(default_factory=dict)  # cell with a ditto mark → what it stands for


def find_tables(root: Element, speakers: Collection[Element]) -> DataTables:
    """The tables of data in a document; tables whose cells hold speakers' names are plays."""
    found = DataTables()
    for table in root.iter("table", "{*}table"):
        rows = [row for row in _find_rows(table) if row]
        if _is_data(table, rows, speakers):
            _add_table(rows, found)
    return found


def _find_rows(table: Element) -> Iterator[list[Element]]:
    for row in table.iter("tr", "{*}tr"):
        yield [cell for cell in row if name_of(cell) in _CELLS]


def _is_data(table: Element, rows: Sequence[Sequence[Element]], speakers: Collection[Element]) -> bool:
    """Whether a table has rows of several short cells, and nothing that a layout has."""
    cells = [cell for row in rows for cell in row]
    if sum(len(row) > 1 for row in rows) < _LEAST_ROWS or any(
        name_of(e) in _NOT_IN_DATA for e in table.iterdescendants()
    ):
        return False
    if any(cell in speakers for cell in cells):
        return False
    linked = sum(any(name_of(e) == "a" and e.get("href") for cell in row for e in cell.iter()) for row in rows)
    words = sum(len(words_of(cell).split()) for cell in cells)
    return linked <= _MOST_LINKED * len(rows) and words <= _MOST_CELL_WORDS * len(cells)


def _add_table(rows: Sequence[Sequence[Element]], found: DataTables) -> None:
    headings: list[str] = []
    above: dict[int, str] = {}
    for n, row in enumerate(rows):
        element = row[0].getparent()
        if element is None:
            continue
        if not n and len(rows) > 1 and _is_heading_row(element, row):
            headings = [words_of(cell) for cell in row]
            found.heading_rows.add(element)
            continue
        found.rows.add(element)
        for column, cell in enumerate(row):
            text = words_of(cell)
            if column < len(headings) and text and len(row) == len(headings):
                found.headings[cell] = headings[column]
            if text and _DITTO.fullmatch(text):
                found.dittos[cell] = above.get(column, "")
            elif text:
                above[column] = text


def _is_heading_row(element: Element, row: Sequence[Element]) -> bool:
    parent = element.getparent()
    return (parent is not None and name_of(parent) == "thead") or all(name_of(cell) == "th" for cell in row)
