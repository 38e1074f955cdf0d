"""Lines of a contents list → entries: a number, a title, or both, without page numbers."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from audiobook.readers.headings import CHAPTER_FAMILIES, UPPER_FAMILIES, Heading, recognise, strip_note_mark
from audiobook.readers.text.blocks import Block, Line

# Each run of dots is looked at from its beginning only: pages of nothing but blanks exist.
_LEADER = re.compile(
    r"(?<![\s.·…_,])(?:(?:[\s.·…_,]{2,}+|\s|--?)\(?(?:p(?:age|\.)?\s*+)?(?:\d{1,4}|[ivxlc]{1,7})\)?\.?|[\s.·…_]{3,}+)$"
)
_PAGE_FIRST = re.compile(r"\d{1,4}[\s.·…]{2,}(?=\D)")
_NUMBERED = re.compile(
    r"(?P<number>[IVXLCDM]{1,8}|\d{1,3})(?P<stop>[.:),]?[\s\u3000—–-]+|[.:)]-+)(?P<title>[^\s—–-].*)"
)
_WHITE = re.compile(r"[\W_]+")
_CONTINUED = re.compile(r"(?<![\s(\[_*—–-])[\s(\[_*—–-]*(?:continued|concluded|suite|fortsetzung)[\s)\]_*.]*$")
_CONTINUING = ("continued", "concluded", "suite", "fortsetzung")
_HEADS = frozenset({"page", "chapter", "chap", "chapter page", "chap page", "part", "pages", "no", "pag", "seite"})


class Entry(NamedTuple):
    """One entry of a contents list."""

    family: str  # of its number, as headings have it; empty without one
    number: int | None
    title: str  # for comparing, as `key_of` writes it; empty where it has only a number
    part: str  # the part of the list it stands in: the key of the last entry of an upper family
    block: int
    shown: str = ""  # its title as printed
    is_joined: bool = False  # the title stood on the line beneath the number
    after: int = 0  # the block of the book from which on its heading stands
    before: int = 1 << 60  # the block before which it stands
    line: str = ""  # the key of its whole line

    @property
    def is_upper(self) -> bool:
        """Whether its number is that of a volume, a book, a part or an act."""
        return self.family in UPPER_FAMILIES


@lru_cache(maxsize=32768)  # several readers of the contents ask about the same line
def key_of(text: str) -> str:
    """A title for comparing: no case, no punctuation, no mark of a note, no "continued"."""
    text = strip_note_mark(text.strip()).casefold()
    if any(word in text for word in _CONTINUING):
        text = _CONTINUED.sub("", text)
    return _WHITE.sub(" ", text).strip()


def strip_page(text: str) -> str:
    """An entry without its page number and the dots that lead to it."""
    found = _LEADER.search(text) if len(text) > 4 else None
    shorter = text[: found.start()] if found else text
    if found and len(shorter.split()) == 1 and not found.group().startswith(("  ", "..", " .", "\t")):
        heading = recognise(shorter)
        shorter = shorter if heading and heading.number is None else text
    return _PAGE_FIRST.sub("", shorter) or text


def has_page(text: str) -> bool:
    """Whether a line ends with a page number."""
    return len(text) > 4 and _LEADER.search(text) is not None and len(text.split()) > 1


def is_column_head(text: str) -> bool:
    """Whether a line stands over the columns of a list: "CHAPTER    PAGE"."""
    return key_of(text) in _HEADS


def plain_family(family: str) -> str:
    """The family for comparing: a list often has "I. The River" for what the book heads "CHAPTER I"."""
    return "chapter" if "-" in family or family in CHAPTER_FAMILIES else family


def style_of(family: str) -> str:
    """The family of a numbered heading, or how a number without a keyword is written: "roman"."""
    return family.partition("-")[2] or family


def read_line(text: str) -> Heading | None:
    """The numbered heading in a line of a list, where any title may follow a number."""
    bare = strip_page(text)
    heading = recognise(bare)
    if heading:
        return heading
    found = _NUMBERED.fullmatch(bare.strip(" _*-–•·"))
    number = recognise(found["number"]) if found else None
    if not found or not number or (found["number"] == "I" and _is_pronoun(found["stop"], found["title"])):
        return None
    return Heading(family=number.family, number=number.number, label=found["number"], title=found["title"])


def _is_pronoun(stop: str, rest: str) -> bool:
    """Whether an "I" before these words is no number: "I walked", "I-- I don't know"."""
    return (not stop.strip() and rest[0].islower()) or (
        stop[:1] in "-–—" and rest.split(maxsplit=1)[0] in {"I", "I'm", "I’m"}
    )


def read_entries(blocks: Sequence[Block], start: int, end: int, *, skip_first_line: bool) -> list[Entry]:
    """The entries between two blocks. A title on the line beneath a bare number belongs to it."""
    lines = [(n, line) for n in range(start, end) for line in blocks[n].lines][1 if skip_first_line else 0 :]
    return list(_join_lines(lines))


def _opens_group(lines: Sequence[tuple[int, Line]], n: int) -> bool:
    """Whether a line below the number of a part is the first of several titles in it, rather than the part's title."""
    if n + 1 >= len(lines):
        return False
    here, after = lines[n][1], lines[n + 1][1]
    return here.indent == after.indent and read_line(after.text) is None


def _join_lines(lines: Sequence[tuple[int, Line]]) -> Iterator[Entry]:
    waiting: Entry | None = None
    part = tale = ""
    for n, (block, line) in enumerate(lines):
        bare = strip_page(line.text)
        if is_column_head(line.text) or not key_of(bare):
            continue
        heading = read_line(line.text)
        if heading and heading.number is not None:
            if waiting:
                yield waiting
            label = key_of(heading.label)
            upper = heading.family in UPPER_FAMILIES
            held = "" if upper else f"{part} {tale}".strip()
            waiting = Entry(
                heading.family, heading.number, key_of(heading.title), held, block, heading.title, line=key_of(bare)
            )
            tale = "" if upper else tale
            part = f"{label} {key_of(heading.title)}".strip() if upper else part
        elif waiting and not waiting.title and not (waiting.is_upper and _opens_group(lines, n)):
            yield waiting._replace(title=key_of(bare), shown=bare, is_joined=True, line="")
            waiting = None
        else:
            if waiting:
                yield waiting
            waiting = None
            tale = key_of(bare)
            yield Entry("", None, tale, part, block, bare, line=tale)
    if waiting:
        yield waiting
