"""Lines of Fountain → its elements: scene headings, action, speeches, transitions, sections. (Syntax: fountain.io.)"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from audiobook.model.book import Skipped
from audiobook.readers.omissions import has_letters, skip_stretch

ElementKind = Literal["scene", "action", "speech", "transition", "centred", "section", "lyrics", "break"]

_BONEYARD = re.compile(r"/\*.*?\*/", re.DOTALL)
_NOTE = re.compile(r"\[\[(?:(?!\]\]|\[\[|\n[^\S\n]?\n).){0,20000}\]\]", re.DOTALL)
_SCENE = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I/E)[. ]\s*\S", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"\s*#[\w.-]{1,20}#\s*$")
_CUE = re.compile(r"(?P<name>[^()^]*[^\W\d_a-z][^()^]*?)\s*(?P<rest>(?:\([^()]*\)\s*)*\^?)")
_TRANSITION = re.compile(r"[^a-z]*\bTO:")
_TITLE_KEY = re.compile(r"([A-Za-z][A-Za-z ]{0,30}):(.*)")
_INDENTED = re.compile(r"[ \t]{3,}|\t")
_SECTION = re.compile(r"(#{1,6})\s*(?=\S)")
_LONGEST_CUE = 80  # characters


class Line(NamedTuple):
    """A line of the source."""

    text: str  # with notes blanked out
    start: int  # offset in the source

    @property
    def is_blank(self) -> bool:
        """Whether it is empty. A line of two spaces within a speech is not, but shows nothing."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A part of the script: its lines without the signs around them, each with its offset."""

    kind: ElementKind
    lines: tuple[tuple[str, int], ...]
    speaker: str = ""
    asides: tuple[int, ...] = ()  # of a speech: which lines are parentheticals
    level: int = 0  # of a section


@dataclass(slots=True)
class Script:
    """A script in elements."""

    title_page: dict[str, list[str]] = field(default_factory=dict)  # key in lower case → lines
    elements: list[Element] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def read_elements(text: str) -> Script:
    """The elements of a script, and what is left out of it: notes, boneyard, synopses, the title page, names."""
    script = Script()
    lines = list(_split_lines(text, script.skipped))
    first = _read_title_page(lines, text, script)
    _Reader(script, lines).read(first)
    return script


def _split_lines(text: str, skipped: list[Skipped]) -> Iterator[Line]:
    """The lines, without those that are only notes. Characters of notes are spaces, so that offsets stay."""
    gone = bytearray(len(text))
    last = text.rfind("*/") + 2  # beyond it, a boneyard has no end, and is text
    for found in (*_BONEYARD.finditer(text, 0, last if last > 1 else 0), *_NOTE.finditer(text)):
        reason = "note" if found[0].startswith("[[") else "removed text"
        if has_letters(found[0]):
            skipped.append(skip_stretch(found[0], found.start(), reason))
        gone[found.start() : found.end()] = b"\1" * len(found[0])
    at = 0
    for raw in text.split("\n"):
        end = at + len(raw)
        if gone.find(1, at, end) < 0:
            yield Line(raw, at)
        else:
            kept = "".join(" " if gone[at + n] else sign for n, sign in enumerate(raw))
            if kept.strip():
                yield Line(kept, at)
        at = end + 1


def _read_title_page(lines: Sequence[Line], text: str, script: Script) -> int:
    """The number of the first line after the title page, which is skipped."""
    key, n = "", 0
    for line in lines:
        found = _TITLE_KEY.fullmatch(line.text)
        if found and not _INDENTED.match(line.text):
            key = found[1].strip().casefold()
            script.title_page[key] = [found[2].strip()] if found[2].strip() else []
        elif key and not line.is_blank and _INDENTED.match(line.text):
            script.title_page[key].append(line.text.strip())
        else:
            break
        n += 1
    if n and n < len(lines) and not lines[n].is_blank:  # "EXTERIOR: a field" begins the script itself
        script.title_page.clear()
        return 0
    if n:
        end = lines[n - 1].start + len(lines[n - 1].text)
        script.skipped.append(skip_stretch(text[:end], 0, "title page"))
    return n


