"""A parsed voices file: its data, the line of each key, and the problems found in it."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobook.casting.toml_lines import find_key_lines
from audiobook.casting.validation import KeyPath, Problem, suggest

_MAX_SIZE = 4 << 20  # bytes; a file with all speakers of a long series has a tenth of that
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PAIR = re.compile(r"""\s*[\w."' -]+=([^\[{]*|\s*\[[^\[\]{]*\]\s*(#.*)?)$""")  # a key and its value on one line
_MAX_PROBLEMS = 50  # problems; after that, parsing stops
_AT_LINE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_DUPLICATE_TABLE = re.compile(r"Cannot declare (\(.*\)) twice", re.DOTALL)
_MESSAGES = {  # messages of tomllib, reworded for readers who do not know TOML
    "Invalid value": "this is not a value; text must be in quotes",
    "Cannot overwrite a value": "this key appears twice",
    "Invalid initial character for a key part": "this is not a key; "
    'a name with spaces or dots must be in quotes: "Mr. X"',
    "Expected ']' at the end of a table declaration": "this table's name is not valid; "
    'a name with spaces or dots must be in quotes: [speakers."Mr. X"]',
}


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """One voices file. Problems are added to a list that all voices files of a cast share."""

    file: Path
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    problems: list[Problem]

    def report(self, path: KeyPath, message: str) -> None:
        """Add a problem with a key. Its line is that of the key, or of the nearest table that contains it."""
        self.problems.append(self._make_problem(path, message))

    def find_source(self, path: KeyPath) -> str:
        """The place where a key is set: "emma.voices.toml:12: [sounds] opening"."""
        return str(self._make_problem(path, ""))

    def _make_problem(self, path: KeyPath, message: str) -> Problem:
        line = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)
        key = format_key(path, is_table=isinstance(self._find_value(path), dict))
        return Problem(file=self.file, line=line, key=key, message=message)

    def report_unknown_key(self, path: KeyPath, known: Collection[str], suggestion: str | None = None) -> None:
        """Report a key that its table does not have. `suggestion` is a table where the key would be valid."""
        noun = "table" if isinstance(self._find_value(path), dict) else "key"
        advice = f"did you mean {suggestion}?" if suggestion else suggest(str(path[-1]), known, noun)
        self.report(path, f"this {noun} is not known; {advice}")

    def _find_value(self, path: KeyPath) -> object:
        value: Any = self.data
        for step in path:
            if not isinstance(value, (dict, list)):
                return None
            value = value[step]  # type: ignore[index]  # a path from this document: names index tables, numbers index lists
        return value


def format_key(path: KeyPath, *, is_table: bool = False) -> str:
    """A key as a person finds it in the file: `[speakers.Emma] rate`, `[pools] female, item 2`."""
    listed = next((n for n, step in enumerate(path) if isinstance(step, int)), len(path))
    names = [quote_key(str(step)) for step in path[:listed]]
    items = "".join(f", item {step + 1}" if isinstance(step, int) else f", {step}" for step in path[listed:])
    if len(path) == 1 or (is_table and not items):
        return f"[{'.'.join(names)}]" if is_table else names[0]
    return f"[{'.'.join(names[:-1])}] {names[-1]}{items}"


def quote_key(name: str) -> str:
    """A name as a TOML key: bare if possible, else quoted and escaped on one line."""
    if _BARE.fullmatch(name):
        return name
    return quote_text(name)


def quote_text(text: str) -> str:
    """Text as a TOML string on one line."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c) or (c if _is_printable(c) else f"\\U{ord(c):08X}") for c in text) + '"'


def _is_printable(character: str) -> bool:
    """Whether a character is written unescaped. Line separators and control characters are escaped."""
    return character == " " or character.isprintable()


def load_toml_document(file: Path, problems: list[Problem]) -> TomlDocument:
    """Read and parse a file. If that fails, the problem is reported and the document is empty."""
    text = _read_text(file, problems)
    text, data = _parse(file, text, problems)
    return TomlDocument(file, data, find_key_lines(text) if data else {}, problems)


def _read_text(file: Path, problems: list[Problem]) -> str:
    def failed(message: str, line: int | None = None) -> str:
        problems.append(Problem(file=file, line=line, key="", message=message))
        return ""

    try:
        with file.open("rb") as opened:
            raw = opened.read(_MAX_SIZE + 1)
    except OSError as error:
        return failed(f"cannot be read: {error.strerror or error}")
    if len(raw) > _MAX_SIZE:
        return failed(f"is larger than {_MAX_SIZE >> 20} MiB, which is too large for a voices file")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return failed("is saved as UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return failed("is not saved as UTF-8 (see this line); save it as UTF-8", raw.count(b"\n", 0, error.start) + 1)


def _parse(file: Path, text: str, problems: list[Problem]) -> tuple[str, dict[str, Any]]:
    """Parse the text. Gives the text that was parsed, and its data.

    A line whose value is invalid, such as a name without quotes, is reported and skipped, so that the rest is checked.
    """
    line: int | None = None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, message = _explain_syntax_error(str(error), text)
    except RecursionError:
        message = "lists or tables are nested too deeply"
    except ValueError:  # Python does not convert numbers with more than 4,300 digits
        message = "a number has too many digits"
    problems.append(Problem(file=file, line=line, key="", message=message))
    rest = _blank_line(text, line) if message.endswith(_MESSAGES["Invalid value"]) else text
    return _parse(file, rest, problems) if rest != text and len(problems) < _MAX_PROBLEMS else ("", {})


def _blank_line(text: str, line: int | None) -> str:
    """The text with one line blanked, if that line is a complete key and value."""
    lines = text.split("\n")
    if line is not None and _PAIR.match(lines[line - 1]):
        lines[line - 1] = ""
    return "\n".join(lines)


def _explain_syntax_error(error: str, text: str) -> tuple[int | None, str]:
    """The line and the message of a syntax error."""
    match = _AT_LINE.fullmatch(error)
    if not match:
        return None, error
    what, line, column = match.groups()
    twice = _DUPLICATE_TABLE.fullmatch(what)
    what = "this table appears twice; put both parts under one heading" if twice else _MESSAGES.get(what, what)
    if line is None:
        return text.count("\n") + 1, "the file ends too early: a quotation mark or a bracket is not closed"
    return int(line), f"column {column}: {what}"
