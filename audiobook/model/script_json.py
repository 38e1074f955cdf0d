"""Convert a script to JSON values and back.

Each line has its `speaker` and the program's choice, `guess`. If they differ, the user has edited the speaker.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

from audiobook.model.book import Facts
from audiobook.model.edits import MergedEdits, checksum, head_checksum, mark_decided
from audiobook.model.script import NARRATOR, Character, Line, OrphanedEdit, Place, Rename, Script, ScriptChapter, Style

FORMAT = "audiobook-script"
FORMAT_VERSION = 1


def script_to_json(script: Script) -> dict[str, Any]:
    """The script as plain JSON values. Lines have the number of their paragraph; the order gives the rest."""
    return _head_to_json(script) | {"chapters": [_chapter_to_json(chapter) for chapter in script.chapters]}


def is_exactly(data: Mapping[str, Any], script: Script) -> bool:
    """Whether the JSON values are exactly those that `script_to_json` returns for this script."""
    chapters = data.get("chapters")
    if not isinstance(chapters, list) or {**data, "chapters": None} != _head_to_json(script) | {"chapters": None}:
        return False
    return len(chapters) == len(script.chapters) and all(
        found == _chapter_to_json(chapter) for found, chapter in zip(chapters, script.chapters, strict=True)
    )


def _head_to_json(script: Script) -> dict[str, Any]:
    """Everything except the chapters."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "book": {
            "title": script.facts.title,
            "authors": list(script.facts.authors),
            "language": script.facts.language,
            **({"stated_language": script.facts.stated_language} if script.facts.stated_language else {}),
            "source": script.source,
            "narrator": script.narrator,
        },
        "characters": [_character_to_json(c) for c in script.characters],
        **({"renamed": {r.name: r.becomes for r in script.renames}} if script.renames else {}),
        **({"strays": [_orphan_to_json(s) for s in script.orphaned_edits]} if script.orphaned_edits else {}),
        "check": {
            "choices": _checksum_of(line.speaker for line in script.lines() if _is_guessed(line)),
            "head": 0 if script.edited else head_checksum(script.facts, script.narrator, script.characters),
        },
    }


def _chapter_to_json(chapter: ScriptChapter) -> dict[str, Any]:
    lines = [_line_to_json(line) for line in chapter.lines]
    return {"number": chapter.number, "title": chapter.title, "lines": lines}


def _line_to_json(line: Line) -> dict[str, Any]:
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
        **_optional_fields_to_json(line),
    }


def _optional_fields_to_json(line: Line) -> dict[str, Any]:
    """Fields that most lines do not have."""
    rare: dict[str, Any] = {}
    if line.style != "said":
        rare["manner"] = line.style
    if line.runner_up is not None:
        rare["runner_up"] = line.runner_up
    if line.language:
        rare["language"] = line.language
    if line.pinned:
        rare["pinned"] = True
    elif _is_guessed(line):
        rare["guess"] = line.speaker
    return rare


def _is_guessed(line: Line) -> bool:
    """Whether the program chose the speaker of a line that is not plain narration."""
    return not line.pinned and (line.kind == "dialogue" or line.speaker != NARRATOR)


def _character_to_json(character: Character) -> dict[str, Any]:
    guess = {"pinned": True} if character.pinned else {"guess": {"gender": character.gender, "age": character.age}}
    return {
        "name": character.name,
        "aliases": list(character.aliases),
        "gender": character.gender,
        "age": character.age,
        "lines": character.lines,
        "words": character.words,
        **guess,
    }


def _orphan_to_json(orphan: OrphanedEdit) -> dict[str, Any]:
    return {
        "chapter": orphan.chapter,
        "paragraph": orphan.paragraph,
        "kind": orphan.kind,
        "speaker": orphan.speaker,
        "text": orphan.text,
        "manner": orphan.style,
    }


def keeps_choices(data: Mapping[str, Any]) -> bool:
    """Whether the JSON of a script still has the choices of the program, so that edits can be recognised.

    It does not if they were removed, or changed together with the speakers by search and replace.
    """
    lines = [line for chapter in data["chapters"] for line in chapter["lines"]]
    if not any("guess" in line or "pinned" in line for line in lines):
        return False
    chosen = _checksum_of(line["guess"] for line in lines if "guess" in line)
    return bool(data.get("check", {}).get("choices", chosen) == chosen)


def _checksum_of(names: Iterable[str | None]) -> int:
    """A checksum of the names that the program chose."""
    return checksum(*sorted({name or "" for name in names}))


def script_from_json(data: Mapping[str, Any]) -> Script:
    """Read a script that `script_to_json` wrote and that the user may have edited.

    A speaker who is not among the characters is added to them. A line is marked as edited if its speaker is not the
    guessed one, and a character if gender or age are not. Raises ValueError, KeyError or TypeError if the data is not a
    script; the reader of the file turns these into messages for the user.
    """
    if data.get("version", FORMAT_VERSION) != FORMAT_VERSION:
        raise ValueError(f"this script has format version {data['version']}; {FORMAT_VERSION} is understood")
    book = data["book"]
    renames = tuple(Rename(name=_name(a), becomes=_name(b)) for a, b in dict(data.get("renamed", {})).items())
    facts, characters = _facts_from_json(book), [_character_from_json(c) for c in data.get("characters", ())]
    narrator, source = _speaker(book.get("narrator")), book.get("source")
    merged = MergedEdits.of(
        characters,
        [_chapter_from_json(number, c) for number, c in enumerate(data["chapters"], 1)],
        narrator,
        renames,
    )
    return Script(
        facts=facts,
        characters=merged.characters,
        chapters=merged.chapters,
        narrator=merged.narrator,
        source=None if source is None else _text(source, "source"),
        renames=merged.renames,
        orphaned_edits=tuple(_orphan_from_json(s) for s in data.get("strays", ())),
        edited=data.get("check", {}).get("head") != head_checksum(facts, narrator, characters),
    )


