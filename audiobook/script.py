"""A script: every line of the book, and who says it. JSON both ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from audiobook.book import Facts, ParagraphKind

NARRATOR = "narrator"
DOUBTFUL = 0.5  # below this confidence a speaker is a guess

LineKind = Literal["narration", "dialogue"]
Manner = Literal["said", "thought"]
Gender = Literal["male", "female"]
Age = Literal["child", "adult", "old"]

FORMAT = "audiobook-script"
FORMAT_VERSION = 1


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
    manner: Manner = "said"  # of dialogue: aloud, or in the speaker's head where the text marks it as words


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """Somebody who speaks."""

    name: str  # the name a listener would use
    aliases: tuple[str, ...] = ()  # every other form the book uses
    gender: Gender | None = None
    age: Age | None = None
    lines: int = 0  # dialogue lines spoken
    words: int = 0  # words in them


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptChapter:
    """A chapter's lines, in reading order."""

    number: int
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Who says what in a whole book.

    Raises ValueError where a line's speaker is neither a character, the narrator nor None.
    """

    facts: Facts
    characters: tuple[Character, ...]  # most words first
    chapters: tuple[ScriptChapter, ...]
    narrator: str | None = None  # the character who tells the story in the first person, where there is one
    source: str | None = None  # the book's file name, for people and for finding its cover again

    def __post_init__(self) -> None:
        known = {c.name for c in self.characters} | {NARRATOR, None}
        for line in self.lines():
            if line.speaker not in known:
                raise ValueError(f"{line.place}: the speaker {line.speaker!r} is not among the characters")

    def lines(self) -> Iterator[Line]:
        """Every line of the book in reading order."""
        for chapter in self.chapters:
            yield from chapter.lines


def script_to_json(script: Script) -> dict[str, Any]:
    """The script as plain JSON values. Line places are given as the paragraph's number; the rest follows from order."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "book": {
            "title": script.facts.title,
            "authors": list(script.facts.authors),
            "language": script.facts.language,
            "source": script.source,
            "narrator": script.narrator,
        },
        "characters": [
            {
                "name": c.name,
                "aliases": list(c.aliases),
                "gender": c.gender,
                "age": c.age,
                "lines": c.lines,
                "words": c.words,
            }
            for c in script.characters
        ],
        "chapters": [
            {"number": c.number, "title": c.title, "lines": [_line_to_json(line) for line in c.lines]}
            for c in script.chapters
        ],
    }


def _line_to_json(line: Line) -> dict[str, Any]:
    manner = {} if line.manner == "said" else {"manner": line.manner}  # rare: left out where it says nothing
    return {
        "kind": line.kind,
        "speaker": line.speaker,
        "text": line.text,
        "start": line.start,
        "end": line.end,
        "confidence": line.confidence,
        "evidence": line.evidence,
        "block": line.block,
        "paragraph": line.place.paragraph,
        **manner,
    }


def script_from_json(data: Mapping[str, Any]) -> Script:
    """The script that `script_to_json` wrote, or a person edited.

    A speaker who is not among the characters is added as one. Raises ValueError, KeyError or TypeError where the
    data is no script; the reader of the file words that for the user.
    """
    if data.get("version", FORMAT_VERSION) != FORMAT_VERSION:
        raise ValueError(f"this script has format version {data['version']}; {FORMAT_VERSION} is understood")
    book = data["book"]
    chapters = tuple(_chapter_from_json(number, c) for number, c in enumerate(data["chapters"], 1))
    characters = [_character_from_json(c) for c in data.get("characters", ())]
    known = {c.name for c in characters} | {NARRATOR, None}
    for chapter in chapters:
        for line in chapter.lines:
            if line.speaker not in known:
                known.add(line.speaker)
                characters.append(Character(name=str(line.speaker)))
    return Script(
        facts=Facts(
            title=str(book["title"]),
            authors=tuple(_text(author, "an author") for author in book.get("authors", ())),
            language=_text(book.get("language") or "en", "language"),
        ),
        characters=tuple(characters),
        chapters=chapters,
        narrator=book.get("narrator"),
        source=book.get("source"),
    )


def _character_from_json(data: Mapping[str, Any]) -> Character:
    return Character(
        name=str(data["name"]),
        aliases=tuple(str(a) for a in data.get("aliases", ())),
        gender=_one_of(data.get("gender"), ("male", "female"), "gender"),
        age=_one_of(data.get("age"), ("child", "adult", "old"), "age"),
        lines=int(data.get("lines", 0)),
        words=int(data.get("words", 0)),
    )


def _chapter_from_json(number: int, data: Mapping[str, Any]) -> ScriptChapter:
    number = int(data.get("number", number))
    lines: list[Line] = []
    for item in data["lines"]:
        paragraph = int(item.get("paragraph", lines[-1].place.paragraph if lines else 1))
        within = lines[-1].place.line + 1 if lines and lines[-1].place.paragraph == paragraph else 1
        lines.append(_line_from_json(item, Place(chapter=number, paragraph=paragraph, line=within)))
    return ScriptChapter(number=number, title=str(data["title"]), lines=tuple(lines))


def _line_from_json(data: Mapping[str, Any], place: Place) -> Line:
    kind = _one_of(data["kind"] or "", ("narration", "dialogue"), "kind")
    speaker = data.get("speaker", NARRATOR if kind == "narration" else None)
    if not (speaker is None or (isinstance(speaker, str) and speaker.strip())):
        raise TypeError(f"a speaker is a name, or null where nobody knows, not {speaker!r}")
    block = _one_of(data.get("block", "prose"), ("prose", "heading", "verse", "letter", "break", "note"), "block")
    manner = _one_of(data.get("manner"), ("said", "thought"), "manner")
    return Line(
        place=place,
        kind=kind,
        speaker=speaker,
        text=_text(data["text"], "text"),
        start=_offset(data.get("start"), "start"),
        end=_offset(data.get("end"), "end"),
        confidence=_confidence(data.get("confidence", 1.0)),
        evidence=str(data.get("evidence", "")),
        block=block or "prose",
        manner=manner or "said",
    )


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{what} is text in quotes, not {value!r}")
    return value


def _offset(value: Any, what: str) -> int | None:
    if value is not None and (type(value) is not int or value < 0):
        raise TypeError(f"{what} is a whole number from 0, or null, not {value!r}")
    return value


def _confidence(value: Any) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:  # which NaN is not either
        raise TypeError(f"confidence is a number from 0 to 1, not {value!r}")
    return float(value)


def _one_of(value: Any, allowed: tuple[str, ...], what: str) -> Any:
    if value is not None and value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(allowed)}, not {value!r}")
    return value
