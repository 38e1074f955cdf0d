"""Several files as one book: a folder of drafts, or files that the user names, each a chapter or with chapters."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Book, Chapter, Cover, Facts, Note, Paragraph, Run, Skipped
from audiobook.readers.chapter_list import is_chapter_list
from audiobook.readers.omissions import Document
from audiobook.readers.titles import title_from_name

_DIGITS = re.compile(r"(\d+)")
_NOT_DRAFTS = re.compile(
    r"[.~].*|.*~|~\$.*"  # hidden, and what word processors write beside an open document
    r"|(?:readme|licen[cs]e|copying|changelog|contributing|metadata)\b.*"
    r"|(?:cover|frontcover|folder|front)\.\w+"
    r"|.*\.script\.\w+|.*\.chapters\.txt|.*\.old|.*\.bak|.*\.ledger\.\w+|(?:.*\.)?ledger\.(?:txt|json)",
    re.IGNORECASE,
)
_LEDGER = b"The ledger of "
_MOST_DRAFTS = 2_000
_COVERS = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
_LARGEST_COVER = 16_000_000  # bytes


def natural_key(path: Path) -> list[tuple[int, int, str]]:
    """The key by which files are in the order in which a person counts: ch2 before ch10."""
    pieces = _DIGITS.split(path.name.casefold())
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece]


def list_drafts(folder: Path, suffixes: Sequence[str], linked: Callable[[Path], Sequence[Path]]) -> tuple[Path, ...]:
    """The files of a folder that are drafts, in natural order.

    Hidden files, covers, readmes and what `audiobook` writes are none. `linked` gives the further files that a file is
    read with, which are no drafts of their own. Raises BookError if the folder cannot be read or has no drafts.
    """
    try:
        files = sorted((file for file in folder.iterdir() if file.is_file()), key=natural_key)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise BookError(f"the folder cannot be read: {reason}", where=str(folder), hint="check it") from error
    drafts = [file for file in files if file.suffix.casefold() in suffixes and _is_draft(file)]
    if len(drafts) > _MOST_DRAFTS:
        message = f"the folder has {len(drafts):,} files; a book may have {_MOST_DRAFTS:,}"
        raise BookError(message, where=str(folder), hint="name the files of one book")
    together = {other for draft in drafts for other in linked(draft)}
    drafts = [draft for draft in drafts if draft not in together]
    if not drafts:
        raise BookError(
            "there is no draft in this folder",
            where=str(folder),
            hint=f"files of these kinds are read: {', '.join(suffixes)}",
        )
    return tuple(drafts)


def _is_draft(file: Path) -> bool:
    if _NOT_DRAFTS.fullmatch(file.name) or is_chapter_list(file):
        return False
    try:
        with file.open("rb") as opened:
            return not opened.read(len(_LEDGER)).startswith(_LEDGER)
    except OSError:
        return True  # it is told when it is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of a book of several."""

    path: Path
    book: Book
    documents: tuple[Document, ...]


def join_parts(parts: Sequence[Part], name: Path, notices: Sequence[str]) -> Book:
    """One book of several files; `name` is the path that names it. The places continue from file to file."""
    joined = _Joined()
    start = 0
    for part in parts:
        joined.add(part, start)
        start += sum(len(document.text) + 1 for document in part.documents)
    facts = [part.book.facts for part in parts]
    languages = Counter(one.language for one in facts)
    return Book(
        facts=Facts(
            title=title_from_name(name.with_name(f"{name.name}.folder")),
            authors=tuple(dict.fromkeys(author for one in facts for author in one.authors)),
            language=languages.most_common(1)[0][0],
        ),
        chapters=tuple(
            replace(chapter, number=n, title=title)
            for n, (chapter, title) in enumerate(zip(joined.chapters, joined.titles(), strict=True), 1)
        ),
        skipped=tuple(joined.skipped),
        cover=next((part.book.cover for part in parts if part.book.cover), None) or _find_cover(parts[0].path.parent),
        notes=tuple(joined.notes),
        notices=(*notices, *(notice for part in parts for notice in part.book.notices)),
    )


def name_documents(part: Part) -> Iterator[Document]:
    """The documents of a file, named after it."""
    for document in part.documents:
        inner = f", {document.name}" if document.name else ""
        yield replace(document, name=f"{part.path.name}{inner}")


@dataclass(slots=True)
class _Joined:
    chapters: list[Chapter] = field(default_factory=list)
    within: list[str] = field(default_factory=list)  # the title of each chapter's file
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, part: Part, start: int) -> None:
        """Add a file whose text begins at `start`."""
        for chapter in part.book.chapters:
            paragraphs = tuple(_move(paragraph, start) for paragraph in chapter.paragraphs)
            self.chapters.append(replace(chapter, paragraphs=paragraphs))
            self.within.append(part.book.facts.title if len(part.book.chapters) > 1 else title_from_name(part.path))
        self.skipped += (replace(s, start=s.start + start, end=s.end + start) for s in part.book.skipped)
        for note in part.book.notes:
            reference = None if note.reference is None else note.reference + start
            moved = tuple(_move(paragraph, start) for paragraph in note.paragraphs)
            self.notes.append(replace(note, reference=reference, paragraphs=moved))

    def titles(self) -> Iterator[str]:
        """The titles of the chapters. One that several files have is preceded by that of its file."""
        times = Counter(chapter.title.casefold() for chapter in self.chapters)
        for chapter, within in zip(self.chapters, self.within, strict=True):
            is_same = times[chapter.title.casefold()] > 1 and within.casefold() != chapter.title.casefold()
            yield f"{within}: {chapter.title}" if is_same else chapter.title


def _move(paragraph: Paragraph, by: int) -> Paragraph:
    if not by:
        return paragraph
    runs = tuple(Run(text=run.text, source=run.source + by, length=run.length) for run in paragraph.runs)
    span = None if paragraph.span is None else (paragraph.span[0] + by, paragraph.span[1] + by)
    return replace(paragraph, runs=runs, span=span)


def _find_cover(folder: Path) -> Cover | None:
    """The picture named cover in a folder."""
    for suffix, media_type in _COVERS.items():
        file = folder / f"cover{suffix}"
        try:
            if file.is_file() and file.stat().st_size <= _LARGEST_COVER:
                return Cover(data=file.read_bytes(), media_type=media_type)
        except OSError:
            continue
    return None
