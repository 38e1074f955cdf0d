"""Blocks that look like headings, each with the title beneath it.

Whether the block beneath a bare label ("CHAPTER I") is its title is decided for all labels of a family together: where
most of them have a plain title beneath, the longer or odder blocks beneath the others are titles as well.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from audiobook.readers import drama, headings, numerals
from audiobook.readers.heading_forms import is_date, read_letter
from audiobook.readers.headings import Heading
from audiobook.readers.text.apparatus import is_scene_break
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.entries import key_of

_MOST_LINES = 6  # of a heading in one block
_MOST_BENEATH = 2  # blocks beneath a label that are its title
_LONGEST_TITLE = 60  # words
_MOST_PHRASE = 14  # words of a title that needs no other evidence
_MOST_NUMBERED = 20  # words of a title in mixed case behind a lone number
_LONGEST_PROMISED = 200  # characters
_TITLED_SHARE = 0.5  # of a family's labels, which have a title beneath
_SHORT_TITLES = frozenset({*headings.UPPER_FAMILIES, *headings.LOWER_FAMILIES})  # stage directions stand below acts
_NO_TITLES = frozenset({"argument", "argomento", "argumento"})  # they head the summary of a canto
_BARE_DECORATION = " _*=~"


class Promised(NamedTuple):
    """The keys of the titles in contents lists."""

    titles: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()  # of entries without a number


class Mark(NamedTuple):
    """A block that looks like a heading."""

    at: int  # its block
    span: int  # blocks it takes: the label, and the title beneath it
    heading: Heading


def find_marks(blocks: Sequence[Block], layout: Layout, promised: Promised) -> list[Mark]:
    """Every block that looks like a heading."""
    titled = _find_titled_families(blocks, layout, promised)
    marks: list[Mark] = []
    spoken = drama.find_spoken([block.text for block in blocks])
    at = 0
    while at < len(blocks):
        mark = None if at in spoken else _mark(blocks, at, layout, promised, titled)
        if mark and mark.span > 1 and at + 1 in spoken:
            mark = Mark(at, 1, replace(mark.heading, title=""))  # a speaker's name
        if mark:
            marks.append(mark)
        at += mark.span if mark else 1
    return marks


def _find_titled_families(blocks: Sequence[Block], layout: Layout, promised: Promised) -> frozenset[str]:
    """The families of bare labels that mostly have a title beneath."""
    labels: dict[str, int] = defaultdict(int)
    titled: dict[str, int] = defaultdict(int)
    for at, block in enumerate(blocks[:-2]):
        heading = headings.recognise(block.lines[0].text) if len(block.lines) == 1 else None
        if heading and not heading.title and heading.number is not None:
            labels[heading.family] += 1
            titled[heading.family] += _is_plainly_title(blocks, at, layout, promised)
    return frozenset(family for family, n in labels.items() if titled[family] >= max(2, _TITLED_SHARE * n))


def _is_plainly_title(blocks: Sequence[Block], at: int, layout: Layout, promised: Promised) -> bool:
    """Whether the block beneath a label is a title by its own looks."""
    block = blocks[at + 1]
    text = block.text.strip(_BARE_DECORATION)
    if not _may_be_title(blocks, at) or not text:
        return False
    if key_of(text) in promised.titles or headings.looks_like_title(text, attached=block.gap <= 0):
        return True
    apart = blocks[at + 2].gap > max(layout.paragraph_gap, block.gap)
    return apart or headings.is_summary(text) or _is_set_apart(block, layout)


def _is_set_apart(block: Block, layout: Layout) -> bool:
    """Whether a block is in italics or centred."""
    first = block.lines[0]
    if first.text.startswith("_") and block.lines[-1].text.rstrip(" .").endswith("_"):
        return True
    return layout.width > 0 and not layout.indented and min(line.indent for line in block.lines) > layout.indent + 5


def _may_be_title(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block beneath a label can be a title at all: short, no speech, and something told beneath it."""
    block = blocks[at + 1]
    text = block.text
    if len(block.lines) > _MOST_LINES or len(text.split()) > _LONGEST_TITLE or is_scene_break(block):
        return False
    if is_label(block) or text[0].islower() or text.rstrip("_*")[-1] in ",;:" or at + 2 >= len(blocks):
        return False
    if text[0] in '"“«„‘—–' and not headings.is_capitals(text):
        return False
    beneath = blocks[at + 2]
    return headings.recognise(beneath.lines[0].text) is None or len(beneath.lines) > 1 or headings.is_capitals(text)


