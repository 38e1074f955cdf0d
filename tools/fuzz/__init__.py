"""Hostile input for every parser: `python -m tools.fuzz PARSER --minutes N --seed S`.

parsers    the table: what each parser is given, which errors it may raise, what must hold where it raises none
mutation   one case out of another: bytes, words of the format, repetition
epubs      likewise for EPUBs, inside the zip
trial      one case under guard: time, memory, files, errors
campaign   many cases, led by coverage where atheris is installed (the `fuzz` extra)
"""
