"""The notes at the end of a script's text form, and what a person changed since they were written."""

import json
from base64 import b64decode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from audiobook.model.alignment import align, match_replaced
from audiobook.model.edits import checksum, mark_decided
from audiobook.model.script import (
    BY_HAND,
    DOUBTFUL,
    NARRATOR,
    Age,
    Character,
    Gender,
    Line,
    LineKind,
    Rename,
    Style,
    new_names,
)
from audiobook.model.script_text import CERTAIN, GUESSED, MANNER_LETTERS, WHO_NARRATOR, WHO_UNKNOWN, format_mark
from audiobook.readers.script.lines import Row, RowError, Speaker, Written

_GUESS = DOUBTFUL / 2  # the confidence of a guess that no note says more of
_KINDS: Mapping[str, LineKind] = {"n": "narration", "d": "dialogue"}
_MANNERS: Mapping[str, Style] = {letter: style for style, letter in MANNER_LETTERS.items()}
_LEAST = 3  # values of a note on a line


@dataclass(frozen=True, slots=True)
class _CastNote:
    name: str
    gender: Gender | None
    age: Age | None
    pinned: bool


@dataclass(frozen=True, slots=True)
class _LineNote:
    check: int  # of the line's text
    start: int | None
    end: int | None
    speaker: str | None = NARRATOR
    kind: LineKind = "narration"
    style: Style = "said"
    pinned: bool = False
    confidence: float = 1.0
    evidence: str = ""
    runner_up: str | None = None
    language: str = ""

    @property
    def mark(self) -> str:
        """What stood behind the speaker's name."""
        return format_mark(self.kind, self.speaker, self.confidence, pinned=self.pinned)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the program wrote down beside the script when it wrote it."""

    head: int  # the check of what stands before the chapters
    cast: tuple[_CastNote, ...]
    lines: tuple[_LineNote, ...]

    @property
    def chosen(self) -> set[str | None]:
        """The speakers that the program itself chose."""
        return {note.speaker for note in self.lines if not note.pinned}

    def apply_to_cast(self, characters: Sequence[Character]) -> list[Character]:
        """The characters, pinned where a person changed gender or age."""
        noted = {note.name: note for note in self.cast}
        return [_read_person(character, noted.get(character.name)) for character in characters]

    def find_dropped_names(self, names: Sequence[str], renames: Sequence[Rename]) -> tuple[Rename, ...]:
        """The renames that a person made by writing another name in the cast, or everywhere in the file."""
        if len(names) != len(self.cast):
            return ()
        known, written = {note.name for note in self.cast}, Counter(names)
        still_there = {*written, *(rename.name for rename in renames)}
        return tuple(
            Rename(name=note.name, becomes=name)
            for note, name in zip(self.cast, names, strict=True)
            if note.name not in still_there and (name not in known or written[name] > 1)
        )

    def apply_to_lines(self, lines: Sequence[Written], renames: Sequence[Rename]) -> list[Line]:
        """The lines with what was noted of them, pinned where a person decided about them."""
        checks = [checksum(line.text) for line in lines]
        noted = [note.check for note in self.lines]
        found = range(len(noted)) if checks == noted else match_replaced(align(checks, noted), len(noted))
        final = new_names(renames)
        return [
            _read_new_line(line) if at is None else _read_old_line(line, self.lines[at], final)
            for line, at in zip(lines, found, strict=True)
        ]


def make_line(line: Written) -> Line:
    """A line of a file without notes."""
    guess = line.speaker.mark == GUESSED or line.speaker.name is None
    fresh = _make_line(line, _LineNote(0, None, None, confidence=_GUESS if guess else 1.0))
    return mark_decided(fresh) if line.speaker.mark == CERTAIN else fresh


def _read_new_line(line: Written) -> Line:
    """A line without a note: a person wrote it, or split it from another line."""
    return make_line(line) if line.speaker.mark == GUESSED else mark_decided(make_line(line))


def _read_old_line(line: Written, note: _LineNote, final: Mapping[str, str]) -> Line:
    was, now = note.mark, line.speaker.mark
    if not _is_as_noted(line.speaker, note, final) or (now != was and (now == CERTAIN or was == GUESSED)):
        return mark_decided(_make_line(line, note))
    if now == was:
        return _make_line(line, note)
    evidence = "" if note.evidence == BY_HAND else note.evidence
    return _make_line(line, replace(note, pinned=False, evidence=evidence, confidence=_GUESS if now else 1.0))


def _is_as_noted(speaker: Speaker, note: _LineNote, final: Mapping[str, str]) -> bool:
    if (speaker.kind, speaker.style) != (note.kind, note.style):
        return False
    return speaker.name == note.speaker or (note.speaker is not None and speaker.name == final.get(note.speaker))


def _make_line(line: Written, note: _LineNote) -> Line:
    """The line as it is written, completed from its note."""
    return Line(
        place=line.place,
        kind=line.speaker.kind,
        speaker=line.speaker.name,
        text=line.text,
        start=note.start,
        end=note.end,
        confidence=note.confidence,
        evidence=note.evidence,
        block=line.block,
        style=line.speaker.style,
        runner_up=note.runner_up,
        pinned=note.pinned,
        language=note.language,
    )


def _read_person(character: Character, note: _CastNote | None) -> Character:
    facts = (character.gender, character.age)
    changed = facts != ((note.gender, note.age) if note else (None, None))
    return replace(character, pinned=character.pinned or changed)


def read_notes(rows: Sequence[Row]) -> Notes | None:
    """The notes in a file; None where a person took them out. Raises RowError."""
    head, cast, lines = 0, list[_CastNote](), list[_LineNote]()
    for row, text in rows:
        if text:
            try:
                values = json.loads(text)
                if len(values) == 1:
                    head = int(values[0])
                elif isinstance(values[0], str):
                    cast.append(_read_cast_note(values))
                else:
                    lines.append(_read_line_note(values, cast))
            except (ValueError, TypeError, LookupError, RecursionError) as error:
                raise RowError(
                    row,
                    "this note of the program's is broken; take the notes out: a script is good without its notes",
                ) from error
    return Notes(head, tuple(cast), tuple(lines)) if rows and any(text for _, text in rows) else None


def _read_cast_note(values: Sequence[Any]) -> _CastNote:
    encoded, gender, age, pinned = values
    if gender not in (None, *get_args(Gender)) or age not in (None, *get_args(Age)) or not isinstance(pinned, bool):
        raise ValueError
    name = b64decode(encoded, validate=True).decode("utf-8", "surrogatepass")
    if not name.strip():
        raise ValueError
    return _CastNote(name, gender, age, pinned)


def _read_line_note(values: Sequence[Any], cast: Sequence[_CastNote]) -> _LineNote:
    check, start, end = values[:_LEAST]
    if not all(n is None or (type(n) is int and n >= 0) for n in (start, end)):
        raise ValueError
    if len(values) == _LEAST:
        return _LineNote(check, start, end)
    who, signs, confidence, evidence, runner_up, *others = values[_LEAST:]
    language = others[0] if others else ""
    if not 0 <= confidence <= 1 or not isinstance(evidence, str) or not isinstance(runner_up, str | None):
        raise ValueError
    if not isinstance(language, str) or len(others) > 1:
        raise ValueError
    return _LineNote(
        check,
        start,
        end,
        _read_who(who, cast),
        kind=_KINDS[signs[0]],
        style=_MANNERS[signs[1]],
        pinned=signs[2:] == "p",
        confidence=float(confidence),
        evidence=evidence,
        runner_up=runner_up,
        language=language,
    )


def _read_who(number: int, cast: Sequence[_CastNote]) -> str | None:
    if number == WHO_UNKNOWN:
        return None
    if number == WHO_NARRATOR:
        return NARRATOR
    if number < 0:
        raise ValueError
    return cast[number].name