def _facts_from_json(book: Mapping[str, Any]) -> Facts:
    return Facts(
        title=str(book["title"]),
        authors=tuple(_text(author, "an author") for author in book.get("authors", ())),
        language=_text(book.get("language") or "en", "language"),
        stated_language=_text(book.get("stated_language") or "", "stated_language"),
    )


def _character_from_json(data: Mapping[str, Any]) -> Character:
    character = Character(
        name=_name(data["name"]),
        aliases=tuple(_text(a, "an alias") for a in data.get("aliases", ())),
        gender=_one_of(data.get("gender"), ("male", "female"), "gender"),
        age=_one_of(data.get("age"), ("child", "adult", "old"), "age"),
        lines=_whole(data.get("lines", 0), "lines"),
        words=_whole(data.get("words", 0), "words"),
        pinned=_flag(data.get("pinned", False), "pinned"),
    )
    guess = data.get("guess", {"gender": character.gender, "age": character.age})
    changed = (guess.get("gender"), guess.get("age")) != (character.gender, character.age)
    return replace(character, pinned=character.pinned or changed)


def _orphan_from_json(data: Mapping[str, Any]) -> OrphanedEdit:
    return OrphanedEdit(
        chapter=_whole(data["chapter"], "chapter"),
        paragraph=_whole(data["paragraph"], "paragraph"),
        text=_text(data["text"], "text"),
        kind=_one_of(data["kind"] or "", ("narration", "dialogue"), "kind"),
        speaker=_speaker(data["speaker"]),
        style=_one_of(data.get("manner"), get_args(Style), "manner") or "said",
    )


def _chapter_from_json(number: int, data: Mapping[str, Any]) -> ScriptChapter:
    number = _whole(data.get("number", number), "number")
    lines: list[Line] = []
    for item in data["lines"]:
        paragraph = _whole(item.get("paragraph", lines[-1].place.paragraph if lines else 1), "paragraph")
        within = lines[-1].place.line + 1 if lines and lines[-1].place.paragraph == paragraph else 1
        lines.append(_line_from_json(item, Place(chapter=number, paragraph=paragraph, line=within)))
    return ScriptChapter(number=number, title=str(data["title"]), lines=tuple(lines))


def _line_from_json(data: Mapping[str, Any], place: Place) -> Line:
    kind = _one_of(data["kind"] or "", ("narration", "dialogue"), "kind")
    block = _one_of(data.get("block", "prose"), ("prose", "heading", "verse", "letter", "break", "note"), "block")
    style = _one_of(data.get("manner"), get_args(Style), "manner")
    line = Line(
        place=place,
        kind=kind,
        speaker=_speaker(data.get("speaker", NARRATOR if kind == "narration" else None)),
        text=_text(data["text"], "text"),
        start=_offset(data.get("start"), "start"),
        end=_offset(data.get("end"), "end"),
        confidence=_confidence(data.get("confidence", 1.0)),
        evidence=str(data.get("evidence", "")),
        block=block or "prose",
        style=style or "said",
        runner_up=_speaker(data.get("runner_up")),
        pinned=_flag(data.get("pinned", False), "pinned"),
        language=_text(data.get("language", ""), "language"),
    )
    return _apply_edit(line, data)


def _apply_edit(line: Line, data: Mapping[str, Any]) -> Line:
    """Mark the line as edited if its speaker is not the guessed one."""
    told = line.kind == "narration"
    guess = _speaker(data.get("guess", NARRATOR if told and not line.pinned else line.speaker))
    if guess != line.speaker:
        return mark_decided(replace(line, kind="dialogue") if told and line.speaker != NARRATOR else line)
    return mark_decided(line) if line.pinned and "guess" in data else line


def _speaker(value: Any) -> str | None:
    if not (value is None or (isinstance(value, str) and value.strip())):
        raise TypeError(f"a speaker must be a name, or null if unknown, not {value!r}")
    return value


def _name(value: Any) -> str:
    if not (isinstance(value, str) and value.strip()):
        raise TypeError(f"a name must be text in quotes and not empty, not {value!r}")
    return value


def _flag(value: Any, what: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{what} must be true or false, not {value!r}")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{what} must be text in quotes, not {value!r}")
    return value


def _offset(value: Any, what: str) -> int | None:
    return None if value is None else _whole(value, what)


def _whole(value: Any, what: str) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{what} must be a whole number from 0, not {value!r}")
    return value


def _confidence(value: Any) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:  # also refuses NaN
        raise TypeError(f"confidence must be a number from 0 to 1, not {value!r}")
    return float(value)


def _one_of(value: Any, allowed: tuple[str, ...], what: str) -> Any:
    if value is not None and value not in allowed:
        raise ValueError(f"{what} must be one of {', '.join(allowed)}, not {value!r}")
    return value
