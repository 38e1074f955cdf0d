"""An edited script, read back: JSON or its text form → Script, every complaint saying where it is."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

from audiobook.errors import BookError, command_line
from audiobook.model.script import Place, Script
from audiobook.model.script_json import FORMAT, script_from_json
from audiobook.model.script_json import keeps_choices as choices_in_json
from audiobook.model.script_text import FIRST_LINE
from audiobook.readers.script import damaged
from audiobook.readers.sources import decode, read_ends, read_text_bytes

_SNIFFED = 65_536  # bytes at each end of a file
_SAYS_FORMAT = 4_096  # bytes from its start, within which JSON says what it is
_FIRST_LINE = 'put the line "audiobook script, version 1" above all others, or '
# Each takes about a hundred bytes while it is read; a script of a million words has less than a quarter of these.
_MOST_IN_JSON = {"[": 1_500_000, "{": 1_500_000, ",": 5_000_000}
_MOST_IN_TEXT = {"\n": 3_000_000}
_SHAPES: tuple[tuple[str, type, str], ...] = (
    ("book", dict, "a table"),
    ("characters", list, "a list"),
    ("chapters", list, "a list"),
    ("renamed", dict, "a table"),
    ("strays", list, "a list"),
)


def is_script(path: Path) -> bool:
    """Whether the file is a script rather than a book: named .json, or JSON or text that calls itself one.

    What is left of a damaged script is one, too: `read_script` refuses it.
    """
    if path.suffix.casefold() == ".json":
        return True
    try:
        empty = not path.is_file() or not path.stat().st_size
    except OSError:
        return False  # whoever reads it as a book says why that cannot be
    if empty:
        return False
    head, tail = (_count_characters(end) for end in read_ends(path, _SNIFFED))
    if _is_script_text(head) or (head.startswith("{") and f'"{FORMAT}"' in head[:_SAYS_FORMAT]):
        return True
    return _was_script_text(head, tail, path) or damaged.was_json(f"{head}\n{tail}")


def _was_script_text(head: str, tail: str, path: Path) -> bool:
    return damaged.was_text(f"{head}\n{tail}", is_named_script=path.stem.casefold().endswith(".script"))


def _count_characters(data: bytes) -> str:
    """The characters at an end of a file, whether it is UTF-8 or was saved as UTF-16; line ends one newline."""
    text = data.replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_script_text(head: str) -> bool:
    return FIRST_LINE.match(head) is not None


def _text_form() -> ModuleType:
    """The module that parses the text form; most commands read a book, and do not load it."""
    from audiobook.readers.script import text  # noqa: PLC0415

    return text


def read_script(path: Path) -> Script:
    """The script in a file. Raises BookError with the file's line, or the chapter and line, that is wrong."""
    text = decode(read_text_bytes(path), str(path))
    is_text = _is_script_text(text)
    if not is_text and _was_script_text(text[:_SNIFFED], text[_SNIFFED:][-_SNIFFED:], path):
        raise BookError(
            "this is a script without its first line", where=f"{path}, line 1", hint=_FIRST_LINE + _make_hint(path)
        )
    if any(text.count(sign) > most for sign, most in (_MOST_IN_TEXT if is_text else _MOST_IN_JSON).items()):
        raise BookError("this holds more lines or values than any script", where=str(path), hint=_make_hint(path))
    parsed: Script = _text_form().parse_script(text, str(path)) if is_text else _read_json(text, path)
    return parsed


def rows_of_script(path: Path) -> dict[Place, int]:
    """In which row of its file every line of a script begins; nothing where the file is not the text form of one."""
    text = decode(read_text_bytes(path), str(path)) if is_script(path) else ""
    rows: dict[Place, int] = _text_form().rows_of_lines(text) if _is_script_text(text) else {}
    return rows


def keeps_choices(path: Path) -> bool:
    """Whether a readable script file still has the program's choices, from which a person's decisions can be told."""
    text = decode(read_text_bytes(path), str(path))
    kept: bool = _text_form().has_notes(text) if _is_script_text(text) else choices_in_json(json.loads(text))
    return kept


def _read_json(text: str, path: Path) -> Script:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{path}, line {error.lineno}, column {error.colno}"
        raise BookError(
            f"this is not valid JSON: {error.msg.lower()}", where=where, hint=f"mend it there, or {_make_hint(path)}"
        ) from error
    except RecursionError as error:
        raise BookError(
            "the JSON is nested too deeply to be a script", where=str(path), hint=_make_hint(path)
        ) from error
    except ValueError as error:
        raise BookError(
            "a number in this JSON is longer than any could be", where=str(path), hint=_make_hint(path)
        ) from error
    _check_shape(data, path)
    try:
        return script_from_json(data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BookError(_word_fault(error), where=f"{path}{_find_place(data)}", hint=_make_hint(path)) from error


def _make_hint(path: Path) -> str:
    rewrite = command_line("audiobook", "script", "THE-BOOK", "--output", path, "--fresh")
    return f"write a new script from the book: {rewrite}"


def _check_shape(data: Any, path: Path) -> None:
    if not isinstance(data, dict) or not {"book", "chapters"} <= data.keys():
        raise BookError(
            "this JSON is not a script: it has no book and chapters", where=str(path), hint=_make_hint(path)
        )
    for key, kind, name in _SHAPES:
        if key in data and not isinstance(data[key], kind):
            raise BookError(f"{key} is {name}, not {_shorten(data[key])}", where=str(path), hint=_make_hint(path))
    if not isinstance(data["book"].get("title"), str):
        raise BookError("the book has no title", where=f"{path}, book", hint='add "title" to "book"')


def _word_fault(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    if isinstance(error, AttributeError):
        return "a table is expected here"
    return str(error)


def _find_place(data: dict[str, Any]) -> str:
    """Which character, or which chapter and line, cannot be read: the first that fails when read by itself."""
    book = {"title": "-"}
    for n, character in enumerate(data.get("characters", ()), 1):
        if _find_failure({"book": book, "characters": [character], "chapters": []}):
            return f", character {n}"
    for n, chapter in enumerate(data["chapters"], 1):
        lines = chapter.get("lines") if isinstance(chapter, dict) else None
        if not isinstance(lines, list) or not isinstance(chapter.get("title"), str):
            return f", chapter {n}"
        for m, line in enumerate(lines, 1):
            if _find_failure({"book": book, "chapters": [{"title": "-", "lines": [line]}]}):
                return f", chapter {n}, line {m}"
    return ""


def _find_failure(data: dict[str, Any]) -> bool:
    try:
        script_from_json(data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return True
    return False


def _shorten(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 40 else text[:39] + "…"