def _mark(blocks: Sequence[Block], at: int, layout: Layout, promised: Promised, titled: frozenset[str]) -> Mark | None:
    block = blocks[at]
    heading = headings.recognise(block.lines[0].text) if len(block.lines) <= _MOST_LINES else None
    if heading and len(block.lines) > 1:
        heading = _add_rest(block, heading)
    if heading and heading.family in headings.TITLED_NUMERALS and key_of(block.text) in promised.alone:
        heading = None  # the title "Four Beasts in One"
    if heading:
        taken = promised.alone if heading.family in headings.UPPER_FAMILIES else frozenset()
        return _add_title_beneath(blocks, at, heading, layout, titled, taken)
    if len(block.lines) > 4 or (block.gap == 0 and at) or at + 1 >= len(blocks):
        return None
    family = _find_unnumbered_family(blocks, at, layout, promised)
    if not family:
        return None
    return Mark(at, 1, Heading(family=family, number=None, label=_label_of(block)))


def _label_of(block: Block) -> str:
    return headings.strip_note_mark(block.text).strip(_BARE_DECORATION)


def _find_unnumbered_family(blocks: Sequence[Block], at: int, layout: Layout, promised: Promised) -> str | None:
    """What kind of a title without a number a block may be."""
    block = blocks[at]
    if (
        promised.titles
        and not block.text[0].islower()
        and len(block.text) <= _LONGEST_PROMISED
        and key_of(block.text) in promised.titles
    ):
        return "promised"
    apart = (block.gap >= 1 or at == 0) and blocks[at + 1].gap >= 1
    if not apart:
        return None
    if len(block.lines) == 1 and is_date(_label_of(block)):
        return "date"
    if headings.is_bare_capitals(_label_of(block)):
        return "capitals"
    if block.gap > max(1, layout.paragraph_gap) and len(block.lines) <= 2 and headings.is_bare_title(block.text):
        return "bare"
    return None


def find_letters(blocks: Sequence[Block]) -> list[Mark]:
    """The single capitals that head the parts of a dictionary, from A on."""
    found: list[Mark] = []
    for at, block in enumerate(blocks):
        letter = read_letter(block.lines[0].text) if len(block.lines) == 1 else None
        last = found[-1].heading.number or 0 if found else 0
        if letter and last < letter <= last + 4 and (block.gap != 0 or at == 0):
            label = block.text.strip(" .-–—*_=~")
            found.append(Mark(at, 1, Heading(family="alphabet", number=letter, label=label)))
    return found


_COUNTED = re.compile(
    r"(?P<key>[^\W\d_][\w'’]+(?: [^\W\d_][\w'’]+){0,2}?),?\.? (?:No\.? ?|Number )?"
    r"(?P<number>[IVXLC]{1,8}|\d{1,3})\b[.:]?"
    r"(?:[\s—–-]+(?P<title>\S.{0,80}))?",
    re.IGNORECASE,
)
_LEAST_COUNTED = 4


def find_counted(blocks: Sequence[Block]) -> list[Mark]:
    """Headings of one word and a rising number, whatever the word is: "FEDERALIST No. 1", "Idyll IV"."""
    groups: dict[str, list[Mark]] = defaultdict(list)
    for at, block in enumerate(blocks):
        text = _label_of(block) if len(block.lines) == 1 and block.gap != 0 and len(block.text) <= 120 else ""
        found = _COUNTED.fullmatch(text) if text and not text[0].islower() else None
        value = numerals.number(found["number"]) if found else None
        if not found or not value or (found["title"] and found["title"][0].islower()):
            continue
        marks = groups[found["key"].casefold()]
        last = marks[-1].heading.number or 0 if marks else 0
        if value[0] == last + 1 or (marks and value[0] == 1):
            label = text if not found["title"] else text[: found.end("number")]
            heading = Heading(family="counted", number=value[0], label=label, title=found["title"] or "", line=text)
            marks.append(Mark(at, 1, heading))
    best = max(groups.values(), key=len, default=[])
    return best if len(best) >= _LEAST_COUNTED else []


def _add_rest(block: Block, heading: Heading) -> Heading | None:
    """The heading with its title from the block's other lines; None where these are prose."""
    rest = " ".join(line.text for line in block.lines[1:])
    if heading.family in headings.NUMERALS and not headings.is_capitals(rest):
        short = len(block.lines) <= 3 and len(rest.split()) <= _MOST_PHRASE and block.gap != 0
        return _add_title(heading, rest) if short and headings.looks_like_title(rest, attached=False) else None
    if heading.title:
        if heading.family in headings.TITLED_NUMERALS and not _is_phrase(f"{heading.title} {rest}"):
            return None
        goes_on = len(rest.split()) <= 40 and not heading.title.endswith((".", "!", "?", '"', "”"))
        goes_on = goes_on or (headings.is_capitals(rest) and len(rest.split()) <= 40)
        glue = "" if heading.title.endswith("-") else " "
        return _add_title(heading, f"{heading.title}{glue}{rest}") if goes_on else None
    if heading.family == headings.NAMED:
        return replace(heading, title=rest) if headings.is_capitals(rest) and len(rest.split()) <= 20 else None
    return _add_title(heading, rest) if headings.looks_like_title(rest, attached=True) else None


