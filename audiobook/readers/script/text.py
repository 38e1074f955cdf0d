"""The text form of a script, read back: who speaks each line, and what a person changed in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from audiobook.errors import BookError, command_line
from audiobook.model.book import Facts
from audiobook.model.edits import MergedEdits, head_checksum
from audiobook.model.script import Age, Character, Gender, OrphanedEdit, Place, Rename, Script, ScriptChapter
from audiobook.model.script_text import ALSO, BECOMES, CAST, CERTAIN, CHAPTER, FIRST_LINE, NOTES, ORPHANED, unescape
from audiobook.readers.script.lines import Row, RowError, read_lines, read_name, read_names, read_speaker, split_name
from audiobook.readers.script.notes import Notes, make_line, read_notes

_VERSION = 1
_CHAPTER = re.compile(re.escape(CHAPTER) + r"(\d{1,9}) *(?::(.*))?")
_STRAY = re.compile(r"\[chapter (\d{1,9}), paragraph (\d{1,9})\]\s*(.*)")
_ARROWS = (BECOMES.strip(), "→")
_STOPS = re.compile(f"[:：]|{'|'.join(_ARROWS)}")  # behind a name in the cast
_COUNT = re.compile(r"(\d{1,9}) (line|word)s?")
_GENDERS, _AGES = get_args(Gender), get_args(Age)

T = TypeVar("T")


@dataclass(slots=True)
class _Chapter:
    number: int
    title: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Parts:
    """The file's rows by what they are about, remarks left out."""

    facts: list[Row] = field(default_factory=list)
    cast: list[Row] = field(default_factory=list)
    chapters: list[_Chapter] = field(default_factory=list)
    orphaned_edits: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)


def _make_hint(file: str) -> str:
    rewrite = command_line("audiobook", "script", "THE-BOOK", "--output", file, "--fresh")
    return f"correct that line, or write a new script from the book: {rewrite}"


def parse_script(text: str, where: str) -> Script:
    """The script in a text. Raises BookError with the line that is wrong; `where` names the file."""
    try:
        return _make_script(_split_parts(text.split("\n")))
    except RowError as fault:
        raise BookError(str(fault), where=f"{where}, line {fault.row}", hint=_make_hint(where)) from fault
    except ValueError as error:
        raise BookError(str(error), where=f"{where}, the cast", hint="mend it there") from error


def has_notes(text: str) -> bool:
    """Whether a readable text still has the program's notes, from which a person's decisions can be told."""
    return read_notes(_split_parts(text.split("\n")).notes) is not None


def rows_of_lines(text: str) -> dict[Place, int]:
    """In which row of a text that can be read every line of the script begins."""
    chapters = _split_parts(text.split("\n")).chapters
    return {line.place: line.row for chapter in chapters for line in read_lines(chapter.number, chapter.rows)}


def _split_parts(lines: Sequence[str]) -> _Parts:
    head = FIRST_LINE.match(lines[0])
    if head is None or int(head[1]) != _VERSION:
        raise RowError(1, f"this is no script of version {_VERSION}, which is the one understood")
    parts = _Parts()
    rows = parts.facts
    for row, line in enumerate(lines[1:], 2):
        if line.startswith("=="):
            rows = _read_part(parts, row, line.rstrip())
        elif not line.startswith("#"):
            rows.append((row, line.rstrip()))
    return parts


def _read_part(parts: _Parts, row: int, heading: str) -> list[Row]:
    """Where the rows under a heading go."""
    if (chapter := _CHAPTER.fullmatch(heading)) is not None:
        title = _read_each([(row, (chapter[2] or "").strip())], unescape)[0] if chapter[2] else ""
        parts.chapters.append(_Chapter(int(chapter[1]), title))
        return parts.chapters[-1].rows
    known = {CAST: parts.cast, ORPHANED: parts.orphaned_edits, NOTES: parts.notes}
    if heading not in known:
        raise RowError(row, f"there is no part {heading!r}; the parts are {CHAPTER}NUMBER: TITLE, {', '.join(known)}")
    return known[heading]


def _read_each(rows: Sequence[Row], read: Callable[[str], T]) -> list[T]:
    """The values that `read` makes from the rows that are not blank. Raises RowError where `read` raises ValueError."""
    found: list[T] = []
    for row, text in rows:
        try:
            if text:
                found.append(read(text))
        except ValueError as error:
            raise RowError(row, str(error)) from error
    return found


