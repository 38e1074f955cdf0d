"""Make paragraphs of a part of the source that the reader left out, so that it can be read after all."""

import re
from collections.abc import Iterator, Sequence

from audiobook.model.book import Paragraph, ParagraphKind, Run, Skipped, letters_of
from audiobook.readers.omissions import Source
from audiobook.readers.titles import strip_controls

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LONGEST_VERSE_LINE = 60  # characters; shorter lines are those of a list or of verse, and stay apart


def read_left_out(part: Skipped, skipped: Sequence[Skipped], source: Source) -> tuple[Paragraph, ...]:
    """The paragraphs of a left-out part. What is skipped within it, such as page numbers, stays so."""
    inner = [other for other in skipped if other is not part and part.start <= other.start and other.end <= part.end]
    inner.sort(key=lambda other: (other.start, -other.end))
    return tuple(_split(part.start, part.end, inner, source))


def _split(start: int, end: int, inner: Sequence[Skipped], source: Source) -> Iterator[Paragraph]:
    at = start
    for blank in (*_BLANK_LINE.finditer(source.text, start, end), None):
        stop = end if blank is None else blank.start()
        paragraph = _read(at, stop, inner, source)
        if paragraph is not None:
            yield paragraph
        at = end if blank is None else blank.end()


def _read(start: int, end: int, inner: Sequence[Skipped], source: Source) -> Paragraph | None:
    lines = [line.strip() for line in source.text[start:end].strip().split("\n")]
    keep = len(lines) > 1 and max(map(len, lines)) <= _LONGEST_VERSE_LINE
    builder = _Builder(source.text, keep_lines=keep)
    at = start
    for part in inner:
        if part.end <= at or part.start >= end:
            continue
        builder.add(at, max(at, part.start))
        builder.put(part.instead)
        at = max(at, part.end)
    builder.add(at, end)
    return builder.paragraph(start, end)


class _Builder:
    """Collects the text of one paragraph, with the place of every line."""

    def __init__(self, text: str, *, keep_lines: bool) -> None:
        self._text = text
        self._glue = "\n" if keep_lines else " "
        self._pieces: list[str] = []
        self._length = 0
        self._runs: list[Run] = []
        self._span: tuple[int, int] | None = None

    def add(self, start: int, end: int) -> None:
        """Add a stretch of the source, its lines without the white space around them."""
        at = start
        for n, line in enumerate(self._text[start:end].split("\n")):
            words = line.strip()
            if n and self._pieces and self._pieces[-1] != self._glue:
                self.put(self._glue)
            if words:
                place = at + line.index(words)
                if line[0].isspace() and self._pieces and self._pieces[-1] not in (" ", "\n"):
                    self.put(" ")
                self._runs.append(Run(text=self._length, source=place, length=len(words)))
                self.put(strip_controls(words))
                self._span = (self._span[0] if self._span else place, place + len(words))
                if line[-1].isspace():
                    self.put(" ")
            at += len(line) + 1

    def put(self, text: str) -> None:
        """Add a text that has no place of its own."""
        if text:
            self._pieces.append(text)
            self._length += len(text)

    def paragraph(self, start: int, end: int) -> Paragraph | None:
        """The paragraph; None where no letters are left."""
        text = "".join(self._pieces)
        if not letters_of(text):
            return None
        kind: ParagraphKind = "verse" if "\n" in text.strip() else "prose"
        first, last = self._span or (start, end)
        return Paragraph(text=text.rstrip(), kind=kind, runs=tuple(self._runs), span=(first, last))
