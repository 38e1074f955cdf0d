"""Write the list of a book's chapters that the user edits: `BOOK.chapters.txt`."""

from pathlib import Path

from audiobook import readers
from audiobook.errors import UsageError
from audiobook.model.reading import AS_THE_BOOK_SAYS, ReadingOptions
from audiobook.readers.chapter_list import chapter_file
from audiobook.writers import check_file, write_text


def write_chapters(book: Path, options: ReadingOptions = AS_THE_BOOK_SAYS, *, force: bool = False) -> Path:
    """Write the list of chapters beside the book, and return its path.

    With `force`, a list that is there is written again, with the decisions in it. Raises BookError; UsageError if the
    list exists or the book is a script, DeliveryError if it cannot be written.
    """
    if readers.is_script(book):
        hint = "write the list for the book, or edit the chapters in the script"
        raise UsageError("a script has its chapters in itself", where=str(book), hint=hint)
    file = chapter_file(book)
    if file.exists() and not force:
        hint = "edit it; or add --force to write it again, which keeps what you decided in it"
        raise UsageError("there is a list of chapters already", where=str(file), hint=hint)
    check_file(file)
    write_text(file, readers.write_chapter_list(book, options, keep=True))
    return file
