"""Write a script as text that a user reads, edits and builds from.

Oona: “Is it far?”
        asked Oona.
    Bram?: “An hour.”

Narration is indented; speech begins with its speaker. All other facts about a line (its offsets in the book, the
confidence and the reason of its speaker) are notes at the end of the file. A checksum of the text connects a line with
its note. If the speaker differs from the note, the user has edited it.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, zip_longest

from audiobook.model.edits import checksum, head_checksum
from audiobook.model.script import (
    DOUBTFUL,
    NARRATOR,
    Character,
    Line,
    LineKind,
    OrphanedEdit,
    Script,
    ScriptChapter,
    Style,
)

# Longer than the 68 bytes that identify some other file types, so that no title can make a script look like one.
HEAD = "audiobook script, version 1: who says what in a book, for reading, changing and building from"
FIRST_LINE = re.compile(r"\ufeff?audiobook script, version (\d{1,9})\b")  # of a file in this form; the version
CHAPTER, CAST, ORPHANED, NOTES = "== chapter ", "== cast", "== lines without a place", "== notes"
INDENT = "    "  # of narration
BECOMES = " -> "
ALSO = "; also "
MANNERS: Mapping[Style, str] = {"thought": " thinks", "whispered": " whispers", "shouted": " shouts"}  # after a name
MANNER_LETTERS: Mapping[Style, str] = {"said": "s", "thought": "t", "whispered": "w", "shouted": "l"}  # in the notes
UNKNOWN = "?"  # an unknown speaker
GUESSED, CERTAIN = "?", "!"  # after a name: a guess; an edit of the user
GOES_ON = "/"  # begins a continuation line after a line break in a text
TIGHT = "\\"  # ends a text that is joined to the next one without a space

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:([\\\"stn])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))", re.DOTALL)
_SHORT = {"\\": "\\", '"': '"', "s": " ", "t": "\t", "n": "\n"}
_LONG = {"\t": "\\t", "\n": "\\n"}
_ODD_IN_NAMES = re.compile(r'[":：;,\\→]|->|^[?!=#(\[/]|[?!]$|\s\s|^\s|\s$|[^\S ]')


def format_mark(kind: LineKind, speaker: str | None, confidence: float, *, pinned: bool) -> str:
    """The mark after a speaker's name: a guess, an edit of the user, or neither."""
    if pinned:
        return CERTAIN
    return GUESSED if kind == "dialogue" and speaker is not None and confidence < DOUBTFUL else ""


def format_name(name: str) -> str:
    """A name in the text form: quoted and escaped if it contains special characters."""
    if name and not (_ODD_IN_NAMES.search(name) or _HIDDEN.search(name) or name.endswith(tuple(MANNERS.values()))):
        return name
    return '"' + one_line(name).replace('"', '\\"') + '"'


def one_line(text: str) -> str:
    """Escape a text to one line. White space at its ends is escaped."""
    return _escape_ends(_HIDDEN.sub(_escape_match, text.replace("\\", "\\\\")))


def several_lines(text: str) -> str:
    """Escape a text but keep its line breaks. Each line after the first begins with a slash."""
    body = text.lstrip("\n")  # an empty first line would look like the end of a paragraph
    first, *others = body.replace("\\", "\\\\").split("\n")
    leading = "\\n" * (len(text) - len(body))
    lines = [leading + (_escape_end if leading else _escape_ends)(_HIDDEN.sub(_escape_match, first))]
    lines += [f"{GOES_ON} {_escape_end(_HIDDEN.sub(_escape_match, other))}".rstrip(" ") for other in others]
    return "\n".join(lines)


def unescape(shown: str) -> str:
    """Undo `one_line` and `several_lines`. Raises ValueError for an invalid escape."""
    return _ESCAPED.sub(_unescape_match, shown) if "\\" in shown else shown


def _escape_match(match: re.Match[str]) -> str:
    return _escape(match[0])


def _escape(character: str) -> str:
    code = ord(character)
    return _LONG.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _escape_ends(shown: str) -> str:
    if shown[:1].isspace():
        shown = ("\\s" if shown[0] == " " else _escape(shown[0])) + shown[1:]
    return _escape_end(shown)


def _escape_end(shown: str) -> str:
    if shown[-1:].isspace():
        shown = shown[:-1] + ("\\s" if shown[-1] == " " else _escape(shown[-1]))
    return shown


def _unescape_match(match: re.Match[str]) -> str:
    short, four, eight, other = match.groups()
    if other is not None:
        raise ValueError(f"\\{other} means nothing here; a backslash itself is written \\\\")
    if short:
        return _SHORT[short]
    code = int(four or eight, 16)
    if code > 0x10FFFF:
        raise ValueError(f"there is no character \\U{eight}")
    return chr(code)


_MANUAL = """
# Change this in any editor, save it, and build from it:  audiobook build THIS-FILE
#
#   Oona: “Sit.”              Oona says it; narration is indented and has no name
#   Oona?: “Sit.”             a guess: take the ? away where it is right, else write the right name
#   ?: “Sit.”                 the speaker is unknown
#   Oona!: “Sit.”             decided by you; a new analysis keeps it, like every name you change
#   Oona thinks: ‘Sit.’       in her head
#   Oona whispers: “Sit.”     softly; and “Oona shouts:”
#   (Oona): She sat.          narration in her voice
#
# In the cast, one line renames a character, or merges two:  the old man -> Marley
# The lines worth your look:  audiobook script THIS-FILE --doubtful
# After a new analysis, what you changed is still so:  audiobook script BOOK --output THIS-FILE
# Lines that begin with # are for you; a new analysis drops them.
"""
_ORPHANED_ABOUT = "# Decisions on lines that the book does not have any more. Take out what is not wanted."
_NOTES_ABOUT = (
    "# The program's own: where each line stands in the book, how sure its speaker is and why. Change nothing."
)

