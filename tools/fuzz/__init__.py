"""Test every parser with hostile input: `python -m tools.fuzz PARSER --minutes N --seed S`.

parsers    the table of parsers: their inputs, allowed errors, and invariants of the result
mutation   makes a case from another: bytes, words of the format, repetition
epubs      mutates the documents inside an EPUB
trial      runs one case with limits on time, memory, files and errors
campaign   runs many cases, guided by coverage if atheris is installed (the `fuzz` extra)
"""
