"""Divides a marked-up document without headings by the reader of plain text, and keeps its places and emphasis.

Its paragraphs become paragraphs of a plain text. Where each line of a text that was wrapped by hand is a paragraph of
its own, as after pasting such a text into a word processor, the lines are joined again.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from audiobook.model.book import Facts, Paragraph, Run, Skipped, count_words
from audiobook.readers.assembling import Draft
from audiobook.readers.html.markup import Element, name_of
from audiobook.readers.html.text import DocumentText, extract_text
from audiobook.readers.text import divide_source

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]_*]*$|[\"”»]$|[—–-]$")
_LEAST_LINES = 40  # from which a text may be told to be wrapped by hand
_FULL_LINE = 45  # characters: shorter lines are headings, verse and the ends of paragraphs
_LONGEST_LINE = 100  # characters of nearly all lines of such a text
_MOST_BESIDE = 0.2  # share of the lines that another line follows at once
_MOST_ENDS = 0.5  # share of its full lines that end a sentence
_NEAR = 8  # elements above an element among which a <pre> is looked for
_BLANK_LINE = re.compile("\n *\n")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDivision:
    """A document divided as plain text. Places are those of the document."""

    facts: Facts
    drafts: list[Draft] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def unwrap_source(root: Element, document: DocumentText) -> DocumentText:
    """The document with spaces for the line ends of its markup, which end no lines for a reader."""
    flat = deepcopy(root)
    for element in flat.iter():
        if name_of(element) == "pre" or any(name_of(e) == "pre" for e in islice(element.iterancestors(), _NEAR)):
            continue
        if element.text and "\n" in element.text and isinstance(element.tag, str):
            element.text = element.text.replace("\n", " ")
        if element.tail and "\n" in element.tail:
            element.tail = element.tail.replace("\n", " ")
    text = extract_text(flat).text
    return document._replace(text=text) if len(text) == len(document.text) else document


def divide_as_text(
    root: Element,
    document: DocumentText,
    skipped: Sequence[Skipped],
    is_emphasis: Callable[[Element, str], bool],
    fallback_title: str,
) -> TextDivision:
    """The document divided as plain text, without what is skipped in it already."""
    mapped = _MappedText(document.text, skipped)
    divided = divide_source(mapped.text, fallback_title)
    emphasis = list(_find_emphasis(root, document, is_emphasis))
    drafts = [
        replace(draft, paragraphs=tuple(mapped.place(paragraph, emphasis) for paragraph in draft.paragraphs))
        for draft in divided.drafts
    ]
    return TextDivision(
        facts=divided.facts,
        drafts=drafts,
        skipped=[mapped.place_cut(cut.start, cut.end, cut.title, cut.reason) for cut in divided.cuts],
    )


class _MappedText:
    """A plain text made of stretches of a document, each of which knows its place there."""

    def __init__(self, source: str, skipped: Sequence[Skipped]) -> None:
        spans = list(_find_kept(len(source), skipped))
        if _is_wrapped("".join(source[a:b] for a, b in spans)):
            spans = [piece for span in spans for piece in _join_lines(source, span)]
        self.text = "".join(source[a:b] for a, b in spans)
        self._sources = [a for a, _ in spans]
        self._starts: list[int] = []
        at = 0
        for a, b in spans:
            self._starts.append(at)
            at += b - a

    def place(self, paragraph: Paragraph, emphasis: Sequence[Span]) -> Paragraph:
        """The paragraph with its places in the document, and with the emphasis there."""
        runs = tuple(piece for run in paragraph.runs for piece in self._split(run))
        span = paragraph.span and (self._find(paragraph.span[0]), self._find(paragraph.span[1] - 1) + 1)
        found = tuple(_select_emphasis(runs, emphasis))
        return replace(paragraph, runs=runs, span=span, emphasis=found or paragraph.emphasis)

    def place_cut(self, start: int, end: int, title: str, reason: str) -> Skipped:
        """A stretch of the plain text that is not read, at its place in the document."""
        words = count_words(self.text[start:end])
        first = self._find(start)
        last = self._find(end - 1) + 1 if end > start else first
        return Skipped(title=title, words=words, reason=reason, start=first, end=last)

    def _find(self, offset: int) -> int:
        n = max(0, bisect_right(self._starts, offset) - 1)
        return self._sources[n] + offset - self._starts[n] if self._starts else offset

    def _split(self, run: Run) -> Iterator[Run]:
        """The run, parted where the document has something between its characters."""
        done = 0
        while done < run.length:
            at = run.source + done
            n = bisect_right(self._starts, at)
            end = self._starts[n] if n < len(self._starts) else len(self.text)
            length = min(run.length - done, end - at)
            yield Run(text=run.text + done, source=self._find(at), length=length)
            done += length


def _find_kept(length: int, skipped: Sequence[Skipped]) -> Iterator[Span]:
    at = 0
    for part in sorted(skipped, key=lambda part: part.start):
        if part.start > at:
            yield at, part.start
        at = max(at, part.end)
    if at < length:
        yield at, length


def _is_wrapped(text: str) -> bool:
    """Whether the paragraphs are lines of a text that was wrapped by hand."""
    lengths = sorted(len(line.strip()) for line in text.split("\n") if line.strip())
    if len(lengths) < _LEAST_LINES or lengths[len(lengths) * 19 // 20] > _LONGEST_LINE:
        return False
    lines = text.split("\n")
    beside = sum(1 for line, after in pairwise(lines) if line.strip() and after.strip())
    if beside > _MOST_BESIDE * len(lengths):  # the lines are lines already
        return False
    full = [line for line in lines if len(line.strip()) >= _FULL_LINE]
    ends = sum(1 for line in full if _SENTENCE_END.search(line.rstrip()))
    return bool(full) and ends < _MOST_ENDS * len(full)


def _join_lines(source: str, span: Span) -> Iterator[Span]:
    """The stretch without the blank line that follows each paragraph; an empty paragraph leaves one."""
    at = span[0]
    for found in _BLANK_LINE.finditer(source, *span):
        yield at, found.start() + 1
        at = found.end()
    if at < span[1]:
        yield at, span[1]


def _find_emphasis(
    root: Element, document: DocumentText, is_emphasis: Callable[[Element, str], bool]
) -> Iterator[Span]:
    """Where the document has emphasis, in order and without overlaps."""
    end = 0
    for element in root.iter():
        place = document.places.get(element)
        if place and place.start >= end and is_emphasis(element, name_of(element)):
            yield place.start, place.end
            end = place.end


def _select_emphasis(runs: Sequence[Run], emphasis: Sequence[Span]) -> Iterator[Span]:
    """The emphasis inside runs, as offsets in their paragraph's text; what follows at once is joined."""
    start = end = -1
    for run in runs:
        first = max(0, bisect_right(emphasis, run.source, key=lambda span: span[1]))
        for n in range(first, len(emphasis)):
            a, b = (max(emphasis[n][0], run.source), min(emphasis[n][1], run.source + run.length))
            if emphasis[n][0] >= run.source + run.length:
                break
            if a >= b:
                continue
            a, b = a - run.source + run.text, b - run.source + run.text
            if start >= 0 and a - end <= 1:
                end = b
            else:
                if start >= 0:
                    yield start, end
                start, end = a, b
    if start >= 0:
        yield start, end