WHO_UNKNOWN, WHO_NARRATOR = -1, -2  # in notes, which give a speaker as an index in the cast


def script_to_text(script: Script) -> str:
    """The script in its text form."""
    parts = [HEAD, _MANUAL, *_head(script), "", CAST, *map(_character, script.characters)]
    parts += [f"{format_name(r.name)}{BECOMES}{format_name(r.becomes)}" for r in script.renames]
    for chapter in script.chapters:
        parts += ["", f"{CHAPTER}{chapter.number}: {one_line(chapter.title)}".rstrip(" "), *_blocks(chapter)]
    if script.orphaned_edits:
        parts += ["", ORPHANED, _ORPHANED_ABOUT, *map(_orphan, script.orphaned_edits)]
    parts += ["", NOTES, _NOTES_ABOUT, *_notes(script)]
    return "\n".join(parts) + "\n"


def _head(script: Script) -> Iterator[str]:
    facts = script.facts
    yield _fact("title", facts.title)
    yield from (_fact("author", author) for author in facts.authors)
    yield _fact("language", facts.language)
    if script.source is not None:
        yield _fact("source", script.source)
    if script.narrator is not None:
        yield f"narrator: {format_name(script.narrator)}"


def _fact(key: str, value: str) -> str:
    return f"{key}: {one_line(value)}".rstrip(" ")


def _character(character: Character) -> str:
    facts: list[str] = [fact for fact in (character.gender, character.age) if fact]
    counts = ((character.lines, "line"), (character.words, "word"))
    facts += [f"{n} {noun}" if n == 1 else f"{n} {noun}s" for n, noun in counts if n]
    also = ALSO + ", ".join(map(format_name, character.aliases)) if character.aliases else ""
    mark = CERTAIN if character.pinned else ""
    return f"{format_name(character.name)}{mark}: {', '.join(facts)}{also}".rstrip(" ")


def _blocks(chapter: ScriptChapter) -> Iterator[str]:
    expected = 1
    for number, lines in groupby(chapter.lines, key=lambda line: line.place.paragraph):
        yield ""
        if number != expected:
            yield f"[paragraph {number}]"
        expected = number + 1
        yield from _block(list(lines))


def _block(lines: list[Line]) -> Iterator[str]:
    block = "prose"
    for line, following in zip_longest(lines, lines[1:]):
        if line.block != block:
            block = line.block
            yield f"[{block}]"
            if not following and len(lines) == 1 and not line.text and not speaker_sign(line):
                return  # a break without ornaments
        sign = speaker_sign(line)
        yield (f"{sign} " if sign else INDENT) + _body(line.text, last=following is None)


def speaker_sign(line: Line | OrphanedEdit) -> str:
    """The prefix of a line; empty for plain narration."""
    mark = CERTAIN
    if isinstance(line, Line):
        mark = format_mark(line.kind, line.speaker, line.confidence, pinned=line.pinned)
    if line.kind == "narration" and line.speaker == NARRATOR and line.style == "said" and mark != CERTAIN:
        return ""
    name = UNKNOWN if line.speaker is None else format_name(line.speaker)
    shown = f"({name})" if line.kind == "narration" else name
    return f"{shown}{mark}{MANNERS.get(line.style, '')}:"


def _body(text: str, *, last: bool) -> str:
    """The text of a line. A space between lines of a paragraph is implied and not written."""
    if last:
        return several_lines(text) or TIGHT
    if text[-1:] == " " and text[-2:-1].strip():
        return several_lines(text[:-1])
    return several_lines(text) + TIGHT


def _orphan(orphan: OrphanedEdit) -> str:
    text = one_line(orphan.text)
    return f"[chapter {orphan.chapter}, paragraph {orphan.paragraph}] {speaker_sign(orphan)} {text}".rstrip(" ")


def _notes(script: Script) -> Iterator[str]:
    yield _note([0 if script.edited else head_checksum(script.facts, script.narrator, script.characters)])
    for character in script.characters:
        name = b64encode(
            character.name.encode("utf-8", "surrogatepass")
        ).decode()  # encoded, so that search and replace does not change it
        yield _note([name, character.gender, character.age, character.pinned])
    numbers: dict[str | None, int] = {c.name: n for n, c in enumerate(script.characters)}
    numbers |= {NARRATOR: WHO_NARRATOR, None: WHO_UNKNOWN}
    yield from _line_notes(script.lines(), numbers)


def _line_notes(lines: Iterable[Line], numbers: Mapping[str | None, int]) -> Iterator[str]:
    for line in lines:
        place: list[object] = [checksum(line.text), line.start, line.end]
        is_plain = line.speaker == NARRATOR and line.confidence == 1.0 and not speaker_sign(line) and not line.evidence
        if is_plain and not line.language:
            yield _note(place)
            continue
        language = [line.language] if line.language else []
        kind = line.kind[0] + MANNER_LETTERS[line.style] + ("p" if line.pinned else "")
        yield _note([*place, numbers[line.speaker], kind, line.confidence, line.evidence, line.runner_up, *language])


def _note(values: list[object]) -> str:
    return json.dumps(values, ensure_ascii=True, separators=(",", ":"))
