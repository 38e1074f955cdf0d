"""`BOOK.chapters.txt`: a person renames, joins, splits, skips and keeps chapters, and every command obeys.

entries      one line of the file as a value; reading and writing of the file
units        the chapters and the left-out parts of a book in one row, and which entry belongs to which
edits        the book as the file has it
writing      the text of a new file
left_out     paragraphs made of a part that the reader left out
"""

from audiobook.readers.chapter_list.edits import apply_entries
from audiobook.readers.chapter_list.entries import ChapterEntry, chapter_file, is_chapter_list, read_entries
from audiobook.readers.chapter_list.writing import write_entries

__all__ = ["ChapterEntry", "apply_entries", "chapter_file", "is_chapter_list", "read_entries", "write_entries"]
