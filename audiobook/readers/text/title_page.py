"""Finds the title page in the lines before the story, and the facts on it."""

import re
from collections.abc import Sequence

from audiobook.model.book import Facts
from audiobook.readers.headings import is_capitals, mostly_capitalised
from audiobook.readers.text.blocks import Block
from audiobook.readers.text.gutenberg import split_authors, stated_facts
from audiobook.readers.titles import one_line, strip_emphasis_marks

_BY = re.compile(r"(?:written\s+)?by[:\s]+(?P<name>\S.*)", re.IGNORECASE)
_BY_ALONE = re.compile(r"(?:written\s+)?by:?", re.IGNORECASE)
_SMALL_WORDS = re.compile(
    r"(?:a novel|a story|a tale|a romance|in .{1,20} (?:parts|volumes|books)|translated|illustrated|edited|copyright|"
    r"published|london|new york|all rights|first published|printed|author of|with illustrations|\(?\d{4}\)?|©|\(c\)|"
    r"isbn|e-?book|volume|dedicated)\b|or,?$|.*\b(?:first (?:american|english) (?:edition|appearance)|this edition)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?][\"'”’)\]_]*$")
_MOST_WORDS = 30  # in a block of a title page
_MOST_NAME_WORDS = 6


def is_title_block(block: Block) -> bool:
    """Whether the block may be part of a title page: a few short lines that are no sentences of a story."""
    text = block.text
    if len(text.split()) > _MOST_WORDS:
        return False
    if is_capitals(text) or _BY.match(text) or _SMALL_WORDS.match(text):
        return True
    if text[0] in '"“‘«':
        return False
    is_sentence = _SENTENCE.search(text) and not (mostly_capitalised(text) and len(text.split()) <= 8)
    return not is_sentence and all(len(line.text) < 60 for line in block.lines)


def is_by_line(text: str) -> bool:
    """Whether a line names an author, or another who had a hand in the book."""
    return bool(
        _BY.fullmatch(text)
        or _BY_ALONE.fullmatch(text)
        or re.match(r"(?:translated|illustrated|edited) by|©", text, re.IGNORECASE)
    )


def facts_of(blocks: Sequence[Block], fallback: str) -> Facts:
    """Title and authors from the blocks before the story, the title being `fallback` where they name none."""
    stated = stated_facts("\n".join(line.text for block in blocks for line in block.lines))
    if stated:
        return stated
    lines = [one_line(line.text) for block in blocks for line in block.lines]
    author = author_in(lines)
    title = _read_title(lines)
    if title is None:
        return Facts(title=fallback, authors=author)
    return Facts(title=title, authors=author)


def author_in(lines: Sequence[str]) -> tuple[str, ...]:
    """The authors that a line of a title page names after "by", or that stand under a lone "by"."""
    for n, line in enumerate(lines):
        found = _BY.fullmatch(line)
        if found and _is_name(found["name"]):
            return _read_names(found["name"])
        if _BY_ALONE.fullmatch(line) and n + 1 < len(lines) and _is_name(lines[n + 1]):
            return _read_names(lines[n + 1])
    return ()


def _is_name(text: str) -> bool:
    return len(text.split()) <= 2 * _MOST_NAME_WORDS and mostly_capitalised(text)


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(_soften_capitals(name) for name in split_authors(strip_emphasis_marks(text)))


def _read_title(lines: Sequence[str]) -> str | None:
    """The first line, joined with those beneath up to the author where it plainly goes on ("OR", a colon)."""
    for n, line in enumerate(lines):
        if _BY.fullmatch(line) or _BY_ALONE.fullmatch(line):
            return None
        bare = strip_emphasis_marks(line).strip(" *_=~#-")
        if bare and any(map(str.isalpha, bare)) and len(bare.split()) <= 2 * _MOST_NAME_WORDS:
            follows = lines[n + 1 : n + 3]
            if len(follows) == 2 and follows[0].strip(" ,;").casefold() == "or":
                return f"{_soften_capitals(bare)}; or, {_soften_capitals(follows[1])}"
            return _soften_capitals(bare.rstrip(" .,;:") if not bare.endswith("...") else bare)
    return None


def _soften_capitals(text: str) -> str:
    """A title in capitals as people write titles; any other as it is."""
    if not is_capitals(text) or len(text) < 4:
        return text
    small = {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "nor",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    }
    words = text.lower().split()
    return " ".join(
        w if w in small and n and not words[n - 1].endswith(":") else _capitalise(w) for n, w in enumerate(words)
    )


def _capitalise(word: str) -> str:
    if re.fullmatch(r"(?:[a-z]\.)+,?", word) or re.fullmatch(r"[ivxlc]{2,},?", word):
        return word.upper()
    return re.sub(r"^[\"'“‘(]*\w|(?<=-)\w|(?<=^mc)\w|(?<=^o['’])\w", lambda m: m.group().upper(), word)
