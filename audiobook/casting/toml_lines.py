"""Where each key of a TOML text stands: the line numbers that `tomllib` does not tell.

Understands any text that `tomllib` accepts; what it makes of another is undefined.
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


_DEEPEST = 8  # steps of a key whose lines are told; what a voices file means has four


class Token(NamedTuple):
    """A piece of TOML."""

    kind: str  # string, mark, bare, newline
    text: str
    line: int  # from 1


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match[0]
        if kind not in {"space", "comment"}:
            yield Token(kind, piece, line)
        line += piece.count("\n")


@dataclass(slots=True)
class _Scan:
    tokens: list[Token]
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    ends: dict[KeyPath, int] = field(default_factory=dict)
    counts: dict[KeyPath, int] = field(default_factory=dict)  # tables in an array of tables

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead].text if self.at + ahead < len(self.tokens) else ""

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def skip_newlines(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "newline":
            self.at += 1

    def next_piece(self) -> str:
        self.skip_newlines()
        return self.peek()

    def done(self) -> bool:
        self.skip_newlines()
        return self.at >= len(self.tokens)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) on which each table, key and list item of the text begins, by its path from the root.

    A table that is only implied (`[speakers.Emma]` implies `speakers`) stands where it is first implied.
    """
    return _scanned(text).lines


def last_line(text: str, table: str) -> int | None:
    """The last line that says anything in a table or those beneath it, from 1; None where there is none."""
    return max((end for path, end in _scanned(text).ends.items() if path[0] == table), default=None)


def _scanned(text: str) -> _Scan:
    scan = _Scan(list(_tokens(text)))
    table: KeyPath = ()
    while not scan.done():
        if scan.peek() == "[":
            table = _header(scan)
        else:
            _pair(scan, table)
    return scan


def _header(scan: _Scan) -> KeyPath:
    first = scan.take()
    is_array = scan.peek() == "["
    if is_array:
        scan.take()
    path = _key(scan, (), first.line)
    while scan.peek() == "]":
        scan.take()
    if is_array:
        path = path[:-1] if isinstance(path[-1], int) else path  # without the number of the table before
        scan.counts[path] = scan.counts.get(path, -1) + 1
        path = (*path, scan.counts[path])
        scan.lines[path] = first.line
    scan.ends[path] = first.line
    return path


def _pair(scan: _Scan, table: KeyPath) -> None:
    path = _key(scan, table, scan.tokens[scan.at].line)
    scan.take()  # the equals sign
    _value(scan, path)
    last = scan.tokens[scan.at - 1]
    scan.ends[path] = last.line + last.text.count("\n")


def _key(scan: _Scan, table: KeyPath, line: int) -> KeyPath:
    """Read a dotted key; every step of it gets the line unless it has one. Steps below the deepest are left out."""
    path = table
    while True:
        name = scan.take()
        path = (*path, _name(name)) if len(path) < _DEEPEST else path
        if path in scan.counts:
            path = (*path, scan.counts[path])
        scan.lines.setdefault(path, line)
        if scan.peek() != ".":
            return path
        scan.take()


def _name(token: Token) -> str:
    if token.kind != "string":
        return token.text
    return str(tomllib.loads(f"name = {token.text}")["name"])


def _value(scan: _Scan, path: KeyPath) -> None:
    if scan.peek() == "[":
        _list(scan, path)
    elif scan.peek() == "{":
        _inline_table(scan, path)
    else:
        scan.take()
        while (
            scan.at < len(scan.tokens) and scan.tokens[scan.at].kind != "newline" and scan.peek() not in {",", "]", "}"}
        ):
            scan.take()  # the rest of a number or a date: 1.5, 07:30:00.5


def _list(scan: _Scan, path: KeyPath) -> None:
    scan.take()
    index = 0
    while scan.next_piece() != "]":
        if scan.peek() == ",":
            scan.take()
            continue
        scan.lines[*path, index] = scan.tokens[scan.at].line
        _value(scan, (*path, index))
        index += 1
    scan.take()


def _inline_table(scan: _Scan, path: KeyPath) -> None:
    scan.take()
    while scan.next_piece() != "}":
        if scan.peek() == ",":
            scan.take()
        else:
            _pair(scan, path)
    scan.take()
