"""A script: every line of the book with its speaker, and the edits of the user."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from audiobook.model.book import Account, Facts, ParagraphKind, count_shares

NARRATOR = "narrator"
DOUBTFUL = 0.5  # below this confidence a speaker is a guess
BY_HAND = "pinned by hand"  # the evidence of a line whose speaker the user set

LineKind = Literal["narration", "dialogue"]
Style = Literal["said", "thought", "whispered", "shouted"]
Gender = Literal["male", "female"]
Age = Literal["child", "adult", "old"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """The address of a line in the book, for messages and listings; never part of a cache key."""

    chapter: int  # number of the chapter
    paragraph: int  # from 1 within the chapter
    line: int  # from 1 within the paragraph

    def __str__(self) -> str:
        return f"chapter {self.chapter}, paragraph {self.paragraph}, line {self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part of one paragraph with one speaker. The joined texts of all lines are the text of the paragraph."""

    place: Place
    kind: LineKind
    speaker: str | None  # the name of a character, NARRATOR, or None if unknown
    text: str  # as in the book, with quotation marks and white space
    start: int | None = None  # offset in the decoded source text; None if the format has no offsets
    end: int | None = None  # exclusive
    confidence: float = 1.0  # confidence of the speaker, 0 to 1
    evidence: str = ""  # the reason for the speaker, for people: "tag: said Holmes"
    block: ParagraphKind = "prose"  # the kind of the paragraph
    style: Style = "said"  # of dialogue, from its speech tag; "thought" if the text marks it as a thought
    runner_up: str | None = None  # the second most likely speaker
    pinned: bool = False  # the user set the speaker; an analysis does not change it
    language: str = ""  # BCP 47, if the paragraph is in another language than the book; else empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """A character who speaks."""

    name: str  # the most usual name
    aliases: tuple[str, ...] = ()  # all other names in the book
    gender: Gender | None = None
    age: Age | None = None
    lines: int = 0  # dialogue lines spoken
    words: int = 0  # words in them
    pinned: bool = False  # the user set gender and age


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """An edit that renames a character. If another character has the new name, the two are merged."""

    name: str
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrphanedEdit:
    """An edit of a line that is no longer in the book. It is kept because the line may come back."""

    chapter: int  # where the line was
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
    """All lines of a book with their speakers.

    Raises ValueError if the speaker of a line is neither a character, the narrator nor None, or if a renamed character
    is still listed under the old name.
    """

    facts: Facts
    characters: tuple[Character, ...]  # most words first
    chapters: tuple[ScriptChapter, ...]
    narrator: str | None = None  # the character who is the first-person narrator, if there is one
    source: str | None = None  # file name of the book, for people and to find its cover
    renames: tuple[Rename, ...] = ()  # already applied; the next analysis applies them again
    orphaned_edits: tuple[OrphanedEdit, ...] = ()
    edited: bool = False  # the user changed the facts, the narrator or aliases
    account: Account | None = field(default=None, compare=False, repr=False)  # of its book; None if read from a file

    def __post_init__(self) -> None:
        given_up = new_names(self.renames)
        for character in self.characters:
            if character.name in given_up:
                raise ValueError(f"{character.name!r} was renamed and is still among the characters")
        known = {c.name for c in self.characters} | {NARRATOR, None}
        for line in self.lines():
            if line.speaker not in known:
                raise ValueError(f"{line.place}: the speaker {line.speaker!r} is not among the characters")

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know about the files of the book, in sentences."""
        return self.account.notices if self.account else ()

    def lines(self) -> Iterator[Line]:
        """Every line of the book in reading order."""
        for chapter in self.chapters:
            yield from chapter.lines


def paragraphs_of(lines: Sequence[Line]) -> Iterator[list[str]]:
    """The texts of the lines of each paragraph. Joined, they are the text of the paragraph."""
    for _, own in groupby(lines, key=lambda line: (line.place.chapter, line.place.paragraph)):
        yield [line.text for line in own]


def words_of_lines(lines: Sequence[Line]) -> list[int]:
    """The number of words that begin in each line. A word that spans two lines counts for the first."""
    return [count for texts in paragraphs_of(lines) for count in count_shares(texts)]


def new_names(renames: Sequence[Rename]) -> dict[str, str]:
    """The final name of each renamed character. Raises ValueError for contradicting or circular renames."""
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
