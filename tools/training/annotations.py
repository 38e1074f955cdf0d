"""A novel's annotations: every quotation with its speaker, as in the Project Dialogism Novel Corpus.

A novel is a folder with novel_text.txt, quotation_info.csv (columns speaker, quoteType, quoteByteSpans, which count
characters) and character_info.csv (columns Main Name, Aliases, Gender). Vishnubhotla, Hammond, Hirst: "The Project
Dialogism Novel Corpus", LREC 2022.
"""

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobook.errors import UsageError
from audiobook.model.script import Gender

QuotationType = Literal["Explicit", "Anaphoric", "Implicit", ""]
NOBODY = frozenset({"", "nan", "_group", "_unknowable"})  # speakers who are not a single person

_TEXT, _QUOTATIONS, _CHARACTERS = "novel_text.txt", "quotation_info.csv", "character_info.csv"
_GENDERS: Mapping[str, Gender] = {"M": "male", "F": "female"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An annotated quotation."""

    speaker: str  # a character's main name, or one of NOBODY
    type: QuotationType  # the speaker is named by a tag, by a pronoun or noun in a tag, or not at all
    spans: tuple[tuple[int, int], ...]  # (start, end) in the text; several if a tag interrupts it


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """The annotations of a novel."""

    names: Mapping[str, frozenset[str]]  # for each character, the normalized forms of the names
    genders: Mapping[str, Gender | None]
    narrators: frozenset[str]  # characters who narrate
    quotations: tuple[Quotation, ...]


def text_of(folder: Path) -> Path:
    """The file with the text of a novel."""
    return folder / _TEXT


def novels_in(folder: Path) -> list[Path]:
    """The annotated novels in a folder, by name. Raises UsageError if there are none."""
    found = sorted(path for path in folder.iterdir() if (path / _QUOTATIONS).is_file()) if folder.is_dir() else []
    if not found:
        raise UsageError(f"{folder} holds no annotated novels", hint=f"a novel is a folder with a {_QUOTATIONS}")
    return found


def read_annotations(folder: Path) -> Annotations:
    """Read the annotations of a novel."""
    names: dict[str, frozenset[str]] = {}
    genders: dict[str, Gender | None] = {}
    for row in _rows(folder / _CHARACTERS):
        aliases = ast.literal_eval(row["Aliases"]) if row["Aliases"] else ()
        names[row["Main Name"]] = frozenset(plain(alias) for alias in (row["Main Name"], *aliases))
        genders[row["Main Name"]] = _GENDERS.get(row["Gender"])
    return Annotations(
        names=names,
        genders=genders,
        narrators=frozenset(who for who, known in names.items() if known & {"narr", "narrator"}),
        quotations=tuple(_quotation(row) for row in _rows(folder / _QUOTATIONS)),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _quotation(row: Mapping[str, str]) -> Quotation:
    kind = row["quoteType"]
    spans = tuple((int(start), int(end)) for start, end in ast.literal_eval(row["quoteByteSpans"]))
    known: dict[str, QuotationType] = {"Explicit": "Explicit", "Anaphoric": "Anaphoric", "Implicit": "Implicit"}
    return Quotation(speaker=row["speaker"], type=known.get(kind, ""), spans=spans)


def plain(name: str) -> str:
    """A name without differences of case, punctuation and spacing."""
    return " ".join(re.sub(r"[^\w ]+", " ", name.lower().replace("_", " ")).split())
