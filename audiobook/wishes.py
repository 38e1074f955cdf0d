"""What a person decided about a script: speakers pinned, people joined or renamed, genders and ages set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from audiobook.script import (
    BY_HAND,
    NARRATOR,
    Character,
    Line,
    LineKind,
    Manner,
    Rename,
    ScriptChapter,
    new_names,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A person's decision on a stretch of the book: who says it, or that it is narration."""

    chapter: int  # the chapter's number
    paragraph: int  # from 1 within the chapter
    start: int  # offset in the paragraph's text
    end: int  # exclusive
    kind: LineKind
    speaker: str | None  # None: nobody can say
    manner: Manner = "said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """All that an analysis has to keep to."""

    renames: tuple[Rename, ...] = ()
    people: tuple[Character, ...] = ()  # those whose gender and age are settled
    pins: tuple[Pin, ...] = ()  # in the order of the book, disjoint


NO_WISHES = Wishes()


def decided(line: Line) -> Line:
    """The line as one whose speaker a person decided."""
    return replace(line, pinned=True, confidence=1.0, evidence=BY_HAND, runner_up=None)


@dataclass(frozen=True, slots=True)
class Company:
    """The people and the lines of a script that a person edited, made to agree with each other."""

    characters: tuple[Character, ...]
    chapters: tuple[ScriptChapter, ...]
    narrator: str | None

    @classmethod
    def of(
        cls,
        characters: Iterable[Character],
        chapters: Sequence[ScriptChapter],
        narrator: str | None,
        renames: Sequence[Rename],
    ) -> "Company":
        """Everybody under their last name; a speaker nobody heard of is added, one known by another name is that one.

        Raises ValueError where the renames contradict each other.
        """
        final = new_names(renames)
        people = _merged(characters, final)
        meant = _by_alias(people)
        calling = {name: meant.get(new, new) if new not in people else new for name, new in final.items()}
        renamed = tuple(_recast(chapter, people, calling, meant) for chapter in chapters)
        for line in (line for chapter in renamed for line in chapter.lines):
            if line.speaker is not None and line.speaker != NARRATOR and line.speaker not in people:
                people[line.speaker] = Character(name=line.speaker)
        if narrator is None and NARRATOR in final:
            narrator = NARRATOR
        return cls(tuple(people.values()), renamed, None if narrator is None else final.get(narrator, narrator))


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


def _by_alias(people: Mapping[str, Character]) -> dict[str, str]:
    """Whom each other name means that only one character has."""
    bearers: dict[str, set[str]] = {}
    for character in people.values():
        for alias in character.aliases:
            bearers.setdefault(alias, set()).add(character.name)
    return {alias: min(names) for alias, names in bearers.items() if len(names) == 1 and alias not in people}


def _recast(
    chapter: ScriptChapter, people: Mapping[str, Character], final: Mapping[str, str], meant: Mapping[str, str]
) -> ScriptChapter:
    lines = tuple(_respoken(line, people, final, meant) for line in chapter.lines)
    return replace(chapter, lines=lines)


def _respoken(line: Line, people: Mapping[str, Character], final: Mapping[str, str], meant: Mapping[str, str]) -> Line:
    speaker, runner_up = line.speaker, line.runner_up
    if speaker is not None and (speaker != NARRATOR or line.kind == "dialogue"):
        speaker = final.get(speaker, speaker if speaker in people else meant.get(speaker, speaker))
    if runner_up is not None:
        runner_up = final.get(runner_up, runner_up)
    if (speaker, runner_up) == (line.speaker, line.runner_up):
        return line
    return replace(line, speaker=speaker, runner_up=None if runner_up == speaker else runner_up)
