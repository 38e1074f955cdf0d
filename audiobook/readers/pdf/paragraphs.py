"""Lines → blocks: paragraphs, headings and verses, also across columns and pages.

A paragraph ends where the next line stands lower than usual, is indented, has another size, or where its own last line
left room for the first word of the next line: whoever set the text would have put that word there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audiobook.model.book import ParagraphKind
from audiobook.readers import headings, numerals
from audiobook.readers.matter import is_ornament
from audiobook.readers.pdf.lines import Line
from audiobook.readers.pdf.measures import Habits

_WIDER = 1.25  # of the usual distance: a line that stands further below begins a block
_INDENT = (0.5, 6.0)  # of the size: an indented line begins a paragraph
_SIZE = 0.6  # points by which lines of one paragraph differ at most
_AT_EDGE, _MOST_AT_EDGE = 1.5, 0.55  # points, and share of the lines
_LEAST_VERSE = 3
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*\W{0,2}$|[”»]$|[—–]$")
_HYPHEN = re.compile(r"([^\W\d_]+(?:[-‐’'][^\W\d_]+)*)[-‐\xad]$")
_SPEECH = ("“", '"', "«", "„", "—", "–", "‘")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")


@dataclass(slots=True, eq=False)
class Block:
    """Lines that belong together."""

    lines: list[Line]
    gap: float = 0.0  # distance to the block above in usual distances of lines; 0 at the top of a page or column
    kind: ParagraphKind = "prose"

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """Its lines, joined by spaces."""
        return " ".join(line.text for line in self.lines)


def build_blocks(lines: Sequence[Line], habits: Habits) -> list[Block]:
    """The blocks of the lines that are read, in order."""
    is_indented = _uses_indents(lines, habits)
    habits = replace(habits, is_justified=_is_justified(lines))
    blocks: list[Block] = []
    for n, line in enumerate(lines):
        before = lines[n - 1] if n else None
        if before is None or _begins(before, line, lines[n + 1] if n + 1 < len(lines) else None, habits, is_indented):
            blocks.append(Block([line], _measure_gap(before, line, habits)))
        else:
            blocks[-1].lines.append(line)
    return list(_join_verses(blocks))


def _is_justified(lines: Sequence[Line]) -> bool:
    """Whether most lines end at the right edge of their column, and those that do not end a paragraph."""
    return sum(line.edges[1] - line.right < _AT_EDGE for line in lines) > _MOST_AT_EDGE * len(lines)


def _is_same_column(a: Line, b: Line) -> bool:
    return a.page == b.page and a.column == b.column and a.y > b.y


def _measure_gap(before: Line | None, line: Line, habits: Habits) -> float:
    """The distance of two baselines in usual distances of lines; 0 between columns and pages."""
    if before is None or not _is_same_column(before, line):
        return 0.0
    usual = habits.leading * max(1.0, min(before.size, line.size) / habits.size)
    return (before.y - line.y) / max(usual, 1.0)


def _uses_indents(lines: Sequence[Line], habits: Habits) -> bool:
    """Whether paragraphs begin with an indent."""
    body = [line for line in lines if abs(line.size - habits.size) < _SIZE]
    indented = sum(1 for a, b in pairwise(body) if _is_indent(b, habits) and _is_at_left(a))
    closed = sum(1 for a, b in pairwise(body) if _leaves_room(a, b) and _ends_sentence(a))
    return (indented > 20 and indented > 0.4 * closed) or (0 < indented <= 20 and indented >= 0.6 * max(1, closed))


def _is_indent(line: Line, habits: Habits) -> bool:
    return _INDENT[0] * habits.size <= line.left - line.edges[0] <= _INDENT[1] * habits.size


def _is_at_left(line: Line) -> bool:
    return line.left - line.edges[0] <= 0.3 * line.size


def _leaves_room(before: Line, after: Line) -> bool:
    """Whether the first word of a line would have had room at the end of the line before it."""
    width = after.right - after.left
    word = len(after.text.split(" ", 1)[0]) + 0.5
    needed = width * word / max(len(after.text), 1)
    return before.edges[1] - before.right > needed + 0.15 * before.size


def _ends_sentence(line: Line) -> bool:
    return _SENTENCE_END.search(line.text) is not None


def _begins(before: Line, line: Line, after: Line | None, habits: Habits, is_indented: bool) -> bool:
    """Whether a line begins a block."""
    if abs(before.size - line.size) > _SIZE or (before.is_bold != line.is_bold and (before.is_bold or line.is_bold)):
        return _is_other_style(before, line)
    if is_ornament(line.text) or is_ornament(before.text):
        return True
    if _is_same_column(before, line):
        return _begins_below(before, line, after, habits, is_indented)
    return _begins_over_page(before, line, after, habits, is_indented)


def _is_other_style(before: Line, line: Line) -> bool:
    """Whether a change of size or weight begins a block, rather than standing inside a sentence."""
    inside = abs(before.size - line.size) <= _SIZE and line.text[:1].islower() and not _ends_sentence(before)
    return not inside


def _begins_below(before: Line, line: Line, after: Line | None, habits: Habits, is_indented: bool) -> bool:
    usual = max(habits.leading * line.size / habits.size, 1.0)
    gap = (before.y - line.y) / usual
    if gap > _WIDER:
        return not (gap < 1.6 * _WIDER and line.text[:1].islower() and not _leaves_room(before, line))
    if _is_centred(line) and (_is_centred(before) or (_is_middle(before) and _is_display(line, habits))):
        return False
    if line.left - before.left >= _INDENT[0] * line.size and not before.cap:
        return _is_indent(line, habits) and (after is None or _goes_back(line, after) or _leaves_room(before, line))
    if before.left - line.left > _INDENT[1] * line.size:
        return True
    if is_indented and _is_indent(line, habits) and _is_indent(before, habits) and _ends_sentence(before):
        return True
    return _is_cut(before, line)


def _goes_back(line: Line, after: Line) -> bool:
    """Whether the line after an indented one stands at the left edge again, or begins a paragraph itself."""
    return after.left < line.left - 0.3 * line.size or not _is_same_column(line, after) or _ends_sentence(line)


def _is_cut(before: Line, line: Line) -> bool:
    """Whether a line was ended before its edge, and the next one begins like a paragraph or a verse."""
    if not _leaves_room(before, line):
        return False
    if line.text[:1].islower():  # hardly any paragraph begins so
        return _ends_sentence(before) and before.edges[1] - before.right > 0.5 * (before.edges[1] - before.edges[0])
    return True


def _is_centred(line: Line) -> bool:
    left, right = line.left - line.edges[0], line.edges[1] - line.right
    return min(left, right) > line.size and abs(left - right) < max(0.1 * (line.edges[1] - line.edges[0]), line.size)


def _is_middle(line: Line) -> bool:
    """Whether a line has the same room on both sides, however little."""
    return abs(line.left - line.edges[0] - line.edges[1] + line.right) < line.size


def _is_display(line: Line, habits: Habits) -> bool:
    """Whether a line is set larger or bolder than the text."""
    return line.size > habits.size + _SIZE or (line.is_bold and not habits.is_bold)


def _begins_over_page(before: Line, line: Line, after: Line | None, habits: Habits, is_indented: bool) -> bool:
    if _HYPHEN.search(before.text) and line.text[:1].islower():
        return False
    if line.text[:1].islower() and not _ends_sentence(before):
        return False
    if _is_indent(line, habits) and not _is_centred(line) and (after is None or _goes_back(line, after)):
        return True
    if _is_cut(before, line):
        return True
    if _ends_sentence(before) and habits.is_justified and before.edges[1] - before.right > 0.3 * before.size:
        return True
    # A full last line hardly ever ends a paragraph, but where nothing is indented a speech may begin one.
    return _ends_sentence(before) and not is_indented and line.text.startswith(_SPEECH)


def _join_verses(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with successive short lines that were ended on purpose as one verse."""
    row: list[Block] = []
    for block in blocks:
        if row and not _continues_verse(row[-1], block):
            yield from _close_verse(row)
            row = []
        row.append(block)
    yield from _close_verse(row)


