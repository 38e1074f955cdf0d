"""CommonMark's emphasis: which delimiter runs pair (spec 0.31, "delimiter run", without the rule of three)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Node:
    """A stretch of a paragraph's result, or a run of emphasis marks in it."""

    text: str
    source: int | None  # offset of its first character; None for characters the source spells otherwise
    mark: str = ""  # "*", "_" or "~" where it is a delimiter run
    opens: bool = False
    closes: bool = False


def flanking(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """(may open, may close) of a run of marks between two characters, either of them empty at the ends of the text."""
    space_before, space_after = not before or before.isspace(), not after or after.isspace()
    point_before, point_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not point_after or space_before or point_before)
    right = not space_before and (not point_before or space_after or point_after)
    if mark == "_":
        return left and (not right or point_before), right and (not left or point_after)
    return left, right


def _is_punctuation(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"


def find_emphasis(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """(opening node, closing node) of every emphasis; its marks are taken out of the nodes.

    Linear: each run waits once, and those left open inside an emphasis are given up when it closes.
    """
    waiting: dict[str, list[int]] = {"*": [], "_": [], "~": []}
    pairs: list[tuple[int, int]] = []
    for at, node in enumerate(nodes):
        if not node.mark:
            continue
        stack = waiting[node.mark]
        while node.closes and node.text and stack:
            opener = stack[-1]
            _take_marks(nodes[opener], node)
            _give_up(waiting, opener)
            if node.mark != "~":
                pairs.append((opener, at))
            if not nodes[opener].text:
                stack.pop()
        if node.opens and node.text:
            stack.append(at)
    return pairs


def _give_up(waiting: Mapping[str, list[int]], opener: int) -> None:
    """Forget the runs after `opener`: emphasis does not overlap."""
    for stack in waiting.values():
        while stack and stack[-1] > opener:
            stack.pop()


def _take_marks(opener: Node, closer: Node) -> None:
    taken = 2 if len(opener.text) >= 2 and len(closer.text) >= 2 else 1
    opener.text = opener.text[:-taken]
    closer.text = closer.text[taken:]
    if closer.source is not None:
        closer.source += taken
