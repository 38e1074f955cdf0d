"""File → Book: a reader for each format, chosen from the table in `formats`. Edited scripts are read here as well."""

from audiobook.readers.books import (
    account_of,
    digest,
    list_skipped,
    notices_of,
    read_book,
    size_of,
    write_chapter_list,
)
from audiobook.readers.formats import read_text
from audiobook.readers.script import is_script, keeps_choices, read_script, rows_of_script

RECIPE = 25  # of all readers; increase it whenever the same file may give another book

__all__ = [
    "RECIPE",
    "account_of",
    "digest",
    "is_script",
    "keeps_choices",
    "list_skipped",
    "notices_of",
    "read_book",
    "read_script",
    "read_text",
    "rows_of_script",
    "size_of",
    "write_chapter_list",
]
