"""Markdown's blocks (by markdown-it-py) → paragraphs with offsets, and what is left out.

A quote's last paragraph may go on in lines without the mark. markdown-it takes every line before the next blank one for
such a line, and sees only then that the quote had ended long before: where short quotes follow one another without a
blank line, each costs as much as all that follows. Here it is shown a few lines, and more where the quote fills those.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Sized
from dataclasses import replace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.token import Token

from audiobook.errors import BookError
from audiobook.model.book import Paragraph, ParagraphKind, Run, Skipped
from audiobook.readers.markdown.inline import SYNTAX, Inline, Source, read_inline
from audiobook.readers.markdown.raw_html import is_text, read_raw_html
from audiobook.readers.markdown.tables import read_table
from audiobook.readers.matter import is_ornament
from audiobook.readers.omissions import has_letters, skip_stretch
from audiobook.readers.titles import strip_controls

_FIRST = 8  # lines that are shown at first
_MORE = 16  # times as many each time that they were not enough; quotes in quotes do not multiply that to much
_NAME = "blockquote"
_ENDS = ["paragraph", "reference", "blockquote", "list"]  # what a quote puts an end to, as markdown-it has it


def find_quotes_soon(parser: MarkdownIt) -> None:
    """Have the parser find the same quotes in less time."""
    parser.block.ruler.at(_NAME, _quote, {"alt": _ENDS})


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule as markdown-it's block rules are: whether a quote begins in the line `start`; `silent` only says so."""
    was_tight, before, shown = state.tight, [len(found) for found in _found(state)], _FIRST
    while True:
        limit = min(end, start + shown)
        if not blockquote(state, start, limit, silent):
            return False
        if silent or limit == end or state.line < limit:
            return True
        state.tight, state.line = was_tight, start
        _forget(state, before)
        shown *= _MORE


def _found(state: StateBlock) -> tuple[Sized, Sized, Sized]:
    return state.tokens, state.env.get("references", {}), state.env.get("duplicate_refs", [])


def _forget(state: StateBlock, before: list[int]) -> None:
    """Take back what was found since there was so much of each."""
    tokens, references, duplicates = before
    del state.tokens[tokens:]
    for label in list(state.env.get("references", {}))[references:]:
        del state.env["references"][label]
    del state.env.get("duplicate_refs", [])[duplicates:]


_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:")
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_RULE = re.compile(r"\s*<hr\s*/?>\s*", re.IGNORECASE)
_DRAWN = re.compile(r"([-*_])(?:[ \t]*\1){2,}(?=[ \t]*$)")  # the rule that is the last thing on its line
_LIST_NUMBER = re.compile(r"\d{1,9}[.)]")
_VERSE_LINE = 72  # characters: an indented block of shorter lines is a poem
_DEEPEST = 100  # blocks inside each other, a list and its items being two; the parser calls itself for each


class Piece(NamedTuple):
    """A paragraph, and its level where it is a heading."""

    paragraph: Paragraph
    level: int


class Text(NamedTuple):
    """A Markdown text and where its lines begin. Of blank lines in a row, which say no more than one, the first."""

    whole: str
    lines: list[str]
    starts: list[int]  # and, last, where the text ends

    def stretch(self, between: Sequence[int]) -> tuple[str, int]:
        """The text from one line to another, exclusive, and its offset."""
        first, last = between
        return self.whole[self.starts[first] : self.starts[last] - 1], self.starts[first]


def _text(whole: str, start: int) -> Text:
    lines, starts = [], []
    after_blank = False
    for line in whole[start:].split("\n"):
        blank = not line.strip(" \t")  # a no-break space is a word to Markdown
        if not (blank and after_blank):
            lines.append(line)
            starts.append(start)
        after_blank = blank
        start += len(line) + 1
    return Text(whole, lines, [*starts, start])


