"""Recognise a script file that has lost its first line or half of its text, so that it is not read aloud as a book.

Several signs of the file form are asked for, and most lines must be written as a script's lines are: a novel with a
heading "== cast", or a play with "Oona:" in front of every speech, is a book.
"""

import re
from collections.abc import Callable

from audiobook.model.script_json import FORMAT
from audiobook.model.script_text import CAST, CHAPTER, GOES_ON, INDENT, NOTES, ORPHANED

_LEAST_SIGNS = 2  # of different kinds
_LONGEST_NAME = 60  # characters; a sentence before a colon is longer
_LEAST_WRITTEN = 0.9  # share of the lines that must be written as a script's lines are
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^{CAST}[ \t]*$",
        rf"^{CHAPTER}\d{{1,9}}:",
        rf"^{ORPHANED}[ \t]*$",
        rf"^{NOTES}[ \t]*$",
        r"^# (?:The program's own: where each line stands|Change this in any editor, save it, and build from it:)",
        r"^\[(?:heading|verse|letter|break|note|prose|paragraph \d{1,9})\][ \t]*$",
        r"^\[\d{1,10}(?:,\d{1,10},\d{1,10})?(?:,-?\d{1,9},\"\w{2,3}\",[^\n]{0,400})?\]\n\[\d{1,10}[,\]]",  # the notes
    )
)
_MARKUP = re.compile(r"==|#|\[[\w ]+\]$|\[\d")  # begins a line that is neither narration nor speech
_FACT = re.compile(r"(?:title|author|language|source|narrator): ")

_JSON_FORMAT = re.compile(rf'"format"\s*:\s*"{FORMAT}"')
_JSON_KEYS = re.compile(r'"(kind|speaker|text|confidence|evidence|block|paragraph)"\s*:')
_LEAST_KEYS = 5  # different keys of a line
_LEAST_LINES = 2
_JSON_LINE = re.compile(r'\s*[\[\]{}"]')


def was_text(text: str, *, is_named_script: bool) -> bool:
    """Whether the text is a damaged script in the text form. The file name counts as evidence."""
    signs = sum(sign.search(text) is not None for sign in _SIGNS) + is_named_script
    return signs >= _LEAST_SIGNS and _is_mostly(text, _is_written)


def was_json(text: str) -> bool:
    """Whether the text is a damaged script in JSON: it names the format, or has the keys of lines."""
    if not _is_mostly(text, lambda line: _JSON_LINE.match(line) is not None):
        return False
    keys = _JSON_KEYS.findall(text)
    return _JSON_FORMAT.search(text) is not None or (
        len(set(keys)) >= _LEAST_KEYS and keys.count("speaker") >= _LEAST_LINES
    )


def _is_mostly(text: str, is_so: Callable[[str], bool]) -> bool:
    """Whether nearly all lines that say something are so."""
    lines = [line for line in text.split("\n") if line.strip()]
    return sum(map(is_so, lines)) >= _LEAST_WRITTEN * len(lines) > 0


def _is_written(line: str) -> bool:
    """Whether a line is written as narration, speech or markup is in a script."""
    if line.startswith((INDENT, GOES_ON)) or _MARKUP.match(line) or _FACT.match(line):
        return True
    from audiobook.readers.script.lines import read_speaker  # noqa: PLC0415  # not needed for most books

    try:
        speaker, _ = read_speaker(line)
    except ValueError:
        return False
    return speaker.name is None or len(speaker.name) <= _LONGEST_NAME
