"""Footnotes and endnotes of plain texts: their bodies, and the marks in the text that refer to them.

A body begins with its mark: `[1] …`, `[Footnote A: …]`, `Footnote 2: …`, `* …`, `(1) …`, `{3} …`. Forms that other text
has, too, count where the same mark refers to it before. A body in brackets goes on to its closing bracket.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text.blocks import Block

_SIGNS = r"[*†‡§¶]{1,4}"
_BODY = re.compile(
    r"(?P<opening>\[)\s*(?:Foot)?notes?\s*(?P<named>[\w*†‡]{0,4})\s*[:.]"
    r"|\[(?P<bracketed>\d{1,4}|[A-Za-z]{1,2}|\^\d{1,4}|" + _SIGNS + r")\]:?(?=\s|$)"
    r"|Footnotes?\s+(?P<worded>[\w*†‡]{1,4})\s*[:.]"
    r"|\((?P<round>\d{1,4}|[a-z]|" + _SIGNS + r")\)(?=\s)"
    r"|\{(?P<curly>\d{1,4})\}(?=\s)"
    r"|(?P<sign>" + _SIGNS + r")\s?(?=[^\s*†‡§¶])",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\[(?P<bracketed>\d{1,4}|[A-Za-z]|\^\d{1,4}|" + _SIGNS + r")\]"
    r"|(?<=[\w.,;:!?\"'”’»)\]])\((?P<round>\d{1,4}|[a-z]|" + _SIGNS + r")\)"
    r"|(?<=\w)\s\((?P<apart>\d{1,3}|" + _SIGNS + r")\)(?=[.,;:!?]|$)"
    r"|\{(?P<curly>\d{1,4})\}"
    r"|(?<=[\w.,;:!?\"'”’»)])(?P<sign>[*†‡§]{1,3})(?=[\s.,;:!?\"'”’»)]|$)",
)
_NUMBERED = re.compile(r"(?P<number>\d{1,4})(?:[.)]|\s)\s*(?=\S)")
_FEW = 0.05  # share of the book's words that bodies without a reference may have
_MOST_BLOCKS = 60  # of one body
_SURE = ("opening", "worded")  # forms that are nothing but notes


class Reference(NamedTuple):
    """The mark of a note in the text."""

    mark: str
    start: int  # offset in the source
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a note."""

    mark: str  # for comparing
    printed: str  # as it stands in the text
    blocks: tuple[Block, ...]
    opening: int  # offset in the source where the words of the note begin, behind its mark
    kind: str  # the form of its mark


@dataclass(slots=True)
class Notes:
    """The notes of a book."""

    bodies: list[Body] = field(default_factory=list)
    headings: list[Block] = field(default_factory=list)  # "FOOTNOTES" above bodies


def split_notes(blocks: Sequence[Block]) -> tuple[list[Block], Notes]:
    """The blocks without those of notes, and the notes."""
    marks = _find_all_marks(blocks)
    notes, kept = Notes(), list[Block]()
    taken = _find_bodies(blocks, marks)
    unsure = {n for n, (body, sure) in taken.items() if not sure for _ in body.blocks}
    words = sum(len(taken[n][0].blocks[0].text.split()) for n in unsure)
    few = words <= _FEW * sum(len(block.text.split()) for block in blocks)
    at = 0
    while at < len(blocks):
        found = taken.get(at)
        if found and (found[1] or few):
            notes.bodies.append(found[0])
            at += len(found[0].blocks)
        else:
            kept.append(blocks[at])
            at += 1
    return _cut_headings(kept, taken, blocks, notes), notes


def _cut_headings(
    kept: list[Block], taken: Mapping[int, tuple[Body, bool]], blocks: Sequence[Block], notes: Notes
) -> list[Block]:
    """The blocks without a heading of notes right above a body."""
    above = {blocks[at - 1].start for at in taken if at and any(taken[at][0] is body for body in notes.bodies)}
    notes.headings = [b for b in kept if b.start in above and len(b.lines) == 1 and _is_heading(b)]
    gone = {block.start for block in notes.headings}
    return [block for block in kept if block.start not in gone]


def _is_heading(block: Block) -> bool:
    text = block.text.strip(" _*=~-:.[]")
    return len(text) <= 40 and find_unread_reason(text) == "notes"


