"""Fake voices, and scripts written as a few lines of text."""

import re
from collections.abc import Sequence

from audiobook.model.book import Facts
from audiobook.model.cast import VoiceFacts
from audiobook.model.script import NARRATOR, Age, Character, Gender, Line, Place, Script, ScriptChapter

ENGINES = ("pyttsx3", "tone")
GENDERS: tuple[Gender, ...] = ("female", "male")


def voice(name: str, gender: Gender | None, rank: int, language: str = "en-GB", age: Age = "adult") -> VoiceFacts:
    return VoiceFacts(engine="pyttsx3", name=name, language=language, gender=gender, age=age, rank=rank)


FEW = (
    voice("Ada", "female", 0),
    voice("Ben", "male", 1),
    voice("Cleo", "female", 2),
    voice("Dan", "male", 3),
    voice("Eve", "female", 4, "en-US"),
    voice("Fred", "male", 5, "en-US"),
    voice("Gwen", "female", 6),
    voice("Hal", "male", 7),
    voice("Nana", "female", 8, age="old"),
    voice("Kit", "male", 9, age="child"),
    voice("Jutta", "female", 0, "de-DE"),
    voice("Karl", "male", 1, "de-DE"),
    VoiceFacts(engine="tone", name="low", language="en", gender="male"),
    VoiceFacts(engine="tone", name="high", language="en", gender="female"),
)
MANY = tuple(
    voice(f"{accent}+{gender}{number}", gender, number + 100 * region, accent)
    for region, accent in enumerate(("en-US", "en-GB"))
    for gender in GENDERS
    for number in range(16)
)


def list_voices(engine: str) -> Sequence[VoiceFacts]:
    return [facts for facts in FEW if facts.engine == engine]


_HEAD = re.compile(r"(?P<name>[^()=]+?)(?: \((?P<traits>[^)]*)\))?(?: = (?P<aliases>.+))?")


def script_from(sketch: str) -> Script:
    """A script from a sketch.

        Emma (female child) = Miss Woodhouse, Em      who there is
        --                                            the book begins
        Emma: Good morning.                           a spoken line (?: of nobody knows whom)
        > The rain fell.                              narration
        ***                                           a scene break
        # Two                                         a new chapter
    `narrator: Emma` and `language: de` above the dashes say so of the book.
    """
    head, _, body = sketch.strip().partition("\n--\n")
    facts: dict[str, str] = {}
    characters: list[Character] = []
    for line in head.splitlines():
        if line.startswith(("narrator: ", "language: ")):
            key, _, facts[key] = line.partition(": ")
        elif match := _HEAD.fullmatch(line):
            characters.append(_character(match["name"], (match["traits"] or "").split(), match["aliases"] or ""))
    chapters: list[list[Line]] = [[]]
    for text in body.splitlines():
        if text.startswith("# "):
            chapters.append([])
        else:
            chapters[-1].append(_line(text, Place(chapter=len(chapters), paragraph=len(chapters[-1]) + 1, line=1)))
    return Script(
        facts=Facts(title="A sketch", language=facts.get("language", "en")),
        characters=tuple(characters),
        chapters=tuple(
            ScriptChapter(number=n, title=str(n), lines=tuple(lines)) for n, lines in enumerate(chapters, 1) if lines
        ),
        narrator=facts.get("narrator"),
    )


def _character(name: str, traits: list[str], aliases: str) -> Character:
    ages: tuple[Age, ...] = ("child", "adult", "old")
    return Character(
        name=name,
        aliases=tuple(filter(None, aliases.split(", "))),
        gender=next((g for g in GENDERS if g in traits), None),
        age=next((a for a in ages if a in traits), None),
    )


def _line(text: str, place: Place) -> Line:
    if text == "***":
        return Line(place=place, kind="narration", speaker=NARRATOR, text=text, block="break")
    if text.startswith("> "):
        return Line(place=place, kind="narration", speaker=NARRATOR, text=text[2:])
    speaker, _, said = text.partition(": ")
    return Line(place=place, kind="dialogue", speaker=None if speaker == "?" else speaker, text=said, confidence=0.9)
