"""A chapter in the text form of a script: blocks of lines, each with who is written in front of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import get_args

from audiobook.book import ParagraphKind
from audiobook.reading.scripts.speakers import Speaker, read_speaker
from audiobook.script import NARRATOR, Place
from audiobook.script_signs import GOES_ON, TIGHT, plain

_LABEL = re.compile(r"\[(?:paragraph (?P<number>\d{1,9})|(?P<kind>\w+))\]")
_KINDS: tuple[str, ...] = get_args(ParagraphKind)
_NARRATION = Speaker(NARRATOR, "narration", "", "said")
_BACKSLASHES = re.compile(r"\\*$")

Row = tuple[int, str]  # a line of the file: its number, and what it says, without white space at its end


class RowError(Exception):
    """A line of the file that cannot be understood; worded for the user by whoever knows the file's name."""

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


def written_lines(chapter: int, rows: Sequence[Row]) -> Iterator[Written]:
    """The lines of a chapter, in order. Raises RowError."""
    paragraph = 0
    for blank, block in groupby(rows, key=lambda row: not row[1]):
        if not blank:
            paragraph, drafts = _drafts(paragraph + 1, list(block))
            yield from _finished(Place(chapter=chapter, paragraph=paragraph, line=1), drafts)


def _drafts(paragraph: int, rows: Sequence[Row]) -> tuple[int, list[_Draft]]:
    """The number of a paragraph, and its lines."""
    kind: ParagraphKind = "prose"
    drafts: list[_Draft] = []
    for row, text in rows:
        try:
            if (label := _LABEL.fullmatch(text)) is not None:
                kind = _kind(label, kind)
                paragraph = int(label["number"] or paragraph)
            elif text.startswith(GOES_ON):
                _last(drafts).parts.append(text[1:].removeprefix(" "))
            else:
                speaker, said = (_NARRATION, text.lstrip()) if text[0].isspace() else read_speaker(text)
                drafts.append(_Draft(row, kind, speaker, [said]))
        except ValueError as error:
            raise RowError(row, str(error)) from error
    return paragraph, drafts or [_Draft(rows[0][0], kind, _NARRATION, [TIGHT])]


def _kind(label: re.Match[str], kind: ParagraphKind) -> ParagraphKind:
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


def _finished(place: Place, drafts: Sequence[_Draft]) -> Iterator[Written]:
    for number, (draft, following) in enumerate(zip_longest(drafts, drafts[1:]), 1):
        try:
            text = _text(draft.parts, last=following is None)
        except ValueError as error:
            raise RowError(draft.row, str(error)) from error
        here = Place(chapter=place.chapter, paragraph=place.paragraph, line=number)
        yield Written(row=draft.row, place=here, block=draft.block, speaker=draft.speaker, text=text)


def _text(parts: Sequence[str], *, last: bool) -> str:
    shown = "\n".join(parts)
    if len(_BACKSLASHES.search(shown)[0]) % 2:  # type: ignore[index]  # it matches everywhere
        return plain(shown[:-1])
    return plain(shown) + ("" if last else " ")
