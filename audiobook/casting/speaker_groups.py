"""The company of a script: who counts as one speaker, who matters, and who talks to whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook.casting.config import CastingConfig, SpeakerChoice, VoiceChoice
from audiobook.casting.names import fold, matched
from audiobook.model.script import NARRATOR, Age, Character, Gender, Script, ScriptChapter

MAIN_LINES = 12  # whoever says so many lines is a main character
_CIRCLE = 3  # speakers heard most recently that a line is taken to answer


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerGroup:
    """One speaker: a character, or several that the voices file calls one."""

    key: str  # what the choice of the voice hangs on: the name of the first of the characters
    names: tuple[str, ...]  # of the characters
    gender: Gender | None
    age: Age | None
    main: bool
    entrance: int  # the place of their first line among all that are spoken
    speaker: SpeakerChoice | None = None  # the table in the voices file

    @property
    def choice(self) -> VoiceChoice:
        """What the voices file says about the voice."""
        return self.speaker.choice if self.speaker else VoiceChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerGroups:
    """Everybody who speaks, in the order in which they choose their voices, and the pairs who talk to each other.

    The main characters come first, by the moment they became so, then the others by their first words. Neither order
    changes for those who are in it when a chapter is added at the end, so neither do their voices.
    """

    groups: tuple[SpeakerGroup, ...]
    talks_to: dict[str, frozenset[str]] = field(repr=False)  # keys of members
    mains: frozenset[str]  # the keys of the main characters

    def partners(self, group: SpeakerGroup) -> frozenset[str]:
        """The keys of those whom a member talks to."""
        return self.talks_to.get(group.key, frozenset())


def group_speakers(script: Script, casting_config: CastingConfig) -> SpeakerGroups:
    """The company of a script, with the voices file's tables joined to the characters they speak of."""
    tables = matched(script.characters, casting_config.speakers)
    characters_of = _group_characters(script.characters, tables)
    group_of = {character.name: key for key, group in characters_of.items() for character in group}
    heard: dict[str, list[int]] = {}  # key → where they speak, up to the line that makes them a main character
    circles: set[tuple[str, tuple[str, ...]]] = set()
    at = 0
    for chapter in script.chapters:
        for key, circle in _conversations(chapter, group_of):
            at += 1
            moments = heard.setdefault(key, [])
            if len(moments) < MAIN_LINES:
                moments.append(at)
            circles.add((key, circle))
    groups = [_speaker_group(group, heard.get(key, [at + 1]), tables) for key, group in characters_of.items()]
    groups.sort(key=lambda m: (not m.main, heard[m.key][-1] if m.main else m.entrance, m.key))
    return SpeakerGroups(
        groups=tuple(groups),
        talks_to=_both_ways(circles),
        mains=frozenset(group.key for group in groups if group.main),
    )


def _group_characters(
    characters: Sequence[Character], tables: Mapping[str, SpeakerChoice]
) -> dict[str, list[Character]]:
    """The characters by whom they are, under the name of the first of each."""
    characters_of: dict[str, list[Character]] = {}
    for character in characters:
        table = tables.get(character.name)
        characters_of.setdefault(f"table {table.name}" if table else f"name {fold(character.name)}", []).append(
            character
        )
    return {group[0].name: group for group in characters_of.values()}


def _speaker_group(
    group: Sequence[Character], heard: Sequence[int], tables: Mapping[str, SpeakerChoice]
) -> SpeakerGroup:
    table = tables.get(group[0].name)
    choice = table.choice if table else VoiceChoice()
    return SpeakerGroup(
        key=group[0].name,
        names=tuple(character.name for character in group),
        gender=choice.gender or next((c.gender for c in group if c.gender), None),
        age=choice.age or next((c.age for c in group if c.age), None),
        main=len(heard) >= MAIN_LINES,
        entrance=heard[0],
        speaker=table,
    )


def _conversations(chapter: ScriptChapter, group_of: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each spoken line's speaker, and those whom it may answer: the last few heard in the same scene."""
    recent: tuple[str, ...] = ()
    for line in chapter.lines:
        if line.block == "break":
            recent = ()
        if line.kind != "dialogue" or line.speaker is None or line.speaker == NARRATOR:
            continue
        key = group_of[line.speaker]
        others = tuple(other for other in recent if other != key)
        yield key, others
        recent = (key, *others)[:_CIRCLE]


def _both_ways(circles: set[tuple[str, tuple[str, ...]]]) -> dict[str, frozenset[str]]:
    met: dict[str, set[str]] = {}
    for key, others in circles:
        met.setdefault(key, set()).update(others)
        for other in others:
            met.setdefault(other, set()).add(key)
    return {key: frozenset(others) for key, others in met.items()}
