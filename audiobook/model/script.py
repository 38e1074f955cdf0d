"""A script: every line of the book, and who says it; and what a person decided about that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from audiobook.model.book import Account, Facts, ParagraphKind, count_shares

NARRATOR = "narrator"
DOUBTFUL = 0.5  # below this confidence a speaker is a guess
BY_HAND = "pinned by hand"  # the evidence of a line whose speaker a person decided

LineKind = Literal["narration", "dialogue"]
Style = Literal["said", "thought", "whispered", "shouted"]
Gender = Literal["male", "female"]
Age = Literal["child", "adult", "old"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """The address of a line in the book, for logs, errors and listings; never part of a cache key."""

    chapter: int  # the chapter's number
    paragraph: int  # from 1 within the chapter
    line: int  # from 1 within the paragraph

    def __str__(self) -> str:
        return f"chapter {self.chapter}, paragraph {self.paragraph}, line {self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A stretch of one paragraph with one speaker. The texts of a paragraph's lines, joined, are its text."""

    place: Place
    kind: LineKind
    speaker: str | None  # a character's name, NARRATOR, or None where nobody can say
    text: str  # as it stands in the book, quotation marks and white space included
    start: int | None = None  # offset in the decoded source text; None where the format has none
    end: int | None = None  # exclusive
    confidence: float = 1.0  # how sure the speaker is, 0 to 1
    evidence: str = ""  # why, for a human: "tag: said Holmes"
    block: ParagraphKind = "prose"  # the kind of paragraph the line stands in
    style: Style = "said"  # of dialogue: as its tag has it; thought where the text marks it as words
    runner_up: str | None = None  # whom a guess would fall on next
    pinned: bool = False  # a person decided who speaks: no analysis changes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Somebody who speaks."""

    name: str  # the name a listener would use
    aliases: tuple[str, ...] = ()  # every other form the book uses
    gender: Gender | None = None
    age: Age | None = None
    lines: int = 0  # dialogue lines spoken
    words: int = 0  # words in them
    pinned: bool = False  # a person decided gender and age


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A person's decision that somebody shall go by another name; where somebody has that name, the two are one."""

    name: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanedEdit:
    """A person's decision on a line that the book does not have any more. It is kept: the line may come back."""

    chapter: int  # where the line stood
    paragraph: int
    text: str
    kind: LineKind
    speaker: str | None
    style: Style = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptChapter:
    """A chapter's lines, in reading order."""

    number: int
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Who says what in a whole book.

    Raises ValueError where a line's speaker is neither a character, the narrator nor None, and where a character bears
    a name that was given up.
    """

    facts: Facts
    characters: tuple[Character, ...]  # most words first
    chapters: tuple[ScriptChapter, ...]
    narrator: str | None = None  # the character who tells the story in the first person, where there is one
    source: str | None = None  # the book's file name, for people and for finding its cover again
    renames: tuple[Rename, ...] = ()  # carried out here, and to be carried out by the next analysis
    orphaned_edits: tuple[OrphanedEdit, ...] = ()
    edited: bool = False  # a person changed what it says of its book, who tells it, or what else people are called
    account: Account | None = field(default=None, compare=False, repr=False)  # of its book; None where read from a file

    def __post_init__(self) -> None:
        given_up = new_names(self.renames)
        for character in self.characters:
            if character.name in given_up:
                raise ValueError(f"{character.name!r} was renamed and is still among the characters")
        known = {c.name for c in self.characters} | {NARRATOR, None}
        for line in self.lines():
            if line.speaker not in known:
                raise ValueError(f"{line.place}: the speaker {line.speaker!r} is not among the characters")

    def lines(self) -> Iterator[Line]:
        """Every line of the book in reading order."""
        for chapter in self.chapters:
            yield from chapter.lines


def paragraphs_of(lines: Sequence[Line]) -> Iterator[list[str]]:
    """The texts of the lines of every paragraph; joined, they are the paragraph."""
    for _, own in groupby(lines, key=lambda line: (line.place.chapter, line.place.paragraph)):
        yield [line.text for line in own]


def words_of_lines(lines: Sequence[Line]) -> list[int]:
    """The words that begin in each line; a word that two lines of a paragraph share is the first one's."""
    return [count for texts in paragraphs_of(lines) for count in count_shares(texts)]


def new_names(renames: Sequence[Rename]) -> dict[str, str]:
    """What everybody renamed is called in the end. Raises ValueError where a name is given up twice, or for itself."""
    one_step: dict[str, str] = {}
    for rename in renames:
        if one_step.setdefault(rename.name, rename.becomes) != rename.becomes:
            raise ValueError(f"{rename.name!r} cannot become both {one_step[rename.name]!r} and {rename.becomes!r}")
    final: dict[str, str] = {}
    for name, becomes in one_step.items():
        steps, end = {name: None}, becomes
        while end in one_step and end not in final:
            if end in steps:
                raise ValueError(f"the new names go round in a circle: {end!r} would end as {end!r}")
            steps[end] = None
            end = one_step[end]
        final.update(dict.fromkeys(steps, final.get(end, end)))
    return final