def read_blocks(text: str, start: int, skipped: list[Skipped], where: str) -> list[Piece]:
    """The pieces of the Markdown from offset `start` on; text that is not read is added to `skipped`.

    Raises BookError where blocks are nested so deep that the parser would leave out what is inside.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.disable("inline")
    find_quotes_soon(parser)
    source = _text(strip_controls(text), start)
    env: dict[str, dict[str, object]] = {}
    tokens = parser.parse("\n".join(source.lines), env)
    if any(token.level + token.nesting >= _DEEPEST for token in tokens):
        message = f"quotations and lists are nested deeper than {_DEEPEST // 2} levels"
        raise BookError(message, where=where, hint="take some of the > or list marks away")
    _skip_references(env, source, skipped)
    return list(_read_pieces(tokens, source, env.get("references", {}), skipped))


def _skip_references(env: Mapping[str, Any], source: Text, skipped: list[Skipped]) -> None:
    """Skip where links lead to, written as lines of their own."""
    for target in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
        text, at = source.stretch(target["map"])
        skipped.append(skip_stretch(text, at, SYNTAX))


def _read_pieces(
    tokens: Sequence[Token], source: Text, labels: Collection[str], skipped: list[Skipped]
) -> Iterator[Piece]:
    level = 0
    table: list[Token] = []  # the tokens of the table that is being read
    numbers = _ListNumbers(source, {id(item) for item in _years(tokens)})
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "table_open" or table:
            table.append(token)
            if token.type == "table_close":
                yield from _read_table(table, source, labels, skipped)
                table = []
        elif token.type == "list_item_open" and token.info:
            numbers.meet(token, skipped)
        elif token.type == "inline":
            yield from _read_inline(numbers.before(token), level, source, labels, skipped)
        else:
            yield from _read_leaf(token, source, skipped)


def _read_leaf(token: Token, source: Text, skipped: list[Skipped]) -> Iterator[Piece]:
    if token.type == "hr":
        yield Piece(_read_rule(token, source), 0)
    elif token.type == "fence":
        skipped.append(skip_stretch(*source.stretch(token.map or (0, 0)), "code"))
    elif token.type == "code_block":
        yield from _indented(token, source, skipped)
    elif token.type == "html_block":
        inside = _TAGS.sub(" ", token.content).strip()
        is_break = bool(_RULE.fullmatch(token.content) or (inside and is_ornament(inside)))
        if is_break:
            yield Piece(Paragraph(text="", kind="break"), 0)
        text, at = source.stretch(token.map or (0, 0))
        if not is_break and is_text(text) and text.strip() == token.content.strip():
            yield from (Piece(paragraph, 0) for paragraph in read_raw_html(text, at, skipped))
            return
        skipped.append(skip_stretch(text, at, "HTML" if has_letters(inside) and not is_break else SYNTAX))


def _read_table(
    table: Sequence[Token], source: Text, labels: Collection[str], skipped: list[Skipped]
) -> Iterator[Piece]:
    first, end = table[0].map or (0, 0)
    lines = [Source(source.lines[n], source.starts[n]) for n in range(first, end)]
    yield from (Piece(paragraph, 0) for paragraph in read_table(table, lines, labels, skipped))


class _ListNumbers:
    """The numbers of lists, which are not read: a listener hears one thing after the other."""

    def __init__(self, source: Text, years: Collection[int]) -> None:
        self._source = source
        self._years = years  # by identity
        self._ends: dict[int, int] = {}  # line → where the last number found in it ends
        self._waiting = ""  # a number that belongs to the sentence it stands in front of

    def meet(self, item: Token, skipped: list[Skipped]) -> None:
        """Skip the number of an item in its first line, after the numbers of the items around it."""
        line = item.map[0] if item.map else 0
        found = _LIST_NUMBER.search(self._source.lines[line], self._ends.get(line, 0))
        if found is None:
            return
        self._ends[line] = found.end()
        text = self._source.lines[line]
        if id(item) in self._years and has_letters(text, found.end()):
            self._waiting = text[found.start() :]
        else:
            skipped.append(skip_stretch(found.group(), self._source.starts[line] + found.start(), "list number"))

    def before(self, inline: Token) -> Token:
        """The inline token, with the number in front of it that belongs to it."""
        if not self._waiting:
            return inline
        first, end, rest = inline.content.partition("\n")
        whole = self._waiting if self._waiting.rstrip().endswith(first.rstrip()) else first
        self._waiting = ""
        return inline.copy(content=whole + end + rest)


def _years(tokens: Sequence[Token]) -> list[Token]:
    """The only items of lists that begin with a number other than 1: sentences such as "1986. What a year!"."""
    found: list[Token] = []
    open_lists: list[list[Token | None]] = []
    for token, following in zip(tokens, (*tokens[1:], *tokens[-1:]), strict=True):
        if token.type.endswith("_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            tells = following.type == "paragraph_open" and (following.map or [])[:1] == (token.map or [])[:1]
            open_lists[-1].append(token if tells else None)
        elif token.type.endswith("_list_close"):
            item, *more = open_lists.pop()
            if item is not None and not more and item.info not in {"", "0", "1"}:
                found.append(item)
    return found


def _read_inline(
    token: Token, level: int, source: Text, labels: Collection[str], skipped: list[Skipped]
) -> Iterator[Piece]:
    if _NOTE.match(token.content):
        skipped.append(skip_stretch(*source.stretch(token.map or (0, 0)), "footnote"))
        return
    lines = _source_lines(token, source)
    inline = read_inline(lines, labels)
    skipped += inline.skipped
    if not inline.text:
        if level:  # an empty heading: a lone "#" between paragraphs
            yield Piece(Paragraph(text="", kind="break"), 0)
        return
    kind: ParagraphKind = "heading" if level else "break" if is_ornament(inline.text) else "prose"
    yield Piece(_make_paragraph(inline, kind, _find_span(lines)), level)


def _find_span(lines: Sequence[Source]) -> tuple[int, int]:
    return lines[0].start, lines[-1].start + len(lines[-1].text)


def _make_paragraph(inline: Inline, kind: ParagraphKind, span: tuple[int, int]) -> Paragraph:
    """A paragraph; one whose lines mostly end on purpose is verse, any other has its lines joined."""
    text = inline.text
    if kind == "prose" and inline.hard_breaks and inline.hard_breaks >= text.count(" ") / 12:
        kind = "verse"
    if kind != "verse":
        text = text.replace("\n", " ")
    return Paragraph(text=text, kind=kind, runs=inline.runs, emphasis=inline.emphasis, span=span)


def _source_lines(token: Token, source: Text) -> list[Source]:
    """The lines of an inline token where they stand, found inside their source lines."""
    first, end = token.map or (0, 0)
    contents = token.content.split("\n")
    while first + 1 < end and contents[0].strip() not in source.lines[first]:
        first += 1  # the parser takes lines of nothing but no-break spaces off a paragraph's beginning
    found = []
    for n, content in enumerate(contents):
        bare = content.lstrip()
        line = source.lines[first + n] if first + n < len(source.lines) else ""
        at = line.rfind(bare.rstrip())  # what a list or a heading begins with stands before it
        found.append(Source(bare, source.starts[min(first + n, len(source.starts) - 1)] + max(at, 0)))
    return found


def _read_rule(token: Token, source: Text) -> Paragraph:
    line = token.map[0] if token.map else 0
    drawn = _DRAWN.search(source.lines[line])  # at its end: a quote's mark or a list's number may stand before it
    text, at = (drawn.group(), drawn.start()) if drawn else (source.lines[line], 0)
    return Paragraph(text=text, kind="break", runs=(Run(text=0, source=source.starts[line] + at, length=len(text)),))


def _indented(token: Token, source: Text, skipped: list[Skipped]) -> Iterator[Piece]:
    """An indented block: Markdown's code, but in a book a poem or a paragraph typed with its indent."""
    lines = _source_lines(token, source)
    lines = [line for line in lines if line.text.strip()]
    inline = read_inline(lines, ())
    is_verse = len(lines) > 1 and max(len(line.text) for line in lines) <= _VERSE_LINE
    if is_verse:
        ended = [Source(line.text.rstrip() + "  ", line.start) for line in lines[:-1]]
        inline = read_inline([*ended, lines[-1]], ())
    skipped += inline.skipped
    if inline.text:  # not only a picture
        yield Piece(
            _make_paragraph(replace(inline, hard_breaks=0), "verse" if is_verse else "prose", _find_span(lines)), 0
        )