def _continues_verse(before: Block, block: Block) -> bool:
    a, b = before.lines[-1], block.first
    if len(before.lines) > 2 or len(block.lines) > 2 or abs(a.size - b.size) > _SIZE or a.is_bold != b.is_bold:
        return False
    if is_ornament(a.text) or is_ornament(b.text) or a.linked > 0.5 or b.linked > 0.5:
        return False
    return _is_verse_line(before) and _is_verse_line(block) and (not _is_same_column(a, b) or 0 < block.gap <= _WIDER)


def _is_verse_line(block: Block) -> bool:
    line = block.first
    if _is_label(line.text):
        return False
    return len(block.lines) == 1 and line.edges[1] - line.right > 2 * line.size and not line.text[:1].islower()


def _is_label(text: str) -> bool:
    """Whether a line is a heading by its words: "Chapter 3", "IV."."""
    heading = headings.recognise(text)
    return heading is not None and not heading.family.startswith("titled")


def _close_verse(row: Sequence[Block]) -> Iterator[Block]:
    unfinished = sum(not _ends_sentence(block.lines[-1]) for block in row)
    if len(row) >= _LEAST_VERSE and unfinished >= 0.4 * len(row) and row[0].first.text[:1] not in '"“‘«—–':
        yield Block([line for block in row for line in block.lines], row[0].gap, "verse")
    else:
        yield from row


