"""A voices file as it was read: its data, where each key stands, and the complaints so far."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobook.casting.toml_lines import key_lines
from audiobook.casting.validation import Complaint, KeyPath, nearest

_LARGEST = 4 << 20  # bytes; a voices file of every speaker of a long series has a tenth of that
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PAIR = re.compile(r"""\s*[\w."' -]+=([^\[{]*|\s*\[[^\[\]{]*\]\s*(#.*)?)$""")  # on one line
_MOST_SYNTAX = 50  # complaints, after which a file is given up
_AT_LINE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_TWICE = re.compile(r"Cannot declare (\(.*\)) twice", re.DOTALL)
_WORDED = {  # what tomllib says, for somebody who has never heard of TOML
    "Invalid value": "this is not a value; text stands in quotes",
    "Cannot overwrite a value": "this key is there twice",
    "Invalid initial character for a key part": "this is not a key; "
    'a name with spaces or dots stands in quotes: "Mr. X"',
    "Expected ']' at the end of a table declaration": "this table's name is not right; "
    'a name with spaces or dots stands in quotes: [speakers."Mr. X"]',
}


@dataclass(frozen=True, slots=True)
class TomlDocument:
    """One voices file. Complaints about it are added to a list that all the files of a cast share."""

    file: Path
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    complaints: list[Complaint]

    def complain(self, path: KeyPath, message: str) -> None:
        """Add a complaint about a key. Its line is the key's, or that of the nearest table around it."""
        self.complaints.append(self._complaint(path, message))

    def source_of(self, path: KeyPath) -> str:
        """Where a key is set: "emma.voices.toml:12: [sounds] opening"."""
        return str(self._complaint(path, ""))

    def _complaint(self, path: KeyPath, message: str) -> Complaint:
        line = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)
        key = shown_key(path, is_table=isinstance(self._value(path), dict))
        return Complaint(file=self.file, line=line, key=key, message=message)

    def unknown_key(self, path: KeyPath, known: Collection[str], home: str | None = None) -> None:
        """Note a key that is not among the known ones of its table; `home` is where it would be right."""
        noun = "table" if isinstance(self._value(path), dict) else "key"
        advice = f"did you mean {home}?" if home else nearest(str(path[-1]), known, noun)
        self.complain(path, f"there is no such {noun}; {advice}")

    def _value(self, path: KeyPath) -> object:
        value: Any = self.data
        for step in path:
            if not isinstance(value, (dict, list)):
                return None
            value = value[step]  # type: ignore[index]  # a path that was walked: names into tables, numbers into lists
        return value


def shown_key(path: KeyPath, *, is_table: bool = False) -> str:
    """A key the way a person finds it in the file: `[speakers.Emma] rate`, `[pools] female, item 2`."""
    listed = next((n for n, step in enumerate(path) if isinstance(step, int)), len(path))
    names = [quoted_key(str(step)) for step in path[:listed]]
    items = "".join(f", item {step + 1}" if isinstance(step, int) else f", {step}" for step in path[listed:])
    if len(path) == 1 or (is_table and not items):
        return f"[{'.'.join(names)}]" if is_table else names[0]
    return f"[{'.'.join(names[:-1])}] {names[-1]}{items}"


def quoted_key(name: str) -> str:
    """A name as a TOML key: bare where it may be, else quoted and escaped on one line."""
    if _BARE.fullmatch(name):
        return name
    return quoted_text(name)


def quoted_text(text: str) -> str:
    """Text as a TOML string on one line."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c) or (c if _plain(c) else f"\\U{ord(c):08X}") for c in text) + '"'


def _plain(character: str) -> bool:
    """Whether a character may stand for itself and be seen: line separators and the like are escaped."""
    return character == " " or character.isprintable()


def load_toml_document(file: Path, complaints: list[Complaint]) -> TomlDocument:
    """The file, parsed. A file that cannot be is complained about and comes back empty."""
    text = _text(file, complaints)
    text, data = _parsed(file, text, complaints)
    return TomlDocument(file, data, key_lines(text) if data else {}, complaints)


def _text(file: Path, complaints: list[Complaint]) -> str:
    def failed(message: str, line: int | None = None) -> str:
        complaints.append(Complaint(file=file, line=line, key="", message=message))
        return ""

    try:
        with file.open("rb") as opened:
            raw = opened.read(_LARGEST + 1)
    except OSError as error:
        return failed(f"cannot be read: {error.strerror or error}")
    if len(raw) > _LARGEST:
        return failed(f"is larger than {_LARGEST >> 20} MiB, so it is hardly a voices file")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return failed("is saved as UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return failed("is not saved as UTF-8 (see this line); save it as UTF-8", raw.count(b"\n", 0, error.start) + 1)


def _parsed(file: Path, text: str, complaints: list[Complaint]) -> tuple[str, dict[str, Any]]:
    """The text that counts, and its data.

    A line whose value is none (a name without quotes) is noted and left out, so that the rest is checked too.
    """
    line: int | None = None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, message = _syntax(str(error), text)
    except RecursionError:
        message = "lists or tables are nested too deeply"
    except ValueError:  # Python converts no number of more than 4,300 digits
        message = "a number in it is absurdly long"
    complaints.append(Complaint(file=file, line=line, key="", message=message))
    rest = _without(text, line) if message.endswith(_WORDED["Invalid value"]) else text
    return _parsed(file, rest, complaints) if rest != text and len(complaints) < _MOST_SYNTAX else ("", {})


def _without(text: str, line: int | None) -> str:
    """The text with a line blanked, where that line is a key and its value on their own."""
    lines = text.split("\n")
    if line is not None and _PAIR.match(lines[line - 1]):
        lines[line - 1] = ""
    return "\n".join(lines)


def _syntax(said: str, text: str) -> tuple[int | None, str]:
    """The line and the sentence of a syntax error."""
    match = _AT_LINE.fullmatch(said)
    if not match:
        return None, said
    what, line, column = match.groups()
    twice = _TWICE.fullmatch(what)
    what = "this table is there twice; put both parts under one heading" if twice else _WORDED.get(what, what)
    if line is None:
        return text.count("\n") + 1, "the file ends too early: a quotation mark or a bracket is not closed"
    return int(line), f"column {column}: {what}"
