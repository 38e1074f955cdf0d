"""Whom a name in a voices file means among the speakers of a book."""

from collections.abc import Iterable, Mapping

from audiobook.casting.direction import Direction, SpeakerChoice
from audiobook.script import Character, Script


def fold(name: str) -> str:
    """A name without what nobody looks at: capitals, doubled spaces, the shape of an apostrophe."""
    return " ".join(name.replace("’", "'").split()).casefold()


def matched(characters: Iterable[Character], speakers: Iterable[SpeakerChoice]) -> Mapping[str, SpeakerChoice]:
    """The table that speaks of each character, by the character's name.

    A name or alias in the file means the character of that name; where there is none, the most talkative one (the
    first) whom the book also calls so. Where two tables mean one character the one with the character's own name
    counts, then the earlier.
    """
    characters = tuple(characters)
    by_name: dict[str, list[str]] = {}
    by_alias: dict[str, str] = {}
    for character in characters:
        by_name.setdefault(fold(character.name), []).append(character.name)
        for alias in character.aliases:
            by_alias.setdefault(fold(alias), character.name)
    found: dict[str, SpeakerChoice] = {}
    called: dict[str, SpeakerChoice] = {}
    for speaker in speakers:
        for name in dict.fromkeys(fold(n) for n in (speaker.name, *speaker.aliases)):
            for own in by_name.get(name, ()):
                found.setdefault(own, speaker)
            if name not in by_name and name in by_alias:
                called.setdefault(by_alias[name], speaker)
    return called | found


def unused_speakers(script: Script, direction: Direction) -> tuple[str, ...]:
    """The tables of the voices file that speak of nobody in this book, in the file's order."""
    used = {speaker.name for speaker in matched(script.characters, direction.speakers).values()}
    return tuple(speaker.name for speaker in direction.speakers if speaker.name not in used)
