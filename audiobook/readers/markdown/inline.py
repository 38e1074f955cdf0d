"""The text of a Markdown paragraph without its marks; each stretch of it has its place in the source.

A scanner of CommonMark's inline rules that keeps offsets, which no parser of ours does: escapes, entities, code spans,
links, images, HTML tags, and emphasis by delimiter runs. Linear in the paragraph's length.
"""

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from audiobook.model.book import Run, Skipped
from audiobook.readers.markdown.emphasis import Node, find_emphasis, flanking
from audiobook.readers.omissions import has_letters, skip_stretch

_PLAIN = re.compile(r"[^\\`*_~^\[\]!<&\n]+")
_RAISED = re.compile(r"~(?P<low>\d{1,4})~|\^(?P<high>[+-]?\d{1,4})\^")
_HIGH = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_TASK = re.compile(r"\[[ xX]\](?=\s)")  # the box of a task, at the beginning of a paragraph
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--(?:[^<]|<(?!!--)){0,5000}?-->|<[?!][^<>]{0,2000}>")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w.-]{1,100})>")
_TARGET = re.compile(
    r"\(\s*(?:<[^<>\n]{0,2000}>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s*\)"
)
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LONGEST_LABEL = 200
SYNTAX = "markup"  # why what tells of links and looks is not read


class Source(NamedTuple):
    """A line of a paragraph, and its place in the source."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Inline:
    """A paragraph's words; lines ended on purpose are parted by newlines."""

    text: str
    runs: tuple[Run, ...]
    emphasis: tuple[tuple[int, int], ...]
    hard_breaks: int
    skipped: tuple[Skipped, ...]  # of the source: where links lead, note references, what is spelled otherwise


def read_inline(lines: Sequence[Source], labels: Collection[str]) -> Inline:
    """The words of a paragraph. `labels` are the link references the document defines, as the parser keys them.

    A line ended by two spaces, a backslash or <br> ends in the text too; other lines are joined by a space.
    """
    scanner = _Scanner(lines, labels)
    scanner.scan()
    return replace(_join(scanner.nodes, scanner.hard_breaks), skipped=tuple(scanner.skipped))


