"""The text of lines of Fountain without the marks of emphasis, with the place of every character."""

import re
from collections.abc import Iterable, Sequence

from audiobook.model.book import Paragraph, ParagraphKind, Run

_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(\*\*\*)(?=\S)([^*\n]{1,1000})(?<=\S)\*\*\*",
        r"(\*\*)(?=\S)([^*\n]{1,1000})(?<=\S)\*\*",
        r"(\*)(?=\S)([^*\n]{1,1000})(?<=\S)\*",
        r"(?<!\w)(_)(?=\S)([^_\n]{1,1000})(?<=\S)_(?!\w)",
    )
)
_ESCAPE = re.compile(r"\\(?=[*_\[\]\\@!.>#~=])")
_MAY_BE_MARKED = re.compile(r"[*_\\]")
_USED = "\0"  # stands for a mark that was found, so that it is found once

Piece = tuple[str, int]  # a part of a line, and its offset in the source


def join_pieces(
    pieces: Iterable[Piece],
    *,
    kind: ParagraphKind = "prose",
    glue: str = " ",
    speaker: str = "",
    asides: Sequence[int] = (),
) -> Paragraph:
    """One paragraph of pieces of lines. `asides` are the numbers of the pieces that are stage directions."""
    texts: list[str] = []
    runs: list[Run] = []
    emphasis: list[tuple[int, int]] = []
    directions: list[tuple[int, int]] = []
    at = 0
    for n, (line, start) in enumerate(pieces):
        if n:
            texts.append(glue)
            at += len(glue)
        begun = at
        for text, offset, is_emphasised in _split_marks(line):
            runs.append(Run(text=at, source=start + offset, length=len(text)))
            if is_emphasised:
                emphasis.append((at, at + len(text)))
            texts.append(text)
            at += len(text)
        if n in asides:
            directions.append((begun, at))
    text = "".join(texts)
    if kind == "prose" and not speaker and text:  # action: nobody speaks it
        directions = [(0, len(text))]
    return Paragraph(
        text=text,
        kind=kind,
        runs=tuple(runs),
        emphasis=tuple(emphasis),
        speaker=speaker,
        directions=tuple(directions) if kind != "heading" else (),
    )


def _split_marks(line: str) -> Iterable[tuple[str, int, bool]]:
    """The stretches of a line between marks: (text, offset, whether it is emphasised)."""
    if not _MAY_BE_MARKED.search(line):
        return [(line, 0, False)]
    masked = _ESCAPE.sub(_USED, line)
    masked = re.sub(rf"(?<={_USED}).", " ", masked)  # an escaped mark is text
    hidden = {found.start() for found in _ESCAPE.finditer(line)}
    inside = bytearray(len(line))
    for pattern in _EMPHASIS:
        for found in pattern.finditer(masked):
            length = len(found[1])
            hidden.update(range(found.start(), found.start() + length), range(found.end() - length, found.end()))
            inside[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        masked = "".join(_USED if n in hidden else sign for n, sign in enumerate(masked))
    return list(_group(line, hidden, inside))


def _group(line: str, hidden: set[int], inside: bytearray) -> Iterable[tuple[str, int, bool]]:
    start = 0
    for n in range(len(line) + 1):
        is_end = n == len(line) or n in hidden or (n > start and inside[n] != inside[start])
        if is_end and n > start:
            yield line[start:n], start, bool(inside[start])
            start = n
        if n in hidden:
            start = n + 1


def plain(line: str) -> str:
    """The text of a line without marks."""
    return "".join(text for text, _, _ in _split_marks(line))
