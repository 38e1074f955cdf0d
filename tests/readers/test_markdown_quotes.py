"""Quotes in Markdown: the same as markdown-it finds, sooner."""

import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from audiobook.readers.markdown import blocks
from audiobook.readers.markdown.blocks import read_blocks

BEGINNINGS = st.sampled_from(["> ", ">", "- ", "1. ", "2) ", "# ", "    ", "  ", "\t", "* ", ">> "])
REST = st.sampled_from(
    [
        "word",
        "",
        "-",
        "---",
        "```",
        "~~~",
        "===",
        "[a]: /x",
        "[b]: /y 't'",
        "<div>",
        "</div>",
        "<!--",
        "| a | b |",
        "|-|-|",
    ]
)
LINES = st.builds(lambda begun, rest: "".join(begun) + rest, st.lists(BEGINNINGS, max_size=4), REST)


def parsed(text: str, *, soon: bool) -> tuple[list[Mapping[str, Any]], dict[str, Any]]:
    """What the parser makes of a text: its tokens, and where links lead to."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable("inline")
    if soon:
        blocks.find_quotes_soon(parser)
    env: dict[str, Any] = {}
    return [token.as_dict() for token in parser.parse(text, env)], env


@given(st.lists(LINES, max_size=40), st.integers(1, 3))
def test_the_same_is_found_however_few_lines_are_shown(lines: list[str], first: int) -> None:
    text = "\n".join(lines)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "_FIRST", first)
        patched.setattr(blocks, "_MORE", 2)
        assert parsed(text, soon=True) == parsed(text, soon=False)


@pytest.mark.parametrize(
    "text",
    ["> one\n" * 200, "> one\n" + "two\n" * 200, "> ```\n" + "> code\n" * 200 + "word", ">" * 15 + " deep\n" * 300],
)
def test_long_quotes_are_whole(text: str) -> None:
    assert parsed(text, soon=True) == parsed(text, soon=False)


@pytest.mark.parametrize("quote", ["> -", "> > -", "> # One", "> - a\n> - b", "> ---", "> ```\n> a\n> ```", "- > -"])
def test_short_quotes_without_a_blank_line_take_no_time(quote: str) -> None:
    began = time.process_time()
    pieces = read_blocks(f"word\n{quote}\n" * 4_000, 0, [], "book.md")
    assert time.process_time() - began < 6
    assert sum(piece.paragraph.text == "word" for piece in pieces) >= 1
