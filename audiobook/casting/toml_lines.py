"""Find the line number of each key in a TOML text, which `tomllib` does not report.

The text must be one that `tomllib` accepts; for any other text, the result is undefined.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from audiobook.casting.validation import KeyPath

_TOKEN = re.compile(
    r'(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*')"
    r"|(?P<comment>#[^\n]*)|(?P<newline>\n)|(?P<mark>[\[\]{}=,.])|(?P<space>[ \t\r]+)|(?P<bare>[^\s\[\]{}=,.#\"']+)",
    re.DOTALL,
)


_MAX_DEPTH = 8  # steps of a key path; deeper keys are not recorded. Paths in a voices file have four


class Token(NamedTuple):
    """One token of TOML."""

    kind: str  # string, mark, bare, newline
    text: str
    line: int  # from 1


def _tokenize(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match[0]
        if kind not in {"space", "comment"}:
            yield Token(kind, piece, line)
        line += piece.count("\n")


@dataclass(slots=True)
class _Scanner:
    tokens: list[Token]
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    ends: dict[KeyPath, int] = field(default_factory=dict)
    counts: dict[KeyPath, int] = field(default_factory=dict)  # number of tables in each array of tables

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].text if self.at + ahead < len(self.tokens) else ""

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip_newlines(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "newline":
            self.at += 1

    def peek_past_newlines(self) -> str:
        self.skip_newlines()
        return self.peek()

    def is_done(self) -> bool:
        self.skip_newlines()
        return self.at >= len(self.tokens)


def find_key_lines(text: str) -> dict[KeyPath, int]:
    """Find the line (from 1) where each table, key and list item begins, by its path from the root.

    A table that is only implied (`[speakers.Emma]` implies `speakers`) has the line where it is first implied.
    """
    return _scan(text).lines


def find_last_line(text: str, table: str) -> int | None:
    """Find the last line (from 1) with content of a table or its subtables; None if there is no such table."""
    return max((end for path, end in _scan(text).ends.items() if path[0] == table), default=None)


def _scan(text: str) -> _Scanner:
    scan = _Scanner(list(_tokenize(text)))
    table: KeyPath = ()
    while not scan.is_done():
        if scan.peek() == "[":
            table = _read_header(scan)
        else:
            _read_pair(scan, table)
    return scan


def _read_header(scan: _Scanner) -> KeyPath:
    first = scan.take()
    is_array = scan.peek() == "["
    if is_array:
        scan.take()
    path = _read_key(scan, (), first.line)
    while scan.peek() == "]":
        scan.take()
    if is_array:
        path = path[:-1] if isinstance(path[-1], int) else path  # without the index of the previous table
        scan.counts[path] = scan.counts.get(path, -1) + 1
        path = (*path, scan.counts[path])
        scan.lines[path] = first.line
    scan.ends[path] = first.line
    return path


def _read_pair(scan: _Scanner, table: KeyPath) -> None:
    path = _read_key(scan, table, scan.tokens[scan.at].line)
    scan.take()  # the equals sign
    _read_value(scan, path)
    last = scan.tokens[scan.at - 1]
    scan.ends[path] = last.line + last.text.count("\n")


def _read_key(scan: _Scanner, table: KeyPath, line: int) -> KeyPath:
    """Read a dotted key. Each step that has no line yet gets `line`. Steps beyond the maximum depth are skipped."""
    path = table
    while True:
        name = scan.take()
        path = (*path, _parse_name(name)) if len(path) < _MAX_DEPTH else path
        if path in scan.counts:
            path = (*path, scan.counts[path])
        scan.lines.setdefault(path, line)
        if scan.peek() != ".":
            return path
        scan.take()


def _parse_name(token: Token) -> str:
    if token.kind != "string":
        return token.text
    return str(tomllib.loads(f"name = {token.text}")["name"])


def _read_value(scan: _Scanner, path: KeyPath) -> None:
    if scan.peek() == "[":
        _read_list(scan, path)
    elif scan.peek() == "{":
        _read_inline_table(scan, path)
    else:
        scan.take()
        while (
            scan.at < len(scan.tokens) and scan.tokens[scan.at].kind != "newline" and scan.peek() not in {",", "]", "}"}
        ):
            scan.take()  # the rest of a number or date: 1.5, 07:30:00.5


def _read_list(scan: _Scanner, path: KeyPath) -> None:
    scan.take()
    index = 0
    while scan.peek_past_newlines() != "]":
        if scan.peek() == ",":
            scan.take()
            continue
        scan.lines[*path, index] = scan.tokens[scan.at].line
        _read_value(scan, (*path, index))
        index += 1
    scan.take()


def _read_inline_table(scan: _Scanner, path: KeyPath) -> None:
    scan.take()
    while scan.peek_past_newlines() != "}":
        if scan.peek() == ",":
            scan.take()
        else:
            _read_pair(scan, path)
    scan.take()