def join_lines(block: Block, habits: Habits) -> tuple[str, list[int]]:
    """The text of a block, hyphens at line ends resolved, and the offset in it at which each line begins."""
    glue_lines = block.kind == "verse"
    text, starts = "", list[int]()
    for n, line in enumerate(block.lines):
        piece = _join_initial(line, habits)
        if n:
            text += "\n" if glue_lines else ""
            if not glue_lines:
                text, glue = _resolve_hyphen(text, piece, habits)
                text += glue
        starts.append(len(text))
        text += piece
    return text, starts


def _resolve_hyphen(text: str, after: str, habits: Habits) -> tuple[str, str]:
    """The text with or without its hyphen at the end, and what joins it to the next line."""
    found = _HYPHEN.search(text)
    follows = _FIRST_WORD.match(after)
    if text.endswith("\xad"):
        return text[:-1], ""
    if not found or not follows:
        return text, "" if text.endswith(("—", "-", "‐")) and after[:1].isalnum() else " "
    first, second = found[1].casefold(), follows[0].casefold()
    if not after[0].islower():
        return text, ""
    if not habits.hyphenates or (numerals.number(first) and numerals.number(second)):  # "seventy-eight"
        return text, ""
    whole, parts = habits.words[first.rpartition("-")[2] + second], habits.words[f"{first}-{second}"]
    if parts > whole or (not whole and not parts and _are_words(first, second, habits)):
        return text, ""
    return text[:-1], ""


def _are_words(first: str, second: str, habits: Habits) -> bool:
    """Whether both halves are words that the book uses by themselves, as those of a compound are."""
    return len(first) > 2 and len(second) > 2 and habits.words[first] >= 2 and habits.words[second] >= 2


def _join_initial(line: Line, habits: Habits) -> str:
    """The text of a line; a space after an initial letter that is a word of its own ("I was")."""
    if not line.cap or line.text[line.cap : line.cap + 1].isspace():
        return line.text
    cap, rest = line.text[: line.cap], line.text[line.cap :]
    follows = _FIRST_WORD.match(rest)
    letter = cap.strip("\"'“‘«").casefold()
    if not follows or len(letter) != 1:
        return line.text
    joined, alone = habits.words[letter + follows[0].casefold()], habits.words[follows[0].casefold()]
    is_word = habits.words[letter] > 0 and alone > 0 and joined == 0
    return f"{cap} {rest}" if is_word else line.text