class _Scanner:
    """Gathers nodes over the lines of one paragraph."""

    def __init__(self, lines: Sequence[Source], labels: Collection[str]) -> None:
        clean = [
            (line.text.rstrip().removesuffix("\\") if n + 1 < len(lines) else line.text.rstrip())
            for n, line in enumerate(lines)
        ]
        self._hard = [line.text.endswith(("  ", "\\")) for line in lines[:-1]]
        self._text = "\n".join(clean)
        self._offsets = list(accumulate((len(text) + 1 for text in clean), initial=0))
        self._lines = lines
        self._labels = labels
        self._line = 0
        self._brackets: list[tuple[int, int]] = []  # (node, place after the bracket) of what may begin a link
        self._ticks = _find_tick_runs(self._text)
        self.nodes: list[Node] = []
        self.hard_breaks = 0
        self.skipped: list[Skipped] = []

    def scan(self) -> None:
        """Gather the nodes of the whole paragraph."""
        task = _TASK.match(self._text)
        at = self._skip(0, task.end(), SYNTAX) if task else 0
        while at < len(self._text):
            found = _PLAIN.match(self._text, at)
            if found:
                self._put(found.group(), at)
                at = found.end()
            else:
                at = self._special(at)

    def _special(self, at: int) -> int:
        """Read from a character that may be a mark. Return the place after it."""
        readers = {
            "\n": self._line_end,
            "\\": self._escape,
            "`": self._code,
            "[": self._open_bracket,
            "!": self._open_bracket,
            "]": self._close_bracket,
            "<": self._html,
            "&": self._html,
        }
        return readers.get(self._text[at], self._delimiter)(at)

    def _put(self, text: str, at: int) -> None:
        self.nodes.append(Node(text, self._source(at)))

    def _source(self, at: int) -> int:
        line = bisect_right(self._offsets, at) - 1
        return self._lines[line].start + at - self._offsets[line]

    def _skip(self, start: int, end: int, reason: str, instead: str = "") -> int:
        """Note that a stretch is not read, or is spelled otherwise; returns its end."""
        if has_letters(self._text, start, end):
            at = self._source(start)
            told = skip_stretch(self._text[start:end], at, reason, title=reason)  # there may be millions
            self.skipped.append(replace(told, end=self._source(end - 1) + 1, instead=instead))
        return end

    def _line_end(self, at: int) -> int:
        hard = self._hard[self._line]
        self._line += 1
        self._break(hard=hard)
        return at + 1

    def _break(self, *, hard: bool) -> None:
        self.hard_breaks += hard
        self.nodes.append(Node("\n" if hard else " ", None))

    def _escape(self, at: int) -> int:
        if self._text[at + 1 : at + 2] in _PUNCTUATION:
            self._put(self._text[at + 1], at + 1)
            return at + 2
        self._put("\\", at)
        return at + 1

    def _code(self, at: int) -> int:
        end = at
        while self._text[end : end + 1] == "`":
            end += 1
        places = self._ticks[end - at]
        following = bisect_right(places, at)
        if following == len(places):
            self._put(self._text[at:end], at)
            return end
        closing = places[following]
        for n, piece in enumerate(self._text[end:closing].split("\n")):
            if n:
                self._line += 1
                self._break(hard=False)
            self._put(piece, end)
            end += len(piece) + 1
        return closing + (self._ticks_at(closing))

    def _ticks_at(self, at: int) -> int:
        end = at
        while self._text[end : end + 1] == "`":
            end += 1
        return end - at

    def _open_bracket(self, at: int) -> int:
        note = _NOTE.match(self._text, at)
        if note:
            return self._skip(at, note.end(), "note reference")
        is_image = self._text.startswith("![", at)
        if self._text[at] == "!" and not is_image:
            self._put("!", at)
            return at + 1
        end = at + (2 if is_image else 1)
        self._brackets.append((len(self.nodes), end))
        self._put(self._text[at:end], at)
        return end

    def _close_bracket(self, at: int) -> int:
        if self._brackets:
            node, inside = self._brackets.pop()
            end = self._link_end(inside, at)
            if end:
                if self.nodes[node].text == "![":
                    del self.nodes[node:]
                    self._skip(inside, end, "illustration")
                else:
                    self.nodes[node].text = ""
                    self._skip(at, end, SYNTAX)
                self._line += self._text.count("\n", at, end)
                return end
        self._put("]", at)
        return at + 1

    def _link_end(self, inside: int, at: int) -> int:
        """The end of a link with the text from `inside` to the bracket at `at`; 0 where it is not a link."""
        target = _TARGET.match(self._text, at + 1)
        if target:
            return target.end()
        label = _LABEL.match(self._text, at + 1)
        if label and label[1] and _fold(label[1]) in self._labels:
            return label.end()
        own = self._text[inside:at] if at - inside <= _LONGEST_LABEL else ""
        if own and _fold(own) in self._labels:
            return label.end() if label and not label[1] else at + 1
        return 0

    def _html(self, at: int) -> int:
        if self._text[at] == "&":
            entity = _ENTITY.match(self._text, at)
            spelled = html.unescape(entity.group()) if entity else ""
            if not entity or spelled == entity.group():
                self._put("&", at)
                return at + 1
            self.nodes.append(Node(spelled, None))
            return self._skip(at, entity.end(), SYNTAX, spelled)
        link = _AUTOLINK.match(self._text, at)
        if link:
            self._put(link[1], at + 1)
            return link.end()
        tag = _TAG.match(self._text, at)
        if not tag:
            self._put("<", at)
            return at + 1
        self._line += tag.group().count("\n")
        if _BREAK_TAG.fullmatch(tag.group()):
            self._break(hard=True)
        return self._skip(at, tag.end(), "hidden text" if tag.group().startswith("<!--") else SYNTAX)

    def _delimiter(self, at: int) -> int:
        mark = self._text[at]
        raised = _RAISED.match(self._text, at) if at and self._text[at - 1].isalnum() else None
        if raised:
            spelled = raised["high"].translate(_HIGH) if raised["high"] else raised["low"].translate(_LOW)
            self.nodes.append(Node(spelled, None))
            return self._skip(at, raised.end(), SYNTAX, spelled)
        end = at
        while self._text[end : end + 1] == mark:
            end += 1
        self._put(self._text[at:end], at)
        if mark in "*_" or (mark == "~" and end - at == 2):
            node = self.nodes[-1]
            node.mark = mark
            node.opens, node.closes = flanking(mark, self._text[at - 1 : at], self._text[end : end + 1])
        return end


def _find_tick_runs(text: str) -> dict[int, list[int]]:
    """Where runs of backticks begin, by their length."""
    runs: dict[int, list[int]] = defaultdict(list)
    for found in re.finditer("`+", text):
        runs[len(found.group())].append(found.start())
    return runs


def _fold(label: str) -> str:
    """A link label as markdown-it keys it."""
    return " ".join(label.split()).lower().upper()


def _join(nodes: Sequence[Node], hard_breaks: int) -> Inline:
    pairs = find_emphasis(nodes)
    starts = list(accumulate((len(node.text) for node in nodes), initial=0))
    text = "".join(node.text for node in nodes)
    runs: list[Run] = []
    for node, start in zip(nodes, starts, strict=False):
        if node.source is None or not node.text:
            continue
        last = runs[-1] if runs else None
        if last and last.text + last.length == start and last.source + last.length == node.source:
            runs[-1] = Run(text=last.text, source=last.source, length=last.length + len(node.text))
        else:
            runs.append(Run(text=start, source=node.source, length=len(node.text)))
    emphasis = sorted({(starts[a + 1], starts[b]) for a, b in pairs if starts[a + 1] < starts[b]})
    return _trim(text, runs, emphasis, hard_breaks)


def _trim(text: str, runs: Sequence[Run], emphasis: Sequence[tuple[int, int]], hard_breaks: int) -> Inline:
    """Without the white space that dropped marks left at either end."""
    lead = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    kept = []
    for run in runs:
        first, last = max(run.text, lead), min(run.text + run.length, end)
        if first < last:
            kept.append(Run(text=first - lead, source=run.source + first - run.text, length=last - first))
    spans = tuple((max(a, lead) - lead, min(b, end) - lead) for a, b in emphasis if max(a, lead) < min(b, end))
    return Inline(text[lead:end], tuple(kept), spans, hard_breaks, ())
