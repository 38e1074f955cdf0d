"""Apply the entries of `BOOK.chapters.txt` to a book."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from audiobook.errors import BookError
from audiobook.model.book import Book, Chapter, ChapterEdits, Paragraph, Skipped
from audiobook.readers.chapter_list.entries import ChapterEntry
from audiobook.readers.chapter_list.left_out import read_left_out
from audiobook.readers.chapter_list.units import Text, Unit, key_of, list_units, match_entries
from audiobook.readers.omissions import Source, skip, subtract_spans

_SHOWN = 60  # characters of an entry in a message


@dataclass(slots=True)
class _Section:
    """A chapter of the edited book."""

    title: str
    paragraphs: list[Paragraph]
    changes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Editing:
    """What becomes of the book."""

    file: str
    text: Text
    skipped: list[Skipped]
    sections: list[_Section] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)  # places of what is read after all


def apply_entries(book: Book, entries: Sequence[ChapterEntry], file: str, load: Callable[[], Source]) -> Book:
    """The book with the entries applied, and with what they changed in `edits`.

    `file` is the name of the list. `load` gives the text of the source. Raises BookError if no chapter is left.
    """
    text = Text(load)
    units = list_units(book, text)
    found, unmatched = match_entries((entry for entry in entries if entry.action != "split"), units)
    splits = _find_splits(entries)
    editing = _Editing(file, text, list(book.skipped))
    for n, unit in enumerate(units):
        entry = found.get(n)
        if unit.chapter is not None:
            _apply_to_chapter(editing, unit, unit.chapter, entry, splits.get(entry.line, ()) if entry else ())
        elif unit.part is not None and entry is not None and entry.action != "skip":
            _keep(editing, unit.part, entry, book)
    editing.notices += [_describe_unmatched(entry) for entry in unmatched]
    editing.notices += _list_unlisted(units, found)
    if not editing.sections:
        raise BookError("every chapter is left out", where=file, hint="keep one of them")
    return _make_book(book, editing)


def _find_splits(entries: Sequence[ChapterEntry]) -> dict[int, list[ChapterEntry]]:
    """The splits below each entry, by the line of that entry."""
    splits: dict[int, list[ChapterEntry]] = {}
    above = 0
    for entry in entries:
        if entry.action == "split":
            splits.setdefault(above, []).append(entry)
        else:
            above = entry.line
    return splits


def _apply_to_chapter(
    editing: _Editing, unit: Unit, chapter: Chapter, entry: ChapterEntry | None, splits: Sequence[ChapterEntry]
) -> None:
    if entry is not None and entry.action == "skip":
        editing.skipped += _skip(chapter, f"left out by {editing.file}")
        editing.removed.append(chapter.title)
        return
    title = _title_of(unit, entry)
    if entry is not None and entry.action == "join" and editing.sections:
        editing.sections[-1].paragraphs += chapter.paragraphs
        editing.sections[-1].changes.append(f"joined with “{chapter.title}”")
    else:
        changes = [f"renamed from “{chapter.title}”"] if title != chapter.title else []
        editing.sections.append(_Section(title, list(chapter.paragraphs), changes))
    for split in splits:
        _split(editing, split)


def _title_of(unit: Unit, entry: ChapterEntry | None) -> str:
    """The title that an entry gives a chapter: behind the arrow, else its own where that is another one."""
    if entry is None:
        return unit.title
    if entry.new_title:
        return entry.new_title
    return entry.title if key_of(entry.title) != key_of(unit.title) else unit.title


def _skip(chapter: Chapter, reason: str) -> Iterator[Skipped]:
    told = [p for p in chapter.paragraphs if p.kind != "note" and p.stands]
    if told:
        yield skip(told, reason, chapter.title)


def _split(editing: _Editing, entry: ChapterEntry) -> None:
    """Begin a new chapter at the paragraph that begins with the words of an entry."""
    section, words = editing.sections[-1], key_of(entry.words)
    at = next((n for n, p in enumerate(section.paragraphs) if n and key_of(p.text).startswith(words)), None)
    if at is None:
        editing.notices.append(
            f"line {entry.line}: no paragraph of “{section.title}” begins with {entry.words[:_SHOWN]!r}, "
            f"so “{entry.title}” does not begin there"
        )
        return
    rest = section.paragraphs[at:]
    del section.paragraphs[at:]
    editing.sections.append(_Section(entry.new_title or entry.title, rest, [f"split from “{section.title}”"]))


def _keep(editing: _Editing, part: Skipped, entry: ChapterEntry, book: Book) -> None:
    """Read a part that the reader left out."""
    paragraphs = read_left_out(part, book.skipped, editing.text.source)
    if not paragraphs:
        return
    editing.skipped.remove(part)
    editing.kept += (paragraph.stands for paragraph in paragraphs if paragraph.stands)
    editing.skipped += _around(part, paragraphs, editing.text.source)
    change = f"kept; was left out: {part.reason}"
    into = _find_around(editing.sections, part)
    if into is not None:
        section, at = into
        section.paragraphs[at:at] = paragraphs
        section.changes.append(f"with “{part.title}”, {change}")
    elif entry.action == "join" and editing.sections:
        editing.sections[-1].paragraphs += paragraphs
        editing.sections[-1].changes.append(f"joined with “{part.title}”, {change}")
    else:
        editing.sections.append(_Section(entry.new_title or entry.title, list(paragraphs), [change]))


def _around(part: Skipped, paragraphs: Sequence[Paragraph], source: Source) -> Iterator[Skipped]:
    """What stays left out of a part: stretches between its paragraphs, which are skipped for a reason of their own."""
    at = part.start
    for start, end in [*(p.stands for p in paragraphs if p.stands), (part.end, part.end)]:
        if at < start and source.has_letters(at, start):
            yield replace(part, words=0, start=at, end=start)
        at = max(at, end)


def _find_around(sections: Sequence[_Section], part: Skipped) -> tuple[_Section, int] | None:
    """The chapter in whose middle a part stands, and the index of the paragraph behind the part."""
    if not sections:
        return None
    at = next((n for n, p in enumerate(sections[-1].paragraphs) if p.stands and p.stands[0] >= part.end), None)
    return (sections[-1], at) if at else None


def _describe_unmatched(entry: ChapterEntry) -> str:
    return (
        f"line {entry.line}: the book has no chapter “{entry.title[:_SHOWN]}”"
        f"{f' that begins with {entry.words[:_SHOWN]!r}' if entry.words else ''}; the line stays in case it comes back"
    )


def _list_unlisted(units: Sequence[Unit], found: dict[int, ChapterEntry]) -> Iterator[str]:
    for n, unit in enumerate(units):
        if unit.chapter is not None and n not in found and found:
            yield f"the chapter “{unit.title[:_SHOWN]}” is not in the list; it is read"


def _make_book(book: Book, editing: _Editing) -> Book:
    kept = [section for section in editing.sections if section.paragraphs]
    chapters = tuple(
        Chapter(number=n, title=section.title, paragraphs=tuple(section.paragraphs))
        for n, section in enumerate(kept, 1)
    )
    changes = tuple((n, change) for n, section in enumerate(kept, 1) for change in section.changes)
    edits = ChapterEdits(
        file=editing.file, changes=changes, removed=tuple(editing.removed), notices=tuple(editing.notices)
    )
    skipped = tuple(subtract_spans(editing.skipped, sorted(editing.kept)))
    return replace(book, chapters=chapters, skipped=skipped, edits=edits)
