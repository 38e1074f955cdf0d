"""Fuzz script files: JSON and the text form."""

import json
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Facts
from audiobook.model.script import OrphanedEdit, Rename, Script
from audiobook.model.script_json import script_from_json, script_to_json
from audiobook.model.script_text import script_to_text
from audiobook.readers import is_script, keeps_choices, read_script, rows_of_script
from audiobook.readers.script.text import parse_script
from tests.casting.fakes import script_from
from tests.readers.test_script_text import PAGE
from tools.fuzz.mutation import HOSTILE, mutator
from tools.fuzz.parsers import Parser

_JSON = (
    *("{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e999", "NaN", "Infinity", '""', '"\\ud800"', '"\\u0000"'),
    *("0.5", "9" * 30),
    *('"book"', '"chapters"', '"lines"', '"title"', '"characters"', '"renamed"', '"strays"', '"guess"', '"pinned"'),
    *('"check"', '"version"'),
    *('"speaker"', '"kind"', '"dialogue"', '"narration"', '"text"', '"paragraph"', '"narrator"', '"start"'),
    *('"confidence"', '"head"', "[" * 3000),
)  # fmt: skip
_TEXT = (
    *("== cast\n", "== chapter 1: One\n", "== chapter 2\n", "== notes\n", "== ", "\n\n", ": ", "?: ", "!: ", "    "),
    *("; also ", " -> "),
    *("Oona", "Old Man", "narrator", "the girl", "female", "2 lines, 5 words", "title: x\n", "language: en\n", "["),
    *("]", "(", ")", "\\", "#"),
    *("[verse] ", "[heading] ", "[break]", "version 9", "~", "|", "@", "0 1 2", "1-", "{", "“", "”"),
)  # fmt: skip


def _json(data: bytes, folder: Path) -> None:
    path = folder / "S.json"
    path.write_bytes(data)
    _check(read_script(path), path)


def _text(data: bytes, folder: Path) -> None:
    path = folder / "S.txt"
    path.write_bytes(data)
    if is_script(path):
        _check(read_script(path), path)


def _check(script: Script, path: Path) -> None:
    keeps_choices(path)
    rows_of_script(path)
    written = json.dumps(script_to_json(script))
    read = script_from_json(json.loads(written))
    assert json.dumps(script_to_json(read)) == written, "JSON written and read is another script"
    parse_script(script_to_text(script), "S")


def _sketches() -> list[Script]:
    one = script_from(
        "Emma (female) = Em\nKit (male child)\nnarrator: Emma\n--\n"
        "Emma: Yes.\n> It rained.\n***\nKit: Oh.\n# Two\n?: Who?"
    )
    orphan = OrphanedEdit(chapter=1, paragraph=2, text="Gone", kind="dialogue", speaker="Emma", style="said")
    rename = Rename(name="Miss E", becomes="Emma")
    two = Script(
        facts=Facts(title="T", authors=("A", "B"), language="en-GB"),
        characters=one.characters,
        chapters=one.chapters,
        source="t.txt",
        orphaned_edits=(orphan,),
        renames=(rename,),
    )
    return [one, two, parse_script(PAGE, "S")]


def _json_seeds() -> list[bytes]:
    return [
        json.dumps(script_to_json(script), ensure_ascii=False, indent=n).encode()
        for n, script in enumerate(_sketches())
    ]


def _text_seeds() -> list[bytes]:
    return [PAGE.encode(), *(script_to_text(script).encode() for script in _sketches())]


PARSERS = {
    "script-json": Parser(
        seeds=_json_seeds, mutate=mutator((*_JSON, *HOSTILE), _json_seeds()), run=_json, declared=(BookError,)
    ),
    "script-text": Parser(
        seeds=_text_seeds, mutate=mutator((*_TEXT, *HOSTILE), _text_seeds()), run=_text, declared=(BookError,)
    ),
}  # fmt: skip
