"""Quotes (`>`), found in a time that grows with their length and with nothing else.

A quote's last paragraph may go on in lines without the mark. markdown-it takes every line before the next blank one for
such a line, and sees only then that the quote had ended long before: where short quotes follow one another without a
blank line, each costs as much as all that follows. Here it is shown a few lines, and more where the quote fills those.
"""

from collections.abc import Sized

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote

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
