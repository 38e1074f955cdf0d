"""Group characters that share a voice, and find main characters and conversation partners."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audiobook.casting.config import CastingConfig, SpeakerChoice, VoiceChoice
from audiobook.casting.names import fold, match_speakers
from audiobook.model.script import NARRATOR, Age, Character, Gender, Script, ScriptChapter

MAIN_LINES = 12  # a speaker with this many lines is a main character
_RECENT_SPEAKERS = 3  # a line is assumed to answer this many of the latest speakers


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerGroup:
    """One speaker: a character, or several characters that the voices file joins."""

    key: str  # the name of the first character; the choice of a voice depends on it
    names: tuple[str, ...]  # of all characters in the group
    gender: Gender | None
    age: Age | None
    main: bool
    entrance: int  # the position of their first line among all spoken lines
    speaker: SpeakerChoice | None = None  # their table in the voices file

    @property
    def choice(self) -> VoiceChoice:
        """The voice settings in the voices file."""
        return self.speaker.choice if self.speaker else VoiceChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerGroups:
    """All speakers in the order in which they choose voices, and the pairs who talk to each other.

    Main characters come first, in the order in which they became main characters. The others follow in the order of
    their first lines. Chapters that are added at the end do not change this order, nor the voices that follow from it.
    """

    groups: tuple[SpeakerGroup, ...]
    talks_to: dict[str, frozenset[str]] = field(repr=False)  # group keys
    mains: frozenset[str]  # group keys of the main characters

    def partners(self, group: SpeakerGroup) -> frozenset[str]:
        """The keys of the groups that a group talks to."""
        return self.talks_to.get(group.key, frozenset())


def group_speakers(script: Script, casting_config: CastingConfig) -> SpeakerGroups:
    """Group the characters of a script by the tables of the voices file."""
    tables = match_speakers(script.characters, casting_config.speakers)
    characters_of = _group_characters(script.characters, tables)
    group_of = {character.name: key for key, group in characters_of.items() for character in group}
    heard: dict[
        str, list[int]
    ] = {}  # group key → positions of its lines, up to the line that makes it a main character
    exchanges: set[tuple[str, tuple[str, ...]]] = set()
    at = 0
    for chapter in script.chapters:
        for key, recent in _find_exchanges(chapter, group_of):
            at += 1
            moments = heard.setdefault(key, [])
            if len(moments) < MAIN_LINES:
                moments.append(at)
            exchanges.add((key, recent))
    groups = [_make_group(group, heard.get(key, [at + 1]), tables) for key, group in characters_of.items()]
    groups.sort(key=lambda group: (not group.main, heard[group.key][-1] if group.main else group.entrance, group.key))
    return SpeakerGroups(
        groups=tuple(groups),
        talks_to=_make_symmetric(exchanges),
        mains=frozenset(group.key for group in groups if group.main),
    )


def _group_characters(
    characters: Sequence[Character], tables: Mapping[str, SpeakerChoice]
) -> dict[str, list[Character]]:
    """The characters of each group, by the name of the first."""
    characters_of: dict[str, list[Character]] = {}
    for character in characters:
        table = tables.get(character.name)
        characters_of.setdefault(f"table {table.name}" if table else f"name {fold(character.name)}", []).append(
            character
        )
    return {group[0].name: group for group in characters_of.values()}


def _make_group(group: Sequence[Character], heard: Sequence[int], tables: Mapping[str, SpeakerChoice]) -> SpeakerGroup:
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


def _find_exchanges(chapter: ScriptChapter, group_of: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each line's speaker, and the speakers whom the line may answer: the latest ones in the same scene."""
    recent: tuple[str, ...] = ()
    for line in chapter.lines:
        if line.block == "break":
            recent = ()
        if line.kind != "dialogue" or line.speaker is None or line.speaker == NARRATOR:
            continue
        key = group_of[line.speaker]
        others = tuple(other for other in recent if other != key)
        yield key, others
        recent = (key, *others)[:_RECENT_SPEAKERS]


def _make_symmetric(exchanges: set[tuple[str, tuple[str, ...]]]) -> dict[str, frozenset[str]]:
    partners: dict[str, set[str]] = {}
    for key, others in exchanges:
        partners.setdefault(key, set()).update(others)
        for other in others:
            partners.setdefault(other, set()).add(key)
    return {key: frozenset(others) for key, others in partners.items()}
