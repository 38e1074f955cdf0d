"""What a person decided about a script: speakers pinned, people joined or renamed, genders and ages set."""

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
    """A person's decision on a stretch of the book: who says it, or that it is narration."""

    chapter: int  # the chapter's number
    paragraph: int  # from 1 within the chapter
    start: int  # offset in the paragraph's text
    end: int  # exclusive
    kind: LineKind
    speaker: str | None  # None: nobody can say
    style: Style = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptEdits:
    """All that an analysis has to keep to."""

    renames: tuple[Rename, ...] = ()
    people: tuple[Character, ...] = ()  # those whose gender and age are settled
    line_edits: tuple[LineEdit, ...] = ()  # in the order of the book, disjoint


NO_EDITS = ScriptEdits()


def checksum(*texts: str) -> int:
    """A number by which texts are known again."""
    return zlib.crc32("\0".join(texts).encode("utf-8", "surrogatepass"))


def head_check(facts: Facts, narrator: str | None, characters: Iterable[Character]) -> int:
    """A number by which all is known again that a script says of its book, and of what everybody is called."""
    names = (name for character in characters for name in (character.name, *character.aliases))
    return checksum(facts.title, *facts.authors, facts.language, narrator or "", *names)


def decided(line: Line) -> Line:
    """The line as one whose speaker a person decided."""
    return replace(line, pinned=True, confidence=1.0, evidence=BY_HAND, runner_up=None)


@dataclass(frozen=True, slots=True)
class MergedEdits:
    """The people and the lines of a script that a person edited, made to agree with each other."""

    characters: tuple[Character, ...]
    chapters: tuple[ScriptChapter, ...]
    narrator: str | None
    renames: tuple[Rename, ...]  # those asked for, and whoever became somebody's other name

    @classmethod
    def of(
        cls,
        characters: Iterable[Character],
        chapters: Sequence[ScriptChapter],
        narrator: str | None,
        renames: Sequence[Rename],
    ) -> "MergedEdits":
        """Everybody under their last name; a speaker nobody heard of is added, one known by another name is that one.

        Raises ValueError where the renames contradict each other.
        """
        people = _merged(characters, new_names(renames))
        known = {NARRATOR, *people, *(rename.name for rename in renames)}
        meant = _meant(people)
        aliases = {alias for character in people.values() for alias in character.aliases}
        chosen = {line.speaker for chapter in chapters for line in chapter.lines if not line.pinned}
        taken_in = sorted(alias for alias in aliases & chosen - known if alias.casefold() in meant)
        renames = (*renames, *(Rename(name=name, becomes=meant[name.casefold()]) for name in taken_in))
        calling = _Calling(new_names(renames), people, meant)
        renamed = tuple(_recast(chapter, calling) for chapter in chapters)
        for line in (line for chapter in renamed for line in chapter.lines):
            if line.speaker is not None and line.speaker != NARRATOR and line.speaker not in people:
                people[line.speaker] = Character(name=line.speaker)
        if narrator is None and NARRATOR in calling.final:
            narrator = NARRATOR
        return cls(tuple(people.values()), renamed, None if narrator is None else calling.of(narrator), renames)


def _merged(characters: Iterable[Character], final: Mapping[str, str]) -> dict[str, Character]:
    """The characters by their last names, those of one name made one."""
    people: dict[str, Character] = {}
    for character in characters:
        name = final.get(character.name, character.name)
        if name != NARRATOR:
            called = character if name == character.name else _called(character, name)
            people[name] = _joined(people[name], called) if name in people else called
    return people


def _called(character: Character, name: str) -> Character:
    aliases = dict.fromkeys((character.name, *character.aliases))
    return replace(character, name=name, aliases=tuple(alias for alias in aliases if alias != name))


def _joined(one: Character, other: Character) -> Character:
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


def _meant(people: Mapping[str, Character]) -> dict[str, str]:
    """Whom each other name means that only one character has; so does a name in other letters, capital or small."""
    bearers: dict[str, set[str]] = {NARRATOR: {NARRATOR}}
    for character in people.values():
        for name in (character.name, *character.aliases):
            bearers.setdefault(name.casefold(), set()).add(character.name)
    return {name: min(names) for name, names in bearers.items() if len(names) == 1}


@dataclass(frozen=True, slots=True)
class _Calling:
    """What everybody is called in the end."""

    final: Mapping[str, str]  # whoever was renamed
    people: Mapping[str, Character]
    meant: Mapping[str, str]  # whom other names mean

    def of(self, name: str) -> str:
        name = self.final.get(name, name)
        return name if name in self.people else self.meant.get(name.casefold(), name)


def _recast(chapter: ScriptChapter, calling: _Calling) -> ScriptChapter:
    return replace(chapter, lines=tuple(_respoken(line, calling) for line in chapter.lines))


def _respoken(line: Line, calling: _Calling) -> Line:
    speaker, runner_up = line.speaker, line.runner_up
    if speaker is not None and (speaker != NARRATOR or line.kind == "dialogue"):
        speaker = calling.of(speaker)
    if runner_up is not None:
        runner_up = calling.final.get(runner_up, runner_up)
    if (speaker, runner_up) == (line.speaker, line.runner_up):
        return line
    return replace(line, speaker=speaker, runner_up=None if runner_up == speaker else runner_up)