def _make_script(parts: _Parts) -> Script:
    facts, narrator, source = _read_head(parts.facts)
    entries = _read_each(parts.cast, _read_cast_entry)
    cast = [entry for entry in entries if isinstance(entry, Character)]
    told = tuple(entry for entry in entries if isinstance(entry, Rename))
    renames = told
    notes = read_notes(parts.notes)
    edited = notes is None or notes.head != head_checksum(facts, narrator, cast)
    if notes is not None:
        renames += notes.find_dropped_names([c.name for c in cast], told)
        cast = notes.apply_to_cast(cast)
    chapters = _read_chapters(parts.chapters, notes, renames)
    chosen = notes.chosen if notes else {line.speaker for chapter in chapters for line in chapter.lines}
    merged = MergedEdits.of(cast, chapters, narrator, renames)
    return Script(
        facts=facts,
        characters=merged.characters,
        chapters=merged.chapters,
        narrator=merged.narrator,
        source=source,
        renames=told + tuple(r for r in merged.renames[len(told) :] if r.name in chosen),
        orphaned_edits=tuple(_read_each(parts.orphaned_edits, _read_orphan)),
        edited=edited,
    )


def _read_head(rows: Sequence[Row]) -> tuple[Facts, str | None, str | None]:
    """What the file says of the book, who tells it, and the book's file name."""
    said = _read_each(rows, _read_fact)
    once = dict(said)
    facts = Facts(
        title=once.get("title", ""),
        authors=tuple(value for key, value in said if key == "author"),
        language=once.get("language") or "en",
    )
    return facts, once.get("narrator"), once.get("source")


def _read_fact(text: str) -> tuple[str, str]:
    key, colon, value = text.partition(":")
    if not colon or key not in ("title", "author", "language", "source", "narrator"):
        raise ValueError("what stands before the cast is title, author, language, source or narrator, and a colon")
    return key, read_name(value.strip()) if key == "narrator" else unescape(value.strip())


def _read_cast_entry(text: str) -> Character | Rename:
    name, stop, said = split_name(text, _STOPS)
    if not stop:
        raise ValueError(f"in the cast stands a name with a colon behind it, or one name{BECOMES}another")
    if stop in _ARROWS:
        return _read_rename(name, said)
    pinned = name.endswith(CERTAIN)
    facts, _, also = said.partition(ALSO.strip())
    found = _make_facts(facts)
    return Character(
        name=read_name(name.removesuffix(CERTAIN).rstrip() if pinned else name),
        aliases=read_names(also),
        gender=found.get("gender"),
        age=found.get("age"),
        lines=int(found.get("line", 0)),
        words=int(found.get("word", 0)),
        pinned=pinned,
    )


def _read_rename(name: str, said: str) -> Rename:
    becomes, more, _ = split_name(said, _STOPS)
    if more:
        raise ValueError(f"somebody gets another name on a line with nothing else in it: {name}{BECOMES}{becomes}")
    return Rename(name=read_name(name), becomes=read_name(becomes))


def _make_facts(listed: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for fact in filter(None, (piece.strip() for piece in listed.split(","))):
        count = _COUNT.fullmatch(fact)
        key = count[2] if count else "gender" if fact in _GENDERS else "age" if fact in _AGES else ""
        if not key:
            raise ValueError(
                f"{fact!r} is not understood; a speaker is {', '.join((*_GENDERS, *_AGES))}; also other names"
            )
        found[key] = count[1] if count else fact
    return found


def _read_chapters(chapters: Sequence[_Chapter], notes: Notes | None, renames: Sequence[Rename]) -> list[ScriptChapter]:
    written = [list(read_lines(chapter.number, chapter.rows)) for chapter in chapters]
    every = [line for lines in written for line in lines]
    lines = iter([make_line(line) for line in every] if notes is None else notes.apply_to_lines(every, renames))
    return [
        ScriptChapter(number=chapter.number, title=chapter.title, lines=tuple(next(lines) for _ in own))
        for chapter, own in zip(chapters, written, strict=True)
    ]


def _read_orphan(text: str) -> OrphanedEdit:
    match = _STRAY.fullmatch(text)
    if match is None:
        raise ValueError("a line without a place begins with its old one: [chapter 1, paragraph 2]")
    speaker, said = read_speaker(match[3])
    return OrphanedEdit(
        chapter=int(match[1]),
        paragraph=int(match[2]),
        text=unescape(said),
        kind=speaker.kind,
        speaker=speaker.name,
        style=speaker.style,
    )
