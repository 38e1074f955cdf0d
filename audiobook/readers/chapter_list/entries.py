"""The lines of `BOOK.chapters.txt`: `ACTION | TITLE | FIRST WORDS`, read with an error for each wrong line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobook.errors import BookError
from audiobook.readers import sources
from audiobook.readers.titles import one_line

Action = Literal["keep", "skip", "join", "split"]
ACTIONS: tuple[Action, ...] = ("keep", "skip", "join", "split")
FIRST_LINE = "# audiobook chapters, version 1"
SUFFIX = ".chapters.txt"
ARROW = "->"
_MOST_BYTES = 4 * 2**20
_MOST_ENTRIES = 50_000
_HINT = "write ACTION | TITLE | FIRST WORDS, with keep, skip, join or split as the action"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterEntry:
    """One line of the file."""

    action: Action
    title: str  # of the chapter in the book; of a split, the title of the new chapter
    words: str = ""  # the first words of its text
    new_title: str = ""  # behind the arrow; empty if the chapter keeps its title
    line: int = 0  # in the file, from 1


def chapter_file(book: Path) -> Path:
    """The file with the chapters of a book, beside it. It may not exist."""
    return book.with_name(book.stem + SUFFIX)


def is_chapter_list(path: Path) -> bool:
    """Whether a file is a list of chapters rather than a book."""
    if not path.name.casefold().endswith(SUFFIX):
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(FIRST_LINE) + 3).removeprefix(b"\xef\xbb\xbf").startswith(FIRST_LINE.encode())
    except OSError:
        return False


def read_entries(path: Path) -> tuple[ChapterEntry, ...]:
    """The entries of a file, in order. Raises BookError with the line that is wrong."""
    if path.stat().st_size > _MOST_BYTES:
        raise BookError("this is too large to be a list of chapters", where=str(path), hint="write it again: --force")
    text = sources.decode(sources.read_text_bytes(path), str(path), "save it as a text file") if _has_text(path) else ""
    entries = [
        _parse(line, number, path)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if len(entries) > _MOST_ENTRIES:
        raise BookError(f"at most {_MOST_ENTRIES:,} chapters may be listed", where=str(path), hint=_HINT)
    _check_splits(entries, path)
    return tuple(entries)


def _has_text(path: Path) -> bool:
    return path.stat().st_size > 0


def _parse(line: str, number: int, path: Path) -> ChapterEntry:
    where = f"{path}, line {number}"
    fields = [one_line(field) for field in line.split("|")]
    action = next((known for known in ACTIONS if known == fields[0].casefold()), None)
    if action is None:
        raise BookError(f"{fields[0]!r} is no action", where=where, hint=_HINT)
    if len(fields) < 2 or not fields[1]:
        raise BookError("the title is missing", where=where, hint=_HINT)
    title, arrow, new_title = (part.strip() for part in fields[1].partition(ARROW))
    if arrow and (not new_title or not title):
        raise BookError("a title is missing beside the arrow", where=where, hint="write OLD TITLE -> NEW TITLE")
    words = fields[2] if len(fields) > 2 else ""
    if action == "split" and not any(map(str.isalnum, words)):
        raise BookError(
            "a split needs the first words of the paragraph where the new chapter begins", where=where, hint=_HINT
        )
    return ChapterEntry(action=action, title=title, words=words.rstrip("… "), new_title=new_title, line=number)


def _check_splits(entries: list[ChapterEntry], path: Path) -> None:
    if entries and entries[0].action == "split":
        raise BookError(
            "a split stands below the chapter that it divides",
            where=f"{path}, line {entries[0].line}",
            hint="put it below the line of that chapter",
        )
