"""A chapter in the text form of a script: blocks of lines, each with its speaker in front, and how names are written.

Everything here raises ValueError with a sentence where a line cannot be understood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import get_args

from audiobook.model.book import ParagraphKind
from audiobook.model.script import NARRATOR, LineKind, Place, Style
from audiobook.model.script_text import CERTAIN, GOES_ON, GUESSED, MANNERS, TIGHT, UNKNOWN, unescape

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COLONS = re.compile("[:：]")
_COMMA = re.compile(",")


@dataclass(frozen=True, slots=True)
class Speaker:
    """The label in front of a line."""

    name: str | None
    kind: LineKind
    mark: str  # CERTAIN, GUESSED or nothing
    style: Style


def read_speaker(line: str) -> tuple[Speaker, str]:
    """The speaker in front of a line, and the rest of it."""
    quoted = _QUOTED.match(line, 1 if line.startswith("(") else 0)
    colon = _COLONS.search(line, quoted.end() if quoted else 0)
    if colon is None:
        raise ValueError("nobody is named here: begin with the speaker and a colon, or indent the line as narration")
    head, rest = line[: colon.start()].rstrip(), line[colon.end() :].lstrip()
    head, behind = _strip_marks(head)
    head, style = _strip_manner(head)
    head, marks = _strip_marks(head)
    marks += behind
    kind: LineKind = "narration" if head.startswith("(") and head.endswith(")") else "dialogue"
    if head.startswith("(") and kind != "narration":
        raise ValueError(f"the bracket in front of {head[1:]!r} does not close; narration in a voice is (Name): text")
    shown = head[1:-1].strip() if kind == "narration" else head
    shown, more = _strip_marks(shown) if not shown.endswith('"') else (shown, "")
    marks += more
    mark = CERTAIN if CERTAIN in marks else GUESSED if GUESSED in marks and shown else ""
    if not shown and UNKNOWN not in marks:
        raise ValueError(f"nobody is named here: write a name in front of the colon, or {UNKNOWN} where nobody knows")
    return Speaker(read_name(shown) if shown else None, kind, mark, style), rest


def _strip_manner(head: str) -> tuple[str, Style]:
    for style, sign in MANNERS.items():
        if head.endswith(sign):
            return head.removesuffix(sign).rstrip(), style
    return head, "said"


def _strip_marks(head: str) -> tuple[str, str]:
    bare = head.rstrip(CERTAIN + GUESSED)
    return bare.rstrip(), head[len(bare) :]


def read_name(shown: str) -> str:
    """A name, out of its quotation marks where it has them."""
    quoted = _QUOTED.fullmatch(shown)
    if quoted is None and ('"' in shown or not shown):
        raise ValueError(f"this is no name: {shown!r}; a name with odd signs in it stands in double quotation marks")
    name = unescape(quoted[1] if quoted else shown)
    if not name.strip():
        raise ValueError("a name has something in it")
    return name


def split_name(text: str, stops: re.Pattern[str]) -> tuple[str, str, str]:
    """The name that a text begins with, the stop that follows it and the rest; both empty where no stop follows."""
    quoted = _QUOTED.match(text)
    stop = stops.search(text, quoted.end() if quoted else 0)
    if stop is None:
        return text.strip(), "", ""
    return text[: stop.start()].strip(), stop[0], text[stop.end() :].strip()


def read_names(listed: str) -> tuple[str, ...]:
    """Names with commas between them."""
    names: list[str] = []
    rest = listed.strip()
    while rest:
        shown, _, rest = split_name(rest, _COMMA)
        names.append(read_name(shown))
    return tuple(names)


_LABEL = re.compile(r"\[(?:paragraph (?P<number>\d{1,9})|(?P<kind>\w+))\]")
_KINDS: tuple[str, ...] = get_args(ParagraphKind)
_NARRATION = Speaker(NARRATOR, "narration", "", "said")
_BACKSLASHES = re.compile(r"\\*$")

Row = tuple[int, str]  # a line of the file: its number, and what it says, without white space at its end


class RowError(Exception):
    """A line of the file that cannot be parsed. The caller, which knows the file name, makes it a message."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A line of the script as it is written in the file."""

    row: int  # where it begins
    place: Place
    block: ParagraphKind
    speaker: Speaker
    text: str


@dataclass(slots=True)
class _Draft:
    row: int
    block: ParagraphKind
    speaker: Speaker
    parts: list[str]  # of its text, between line breaks


def read_lines(chapter: int, rows: Sequence[Row]) -> Iterator[Written]:
    """The lines of a chapter, in order. Raises RowError."""
    paragraph = 0
    for blank, block in groupby(rows, key=lambda row: not row[1]):
        if not blank:
            paragraph, drafts = _read_drafts(paragraph + 1, list(block))
            yield from _finish(Place(chapter=chapter, paragraph=paragraph, line=1), drafts)


def _read_drafts(paragraph: int, rows: Sequence[Row]) -> tuple[int, list[_Draft]]:
    """The number of a paragraph, and its lines."""
    kind: ParagraphKind = "prose"
    drafts: list[_Draft] = []
    for row, text in rows:
        try:
            if (label := _LABEL.fullmatch(text)) is not None:
                kind = _choose_kind(label, kind)
                paragraph = int(label["number"] or paragraph)
            elif text.startswith(GOES_ON):
                _last(drafts).parts.append(text[1:].removeprefix(" "))
            else:
                speaker, said = (_NARRATION, text.lstrip()) if text[0].isspace() else read_speaker(text)
                drafts.append(_Draft(row, kind, speaker, [said]))
        except ValueError as error:
            raise RowError(row, str(error)) from error
    return paragraph, drafts or [_Draft(rows[0][0], kind, _NARRATION, [TIGHT])]


def _choose_kind(label: re.Match[str], kind: ParagraphKind) -> ParagraphKind:
    named = label["kind"]
    if named is None:
        return kind
    if named not in _KINDS:
        raise ValueError(f"[{named}] is no kind of paragraph; the kinds are {', '.join(_KINDS)}")
    return named  # type: ignore[return-value]  # it is one of them


def _last(drafts: Sequence[_Draft]) -> _Draft:
    if not drafts:
        raise ValueError(f"a line that begins with {GOES_ON} goes on with the line above it, and there is none")
    return drafts[-1]


def _finish(place: Place, drafts: Sequence[_Draft]) -> Iterator[Written]:
    for number, (draft, following) in enumerate(zip_longest(drafts, drafts[1:]), 1):
        try:
            text = _join_text(draft.parts, last=following is None)
        except ValueError as error:
            raise RowError(draft.row, str(error)) from error
        here = Place(chapter=place.chapter, paragraph=place.paragraph, line=number)
        yield Written(row=draft.row, place=here, block=draft.block, speaker=draft.speaker, text=text)


def _join_text(parts: Sequence[str], *, last: bool) -> str:
    shown = "\n".join(parts)
    if len(_BACKSLASHES.search(shown)[0]) % 2:  # type: ignore[index]  # it matches everywhere
        return unescape(shown[:-1])
    return unescape(shown) + ("" if last else " ")