def _find_all_marks(blocks: Sequence[Block]) -> dict[str, list[int]]:
    """Where each mark refers to a note: mark → the blocks, in order."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, block in enumerate(blocks):
        for line in block.lines:
            if line.text.isalnum():
                continue
            for reference in _REFERENCE.finditer(line.text):
                if reference.start() or line is not block.lines[0]:
                    found[_mark_of(reference)].append(n)
    return found


def _mark_of(found: re.Match[str]) -> str:
    return _print_mark(found).casefold()


def _print_mark(found: re.Match[str]) -> str:
    value = next((text for text in found.groupdict().values() if text not in {None, "["}), "") or ""
    return value.lstrip("^")


def _kind_of(found: re.Match[str]) -> str:
    kinds = ("opening", "bracketed", "worded", "round", "curly", "sign")
    return next(kind for kind in kinds if found[kind] is not None)


def _find_bodies(blocks: Sequence[Block], marks: Mapping[str, list[int]]) -> dict[int, tuple[Body, bool]]:
    """The body that begins at each block, and whether it is certain."""
    found: dict[int, tuple[Body, bool]] = {}
    used: dict[str, int] = defaultdict(int)
    at = 0
    while at < len(blocks):
        body = _read_body(blocks, at)
        referred = body is not None and any(used[body.mark] <= n < at for n in marks.get(body.mark, ()))
        if body is None or (not referred and body.kind not in (*_SURE, "bracketed")):
            at += 1
            continue
        if referred:
            used[body.mark] = at
        found[at] = body, referred or body.kind in _SURE
        at += len(body.blocks)
    return found


def _read_body(blocks: Sequence[Block], at: int) -> Body | None:
    block = blocks[at]
    first = block.lines[0]
    found = _BODY.match(first.text) if first.text[0] in "[({*†‡§¶Ff" else None
    if not found or (found.end() == len(first.text) and len(block.lines) == 1):
        return None
    kind = _kind_of(found)
    if kind == "sign" and (first.text.endswith("*") or found["sign"] * 2 in first.text.replace(" ", "")):
        return None  # emphasis, or a row of ornaments
    end = _find_end(blocks, at, bracketed=kind == "opening")
    opening = first.start + found.end()
    return Body(
        mark=_mark_of(found), printed=_print_mark(found), blocks=tuple(blocks[at:end]), opening=opening, kind=kind
    )


def _find_end(blocks: Sequence[Block], at: int, *, bracketed: bool) -> int:
    """The block after a body: to its closing bracket, where it has one. Otherwise only the first block is sure."""
    end = at + 1
    depth = _depth(blocks[at]) if bracketed else 0
    while depth > 0 and end < min(len(blocks), at + _MOST_BLOCKS):
        depth += _depth(blocks[end])
        end += 1
    return end if depth <= 0 else at + 1


def _depth(block: Block) -> int:
    return sum(line.text.count("[") - line.text.count("]") for line in block.lines)


def find_references(block: Block, known: Mapping[str, Sequence[str]]) -> Iterator[Reference]:
    """The marks of notes in a block. `known` has the kinds of the bodies with each mark."""
    for line in block.lines:
        if not any(char in line.text for char in "[({*†‡§"):
            continue
        for found in _REFERENCE.finditer(line.text):
            mark = _mark_of(found)
            if _counts(found, known.get(mark, ())):
                start = found.start() + (len(found.group()) - len(found.group().lstrip()))
                yield Reference(mark, line.start + start, line.start + found.end())


def _counts(found: re.Match[str], kinds: Sequence[str]) -> bool:
    """Whether a mark refers to a note: square brackets always do behind a word, other forms to a body like them."""
    if found["bracketed"] is not None:
        before = found.string[: found.start()].rstrip()
        return (
            bool(kinds)
            or (bool(before) and not found["bracketed"].isalpha())
            or (found["bracketed"].isupper() and found.string[found.start() - 1 : found.start()].strip() != "")
        )
    if found["sign"] is not None:
        return any(kind in {"sign", "bracketed", *_SURE} for kind in kinds)
    if found["curly"] is not None:
        return "curly" in kinds
    return any(kind in {"round", "sign", *_SURE} for kind in kinds)
