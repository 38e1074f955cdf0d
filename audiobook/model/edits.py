"""Script edits: speakers set by the user, characters merged or renamed, genders and ages set."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from audiobook.model.book import Facts
from audiobook.model.script import (
    BY_HAND,
    NARRATOR,
    Character,
    Line,
    LineKind,
    Rename,
    ScriptChapter,
    Style,
    new_names,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEdit:
    """An edit of one line: its speaker, or that it is narration."""

    chapter: int  # number of the chapter
    paragraph: int  # from 1 within the chapter
    start: int  # offset in the paragraph's text
    end: int  # exclusive
    kind: LineKind
    speaker: str | None  # None: unknown
    style: Style = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptEdits:
    """All edits that an analysis must apply."""

    renames: tuple[Rename, ...] = ()
    people: tuple[Character, ...] = ()  # characters whose gender and age the user set
    line_edits: tuple[LineEdit, ...] = ()  # in the order of the book; they do not overlap


NO_EDITS = ScriptEdits()


def checksum(*texts: str) -> int:
    """A checksum by which texts are recognised."""
    return zlib.crc32("\0".join(texts).encode("utf-8", "surrogatepass"))


def head_checksum(facts: Facts, narrator: str | None, characters: Iterable[Character]) -> int:
    """A checksum of the facts of a book, its narrator and all names."""
    names = (name for character in characters for name in (character.name, *character.aliases))
    return checksum(facts.title, *facts.authors, facts.language, narrator or "", *names)


def mark_decided(line: Line) -> Line:
    """Mark the speaker of a line as decided by the user."""
    return replace(line, pinned=True, confidence=1.0, evidence=BY_HAND, runner_up=None)


@dataclass(frozen=True, slots=True)
class MergedEdits:
    """The characters and lines of an edited script, with all renames and merges applied."""

    characters: tuple[Character, ...]
    chapters: tuple[ScriptChapter, ...]
    narrator: str | None
    renames: tuple[Rename, ...]  # the requested ones, and those that follow from aliases

    @classmethod
    def of(
        cls,
        characters: Iterable[Character],
        chapters: Sequence[ScriptChapter],
        narrator: str | None,
        renames: Sequence[Rename],
    ) -> "MergedEdits":
        """Apply renames. Unknown speakers are added as characters; an alias stands for its character.

        Raises ValueError if the renames contradict each other.
        """
        people = _merge_characters(characters, new_names(renames))
        known = {NARRATOR, *people, *(rename.name for rename in renames)}
        by_alias = _unique_names(people)
        aliases = {alias for character in people.values() for alias in character.aliases}
        chosen = {line.speaker for chapter in chapters for line in chapter.lines if not line.pinned}
        taken_in = sorted(alias for alias in aliases & chosen - known if alias.casefold() in by_alias)
        renames = (*renames, *(Rename(name=name, becomes=by_alias[name.casefold()]) for name in taken_in))
        new = _Names(new_names(renames), people, by_alias)
        renamed = tuple(_rename_in_chapter(chapter, new) for chapter in chapters)
        for line in (line for chapter in renamed for line in chapter.lines):
            if line.speaker is not None and line.speaker != NARRATOR and line.speaker not in people:
                people[line.speaker] = Character(name=line.speaker)
        if narrator is None and NARRATOR in new.final:
            narrator = NARRATOR
        return cls(tuple(people.values()), renamed, None if narrator is None else new.of(narrator), renames)


def _merge_characters(characters: Iterable[Character], final: Mapping[str, str]) -> dict[str, Character]:
    """The characters by their final names. Characters with the same name are merged."""
    people: dict[str, Character] = {}
    for character in characters:
        name = final.get(character.name, character.name)
        if name != NARRATOR:
            called = character if name == character.name else _rename_character(character, name)
            people[name] = _join_characters(people[name], called) if name in people else called
    return people


def _rename_character(character: Character, name: str) -> Character:
    aliases = dict.fromkeys((character.name, *character.aliases))
    return replace(character, name=name, aliases=tuple(alias for alias in aliases if alias != name))


def _join_characters(one: Character, other: Character) -> Character:
    lead, rest = (one, other) if one.pinned or not other.pinned else (other, one)
    return Character(
        name=one.name,
        aliases=tuple(a for a in dict.fromkeys((*one.aliases, *other.aliases)) if a != one.name),
        gender=lead.gender if lead.pinned else lead.gender or rest.gender,
        age=lead.age if lead.pinned else lead.age or rest.age,
        lines=one.lines + other.lines,
        words=one.words + other.words,
        pinned=lead.pinned,
    )


def _unique_names(people: Mapping[str, Character]) -> dict[str, str]:
    """The character of each name or alias, ignoring case, if only one character has it."""
    bearers: dict[str, set[str]] = {NARRATOR: {NARRATOR}}
    for character in people.values():
        for name in (character.name, *character.aliases):
            bearers.setdefault(name.casefold(), set()).add(character.name)
    return {name: min(names) for name, names in bearers.items() if len(names) == 1}


@dataclass(frozen=True, slots=True)
class _Names:
    """Resolves names to the final names of characters."""

    final: Mapping[str, str]  # new names by old names
    people: Mapping[str, Character]
    by_alias: Mapping[str, str]  # character names by alias, in casefold form

    def of(self, name: str) -> str:
        name = self.final.get(name, name)
        return name if name in self.people else self.by_alias.get(name.casefold(), name)


def _rename_in_chapter(chapter: ScriptChapter, new: _Names) -> ScriptChapter:
    return replace(chapter, lines=tuple(_rename_in_line(line, new) for line in chapter.lines))


def _rename_in_line(line: Line, new: _Names) -> Line:
    speaker, runner_up = line.speaker, line.runner_up
    if speaker is not None and (speaker != NARRATOR or line.kind == "dialogue"):
        speaker = new.of(speaker)
    if runner_up is not None:
        runner_up = new.final.get(runner_up, runner_up)
    if (speaker, runner_up) == (line.speaker, line.runner_up):
        return line
    return replace(line, speaker=speaker, runner_up=None if runner_up == speaker else runner_up)
