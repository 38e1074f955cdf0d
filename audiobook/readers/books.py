"""A book from its source: one file or several, with the user's list of chapters and the notes as they are asked for.

This is the only place that knows all three, so every command reads the same book.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Account, Book, Skipped
from audiobook.model.reading import AS_THE_BOOK_SAYS, ReadingOptions
from audiobook.readers import chapter_list, formats, script, sources
from audiobook.readers.notes import include_notes
from audiobook.readers.omissions import Document, Omissions
from audiobook.readers.omissions import Source as SourceText
from audiobook.readers.several import Part, join_parts, list_drafts, name_documents
from audiobook.runtime.files import is_folder


def read_book(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Book:
    """The book in a file, in a folder of drafts, or in several files.

    `BOOK.chapters.txt` beside it is obeyed. Raises BookError, with the place and a hint, for whatever cannot be read.
    """
    book, load = _read_files(path, options)
    file = chapter_list.chapter_file(path)
    if _is_there(file):
        entries = chapter_list.read_entries(file)
        book = chapter_list.apply_entries(book, entries, file.name, lambda: SourceText(list(load())))
    if options.language is not None:
        book = replace(book, facts=replace(book.facts, language=options.language, stated_language=""))
    return include_notes(book, options.notes)


def write_chapter_list(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS, *, keep: bool) -> str:
    """The text of a new list of the chapters of a book. With `keep`, the decisions in the present list are kept.

    Raises BookError.
    """
    book, load = _read_files(path, options)
    file = chapter_list.chapter_file(path)
    earlier: tuple[chapter_list.ChapterEntry, ...] = ()
    if keep and _is_there(file):
        earlier = chapter_list.read_entries(file)
    return chapter_list.write_entries(book, lambda: SourceText(list(load())), earlier)


def digest(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> str:
    """A hash of everything that a book is read from, for cache keys: its files, its list of chapters, its notes.

    Raises BookError where a file cannot be read.
    """
    files = _list_parts(path, options)
    if files is None:
        whole = formats.digest(path)
    else:
        names = " ".join(file.name for file in files).encode("utf-8", "surrogatepass")
        digests = [formats.digest(file) for file in files if _is_readable(file)]
        whole = sources.join_digests(hashlib.blake2b(names, digest_size=20).hexdigest(), digests)
    file = chapter_list.chapter_file(path)
    more = [sources.digest(file)] if _is_there(file) and file.stat().st_size else []
    more += [] if options.notes == "skip" else [options.notes]
    return sources.join_digests(whole, more) if more else whole


def account_of(path: Path, book: Book, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Account:
    """The account of every word of the files that a book was read from. Raises BookError."""
    from audiobook.readers.audit import audit  # noqa: PLC0415  # a cached script does not need it

    account = audit(book, list(read_documents(path, options)))
    return replace(account, notices=notices_of(book))


def list_skipped(path: Path, book: Book, options: ReadingOptions = AS_THE_BOOK_SAYS) -> list[Skipped]:
    """What is left out of a book, each part with the words that the ledger counts. Raises BookError."""
    left_out = Omissions(book.skipped, SourceText(list(read_documents(path, options))))
    return [replace(part, words=left_out.words_of(part)) for part in left_out.skipped]


def notices_of(book: Book) -> tuple[str, ...]:
    """What the user should know about the files and the list of chapters of a book."""
    edits = book.edits
    return (*book.notices, *(f"{edits.file}, {notice}" for notice in edits.notices)) if edits else book.notices


def read_documents(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Iterable[Document]:
    """The text of the source in the documents that it has. Raises BookError."""
    files = _list_parts(path, options)
    if files is None:
        return formats.format_of(path).documents(path)
    parts, _ = _read_parts(files, must_read=bool(options.parts))
    return [document for part in parts for document in name_documents(part)]


def size_of(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> int:
    """The bytes in the files of a book. Raises OSError, BookError."""
    files = _list_parts(path, options)
    return path.stat().st_size if files is None else sum(file.stat().st_size for file in files)


def _read_files(path: Path, options: ReadingOptions) -> tuple[Book, Callable[[], Iterable[Document]]]:
    """The book without the list of chapters, and what reads the text of its source."""
    files = _list_parts(path, options)
    if files is None:
        form = formats.format_of(path)
        return form.read(path), lambda: form.documents(path)
    parts, notices = _read_parts(files, must_read=bool(options.parts))
    if not parts:
        raise BookError("none of these files can be read", where=str(path), hint="; ".join(notices[:3]))
    return join_parts(parts, path, notices), lambda: (d for part in parts for d in name_documents(part))


def _list_parts(path: Path, options: ReadingOptions) -> tuple[Path, ...] | None:
    """The files of a book of several; None for a book in one file. Raises BookError."""
    if options.parts:
        return tuple(file for part in options.parts for file in (_list_folder(part) if part.is_dir() else (part,)))
    return _list_folder(path) if is_folder(path) else None


def _list_folder(folder: Path) -> tuple[Path, ...]:
    return list_drafts(folder, formats.list_suffixes(), _list_linked)


def _list_linked(file: Path) -> Sequence[Path]:
    try:
        return list(formats.format_of(file).files(file))[1:]
    except (BookError, OSError):
        return ()


def _read_parts(files: Sequence[Path], *, must_read: bool) -> tuple[list[Part], list[str]]:
    """The files that can be read, and a sentence for each of the others. Raises BookError if all must be read."""
    parts: list[Part] = []
    notices: list[str] = []
    for file in files:
        try:
            parts.append(_read_part(file))
        except BookError as error:
            if must_read:
                raise
            notices.append(f"{file.name} is not read: {error.message}")
    return parts, notices


def _read_part(file: Path) -> Part:
    if script.is_script(file):
        raise BookError("this is a script, which is a whole book", where=str(file), hint="build it alone")
    form = formats.format_of(file)
    return Part(path=file, book=form.read(file), documents=tuple(form.documents(file)))


def _is_readable(file: Path) -> bool:
    try:
        sources.read_head(file, 1)
        formats.format_of(file)
    except BookError:
        return False
    return True


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        return False
