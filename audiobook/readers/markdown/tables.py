"""Read a Markdown table row by row, each cell with the heading of its column, as tables of other formats are read."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from audiobook.model.book import Paragraph, Run, Skipped, letters_of
from audiobook.readers.markdown.inline import Source, read_inline
from audiobook.readers.omissions import skip_stretch

_DITTO = re.compile(r"[\"”“″〃'’,\s]+|(?:do|ditto)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    line: Source
    cells: tuple[Source, ...]
    is_heading: bool


def read_table(
    tokens: Sequence[Token], lines: Sequence[Source], labels: Collection[str], skipped: list[Skipped]
) -> list[Paragraph]:
    """A paragraph for each row of a table. `tokens` are those of the table, `lines` its lines from the first on.

    A table whose cells cannot be found in its lines is left out.
    """
    rows = list(_find_rows(tokens, lines))
    if any(row is None for row in rows):
        whole = "\n".join(line.text for line in lines)
        skipped.append(skip_stretch(whole, lines[0].start, "table"))
        return []
    return list(_read_rows([row for row in rows if row is not None], labels, skipped))


def _find_rows(tokens: Sequence[Token], lines: Sequence[Source]) -> Iterator[_Row | None]:
    first = (tokens[0].map or [0])[0]
    contents: list[str] = []
    line, is_heading = lines[0], False
    for token in tokens:
        if token.type == "tr_open":
            number = (token.map or [first])[0] - first
            contents, line = [], lines[min(number, len(lines) - 1)]
        elif token.type == "th_open":
            is_heading = True
        elif token.type == "inline":
            contents.append(token.content)
        elif token.type == "tr_close":
            cells = _find_cells(contents, line)
            yield _Row(line, cells, is_heading) if cells is not None else None
            is_heading = False


def _find_cells(contents: Sequence[str], line: Source) -> tuple[Source, ...] | None:
    """The cells of a row where they stand, those beyond the last column, too; None where a word of it is in none."""
    found: list[Source] = []
    at = 0
    for content in contents:
        place = line.text.find(content, at)
        if place < 0:
            return None
        found.append(Source(content, line.start + place))
        at = place + len(content)
    for part in line.text[at:].split("|"):
        if part.strip():
            found.append(Source(part.strip(), line.start + at + len(part) - len(part.lstrip())))
        at += len(part) + 1
    whole = letters_of("".join(cell.text for cell in found)) == letters_of(line.text)
    return tuple(found) if whole else None


def _read_rows(rows: Sequence[_Row], labels: Collection[str], skipped: list[Skipped]) -> Iterator[Paragraph]:
    headings: list[str] = []
    above: dict[int, str] = {}
    for row in rows:
        if row.is_heading:
            headings = [read_inline([cell], labels).text for cell in row.cells]
            skipped.append(skip_stretch(row.line.text, row.line.start, "table heading"))
            continue
        text, runs = "", list[Run]()
        for column, cell in enumerate(row.cells):
            inline = read_inline([cell], labels)
            ditto = above.get(column, "") if inline.text and _DITTO.fullmatch(inline.text) else ""
            if not letters_of(inline.text) and not ditto:
                continue
            skipped += inline.skipped if not ditto else ()
            heading = headings[column] if column < len(headings) else ""
            inserted = ": ".join(filter(None, [heading, ditto]))
            if inserted:
                end = cell.start + len(cell.text) if ditto else cell.start
                skipped.append(_insert(inserted, cell.start, end))
            text += f"{'; ' if text else ''}{inserted}{': ' if heading and not ditto else ''}"
            if not ditto:
                runs += (replace(run, text=run.text + len(text)) for run in inline.runs)
                text += inline.text
                above[column] = inline.text
        if text:
            yield Paragraph(text=text, runs=tuple(runs), span=(row.line.start, row.line.start + len(row.line.text)))


def _insert(text: str, start: int, end: int) -> Skipped:
    return Skipped(title=text, words=0, reason="table heading", start=start, end=end, instead=text)
