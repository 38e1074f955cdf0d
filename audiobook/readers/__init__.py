"""file → Book: a reader for each format, chosen from the table in `formats`. An edited script is read here too."""

from audiobook.readers.formats import account_of, decoded_text, digest, read_book
from audiobook.readers.script import is_script, keeps_choices, read_script, rows_of_script

RECIPE = 6  # of all readers; count up whenever the same file may give another book

__all__ = [
    "RECIPE",
    "account_of",
    "decoded_text",
    "digest",
    "is_script",
    "keeps_choices",
    "read_book",
    "read_script",
    "rows_of_script",
]