def _is_phrase(title: str) -> bool:
    """Whether the title behind a lone number is one, rather than the first words of a numbered paragraph."""
    words = len(title.split())
    return headings.is_capitals(title) or (words <= _MOST_NUMBERED and headings.mostly_capitalised(title)) or words <= 8


def _add_title(heading: Heading, title: str) -> Heading:
    return replace(heading, title=headings.strip_note_mark(title).strip(" _"), line="")


def _add_title_beneath(
    blocks: Sequence[Block], at: int, heading: Heading, layout: Layout, titled: frozenset[str], taken: frozenset[str]
) -> Mark:
    """The mark, taking the blocks beneath a bare label where these are the title."""
    if heading.title or len(blocks[at].lines) > 1 or heading.family == headings.NAMED:
        return Mark(at, 1, heading)
    if at + 1 < len(blocks) and key_of(blocks[at + 1].text) in taken:
        return Mark(at, 1, heading)
    titles = list(_find_titles_beneath(blocks, at, heading, layout, titled))
    if not titles:
        return Mark(at, 1, heading)
    return Mark(at, 1 + len(titles), _add_title(heading, ": ".join(titles)))


def _find_titles_beneath(
    blocks: Sequence[Block], at: int, heading: Heading, layout: Layout, titled: frozenset[str]
) -> Iterator[str]:
    for n in range(_MOST_BENEATH):
        beneath = at + 1 + n
        if beneath + 1 >= len(blocks) or not _is_title(blocks, beneath, heading, layout, titled, first=n == 0):
            return
        yield blocks[beneath].text.strip(" _*=~>")
        if not headings.is_capitals(blocks[beneath].text):
            return


def _is_title(
    blocks: Sequence[Block], beneath: int, heading: Heading, layout: Layout, titled: frozenset[str], *, first: bool
) -> bool:
    """Whether a block beneath a label is its title, or the second line of it, which must be in capitals, too."""
    block = blocks[beneath]
    attached = block.gap <= 0
    text = block.text.strip(" _*=~>")
    if (
        not text
        or is_label(block, under=heading)
        or key_of(text).removeprefix("the ").rstrip(" 0123456789") in _NO_TITLES
    ):
        return False
    if not first:
        return headings.is_bare_capitals(text) and block.gap <= 2
    named = headings.recognise(block.lines[0].text) if len(block.lines) == 1 else None
    if named and named.family == headings.NAMED:
        return True
    short = len(block.lines) <= (5 if attached else 2)
    if short and headings.looks_like_title(text, attached=attached):
        return True
    return (
        heading.family in titled - _SHORT_TITLES
        and _may_be_title(blocks, beneath - 1)
        and _is_likely(blocks, beneath, layout)
    )


def _is_likely(blocks: Sequence[Block], beneath: int, layout: Layout) -> bool:
    """Whether a block in the place of a title is short beside what follows, or set apart from it."""
    block, after = blocks[beneath], blocks[beneath + 1]
    words = len(block.text.split())
    if words <= _MOST_PHRASE or after.gap > max(layout.paragraph_gap, block.gap):
        return True
    return len(after.text.split()) >= 1.5 * words or headings.is_summary(block.text) or _is_set_apart(block, layout)


def _is_phrase_with_number(heading: Heading) -> bool:
    """Whether a heading is a title that begins as a number does: "I GO TO STYLES", but not "IV. THE CHILD"."""
    if heading.family not in headings.TITLED_NUMERALS or not headings.is_capitals(heading.line):
        return False
    behind = heading.line[len(heading.label) :]
    return heading.number == 1 or heading.family == "titled-word" or behind[:1] not in ".:)"


def is_label(block: Block, under: Heading | None = None) -> bool:
    """Whether the block is a heading of its own, rather than a title ("I GO TO STYLES" is one)."""
    heading = headings.recognise(block.lines[0].text)
    if heading is None or _is_phrase_with_number(heading):
        return False
    return heading.family != headings.NAMED or (under is not None and under.family in headings.UPPER_FAMILIES)
