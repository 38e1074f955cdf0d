"""Markdown's blocks (by markdown-it-py) → paragraphs with offsets, and what is left out."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from audiobook.book import Paragraph, ParagraphKind, Run, Skipped
from audiobook.reading.markdown.inline import Inline, Source, read_inline
from audiobook.reading.ornaments import is_ornament
from audiobook.reading.wording import one_line, word_count

_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:")
_TAGS = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_RULE = re.compile(r"\s*<hr\s*/?>\s*", re.IGNORECASE)
_VERSE_LINE = 72  # characters: an indented block of shorter lines is a poem


class Piece(NamedTuple):
    """A paragraph, and its level where it is a heading."""

    paragraph: Paragraph
    level: int


class Text(NamedTuple):
    """A whole Markdown text and where its lines begin."""

    lines: list[str]
    starts: list[int]


def read_blocks(text: str, start: int, skipped: list[Skipped]) -> list[Piece]:
    """The pieces of the Markdown from offset `start` on; what is not read is added to `skipped`."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable("inline")
    lines = text[start:].split("\n")
    source = Text(lines, [start + at for at in accumulate((len(line) + 1 for line in lines), initial=0)])
    env: dict[str, dict[str, object]] = {}
    tokens = parser.parse(text[start:], env)
    return list(_pieces(tokens, source, env.get("references", {}), skipped))


def _pieces(tokens: Sequence[Token], source: Text, labels: Collection[str], skipped: list[Skipped]) -> Iterator[Piece]:
    level = 0
    table: list[str] | None = None
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "table_open":
            table = []
        elif token.type == "table_close":
            _skip(" ".join(table or ()), "table", skipped)
            table = None
        elif table is not None:
            table.append(token.content)
        elif token.type == "inline":
            yield from _inline(token, level, source, labels, skipped)
        else:
            yield from _leaf(token, source, skipped)


def _leaf(token: Token, source: Text, skipped: list[Skipped]) -> Iterator[Piece]:
    if token.type == "hr":
        yield Piece(_rule(token, source), 0)
    elif token.type == "fence":
        _skip(token.content, "code", skipped)
    elif token.type == "code_block":
        yield Piece(_indented(token, source), 0)
    elif token.type == "html_block":
        inside = _TAGS.sub(" ", token.content)
        if _RULE.fullmatch(token.content) or (inside.strip() and is_ornament(inside.strip())):
            yield Piece(Paragraph(text="", kind="break"), 0)
        else:
            _skip(inside, "HTML", skipped)


def _skip(text: str, reason: str, skipped: list[Skipped]) -> None:
    if text.strip():
        skipped.append(Skipped(title=one_line(text)[:60], words=word_count(text), reason=reason))


def _inline(token: Token, level: int, source: Text, labels: Collection[str], skipped: list[Skipped]) -> Iterator[Piece]:
    if _NOTE.match(token.content):
        _skip(token.content, "footnote", skipped)
        return
    inline = read_inline(_source_lines(token, source), labels)
    if not inline.text:
        if level:  # an empty heading: a lone "#" between paragraphs
            yield Piece(Paragraph(text="", kind="break"), 0)
        return
    kind: ParagraphKind = "heading" if level else "break" if is_ornament(inline.text) else "prose"
    yield Piece(_paragraph(inline, kind), level)


def _paragraph(inline: Inline, kind: ParagraphKind) -> Paragraph:
    """A paragraph; one whose lines mostly end on purpose is verse, any other has its lines joined."""
    text = inline.text
    if kind == "prose" and inline.hard_breaks and inline.hard_breaks >= text.count(" ") / 12:
        kind = "verse"
    if kind != "verse":
        text = text.replace("\n", " ")
    return Paragraph(text=text, kind=kind, runs=inline.runs, emphasis=inline.emphasis)


def _source_lines(token: Token, source: Text) -> list[Source]:
    """The lines of an inline token where they stand, found inside their source lines."""
    first = token.map[0] if token.map else 0
    found = []
    for n, content in enumerate(token.content.split("\n")):
        bare = content.lstrip()
        line = source.lines[first + n] if first + n < len(source.lines) else ""
        at = line.rfind(bare.rstrip()) if n else line.find(bare.rstrip())
        found.append(Source(bare, source.starts[min(first + n, len(source.starts) - 1)] + max(at, 0)))
    return found


def _rule(token: Token, source: Text) -> Paragraph:
    line = token.map[0] if token.map else 0
    text = source.lines[line].strip(" \t>")
    at = source.starts[line] + source.lines[line].find(text)
    return Paragraph(text=text, kind="break", runs=(Run(text=0, source=at, length=len(text)),))


def _indented(token: Token, source: Text) -> Paragraph:
    """An indented block: Markdown's code, but in a book a poem or a paragraph typed with its indent."""
    lines = _source_lines(token, source)
    lines = [line for line in lines if line.text.strip()]
    inline = read_inline(lines, ())
    if len(lines) < 2 or max(len(line.text) for line in lines) > _VERSE_LINE:
        return Paragraph(text=inline.text.replace("\n", " "), runs=inline.runs, emphasis=inline.emphasis)
    ended = [Source(line.text.rstrip() + "  ", line.start) for line in lines[:-1]]
    inline = read_inline([*ended, lines[-1]], ())
    return Paragraph(text=inline.text, kind="verse", runs=inline.runs, emphasis=inline.emphasis)
