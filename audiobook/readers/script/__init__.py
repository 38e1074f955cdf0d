"""Edited scripts, read back with what a person decided in them.

files        which form a file is in; JSON, with every complaint at its place
damaged      what is left of a script, told from a book
text         the text form: its parts, its head, its cast
lines        its paragraphs and lines
speakers     names, and what stands in front of a line
notes        what the program wrote down beside the lines, and what was changed since
"""

from audiobook.readers.script.files import is_script, keeps_choices, read_script, rows_of_script

__all__ = ["is_script", "keeps_choices", "read_script", "rows_of_script"]