class _Reader:
    """Reads element after element."""

    def __init__(self, script: Script, lines: Sequence[Line]) -> None:
        self._script = script
        self._lines = lines

    def read(self, at: int) -> None:
        """Read all elements from a line on."""
        while at < len(self._lines):
            at = self._read_one(at)

    def _is_blank(self, at: int) -> bool:
        return not 0 <= at < len(self._lines) or self._lines[at].is_blank

    def _read_one(self, at: int) -> int:
        """Read the element that begins at a line, and return the number of the line after it."""
        line = self._lines[at]
        text = line.text.strip()
        if not text:
            return at + 1
        if set(text) == {"="} and len(text) >= 3:
            return at + 1
        if text.startswith("="):
            self._script.skipped.append(skip_stretch(line.text, line.start, "synopsis"))
            return at + 1
        if found := _SECTION.match(text):
            self._put("section", [_cut(line, found.end())], level=len(found[1]))
            return at + 1
        return self._read_text(at, line, text)

    def _read_text(self, at: int, line: Line, text: str) -> int:
        if text.startswith("~"):
            return self._read_lyrics(at, "")
        if text.startswith(">"):
            is_centred = text.endswith("<")
            self._put("centred" if is_centred else "transition", [_cut(line, 1, 1 if is_centred else 0)])
            return at + 1
        if self._is_blank(at - 1) and text[0] not in "!@":
            if (text[0] == "." and text[1:2] not in {".", ""}) or (_SCENE.match(text) and self._is_blank(at + 1)):
                self._read_scene(line, text)
                return at + 1
            if _TRANSITION.fullmatch(text) and self._is_blank(at + 1):
                self._put("transition", [_cut(line)])
                return at + 1
        if self._is_cue(at, text):
            return self._read_speech(at, line, text)
        return self._read_action(at)

    def _read_scene(self, line: Line, text: str) -> None:
        number = _SCENE_NUMBER.search(text)
        behind = len(text) - number.start() if number else 0
        if number and has_letters(number[0]):
            start = line.start + line.text.index(text) + number.start()
            self._script.skipped.append(
                skip_stretch(number[0].strip(), start + len(number[0]) - len(number[0].lstrip()), "scene number")
            )
        self._put("scene", [_cut(line, int(text[0] == "."), behind)])

    def _is_cue(self, at: int, text: str) -> bool:
        if text[0] == "@":
            return len(text) > 1 and not self._is_blank(at + 1)
        if text[0] == "!" or len(text) > _LONGEST_CUE or self._is_blank(at + 1) or not self._is_blank(at - 1):
            return False
        found = _CUE.fullmatch(text)
        return found is not None and found["name"] == found["name"].upper()

    def _read_speech(self, at: int, line: Line, text: str) -> int:
        """A name, and the lines up to a blank one: dialogue and parentheticals."""
        start = line.start + line.text.index(text)
        self._script.skipped.append(skip_stretch(text, start, "speaker's name"))
        speaker = re.sub(r"\s*\([^()]*\)|\^\s*$|^@", "", text).strip()
        lines: list[tuple[str, int]] = []
        asides: list[int] = []
        at += 1
        while at < len(self._lines) and (not self._lines[at].is_blank or len(self._lines[at].text) >= 2):
            piece = _cut(self._lines[at])
            if piece[0].startswith("~"):
                self._put("speech", lines, speaker=speaker, asides=asides)
                lines, asides = [], []
                at = self._read_lyrics(at, speaker)
                continue
            if not piece[0]:  # a blank line within the speech
                self._put("speech", lines, speaker=speaker, asides=asides)
                lines, asides = [], []
            else:
                if piece[0].startswith("(") and piece[0].endswith(")"):
                    asides.append(len(lines))
                lines.append(piece)
            at += 1
        self._put("speech", lines, speaker=speaker, asides=asides)
        return at

    def _read_lyrics(self, at: int, speaker: str) -> int:
        lines = []
        while at < len(self._lines) and self._lines[at].text.strip().startswith("~"):
            lines.append(_cut(self._lines[at], 1))
            at += 1
        self._put("lyrics", lines, speaker=speaker)
        return at

    def _read_action(self, at: int) -> int:
        """The lines up to a blank one."""
        lines: list[tuple[str, int]] = []
        while at < len(self._lines) and not self._lines[at].is_blank:
            text = self._lines[at].text.strip()
            if lines and (text[0] in ">~#=" or _SECTION.match(text)):
                break
            lines.append(_cut(self._lines[at], int(text[0] == "!")))
            at += 1
        self._put("action", lines)
        return at

    def _put(
        self,
        kind: ElementKind,
        lines: Sequence[tuple[str, int]],
        *,
        speaker: str = "",
        asides: Sequence[int] = (),
        level: int = 0,
    ) -> None:
        if any(text for text, _ in lines):
            element = Element(kind=kind, lines=tuple(lines), speaker=speaker, asides=tuple(asides), level=level)
            self._script.elements.append(element)


def _cut(line: Line, before: int = 0, behind: int = 0) -> tuple[str, int]:
    """The text of a line without white space around it and without so many signs at its ends, and its offset."""
    text = line.text.strip()
    inner = text[before : len(text) - behind]
    start = line.start + len(line.text) - len(line.text.lstrip()) + before
    return inner.strip(), start + len(inner) - len(inner.lstrip())
