"""Read the footnotes of a Markdown text as values, so that they can be read on request."""

import re
from collections.abc import Iterator, Sequence

from audiobook.model.book import Note, Paragraph, Run, Skipped

_MARK = re.compile(r"\[\^([^\]\n]{1,100})\]")
_BODY = re.compile(r"\s*\[\^?([^\]\n]{1,100})\]:\s*(?=\S)")


def read_notes(text: str, skipped: Sequence[Skipped]) -> Iterator[Note]:
    """The footnotes among the skipped parts of a text, each with the place of its first reference."""
    references: dict[str, int] = {}
    for part in skipped:
        mark = _MARK.fullmatch(text, part.start, part.end) if part.reason == "note reference" else None
        if mark:
            references.setdefault(mark[1], part.start)
    for part in skipped:
        body = _BODY.match(text, part.start, part.end) if part.reason == "footnote" else None
        if body:
            paragraph = _join_lines(text, body.end(), part.end)
            yield Note(mark=body[1], paragraphs=(paragraph,), reference=references.get(body[1]))


def _join_lines(text: str, start: int, end: int) -> Paragraph:
    """The lines of a stretch as one paragraph, each with its place."""
    pieces: list[str] = []
    runs: list[Run] = []
    at, length = start, 0
    for line in text[start:end].split("\n"):
        words = line.strip()
        if words:
            length += bool(pieces)
            runs.append(Run(text=length, source=at + line.index(words), length=len(words)))
            pieces.append(words)
            length += len(words)
        at += len(line) + 1
    return Paragraph(text=" ".join(pieces), kind="note", runs=tuple(runs))
