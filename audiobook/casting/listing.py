"""The cast as a table: each speaker's share of the book, the confidence of the attribution, and the voice."""

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.model.cast import Cast, Voice
from audiobook.model.script import DOUBTFUL, NARRATOR, Gender, Line, Script

UNKNOWN = "(unknown)"  # the row for lines with an unknown speaker

_PREFERRED_LENGTH = 64  # preferred length of the sample line, in characters
_MAX_LENGTH = 96  # characters; longer samples are cut


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """One row of the table."""

    name: str  # the name in the script, NARRATOR or UNKNOWN
    lines: int
    words: int
    gender: Gender | None
    confidence: float  # mean over the lines, 0 to 1
    doubtful: float  # share of lines with a doubtful speaker, 0 to 1
    sample: str  # an example of the speaker's lines, on one line
    voice: Voice
    reason: str  # why the speaker has this voice


def list_speakers(script: Script, cast: Cast) -> tuple[SpeakerRow, ...]:
    """List the narrator, then the characters with lines by descending number of words, then unknown speakers."""
    spoken: dict[str, list[Line]] = {}
    for line in script.lines():
        if line.text.strip():
            spoken.setdefault(UNKNOWN if line.speaker is None else line.speaker, []).append(line)
    parts = {part.speaker: part for part in cast.parts}
    genders = {character.name: character.gender for character in script.characters}
    own = {
        NARRATOR: (cast.narrator, "reads the narration"),
        UNKNOWN: (cast.unknown, "reads lines with an unknown speaker"),
    }
    rows = [
        _make_row(name, lines, genders.get(name), *(own.get(name) or (parts[name].voice, parts[name].reason)))
        for name, lines in spoken.items()
    ]
    rows.sort(key=lambda row: (row.name == UNKNOWN, row.name != NARRATOR, -row.words, row.name))
    return tuple(rows)


def _make_row(name: str, lines: Sequence[Line], gender: Gender | None, voice: Voice, reason: str) -> SpeakerRow:
    return SpeakerRow(
        name=name,
        lines=len(lines),
        words=sum(len(line.text.split()) for line in lines),
        gender=gender,
        confidence=sum(line.confidence for line in lines) / len(lines),
        doubtful=sum(line.confidence < DOUBTFUL for line in lines) / len(lines),
        sample=_choose_sample(lines),
        voice=voice,
        reason=reason,
    )


def _choose_sample(lines: Sequence[Line]) -> str:
    """Choose a line of medium length with high confidence; of equals, the first in the book."""
    best = min(
        lines,
        key=lambda line: abs(len(line.text.strip()) - _PREFERRED_LENGTH) + _PREFERRED_LENGTH * (1 - line.confidence),
    )
    flat = "".join(c if c.isprintable() else " " for c in " ".join(best.text.split()))
    if len(flat) <= _MAX_LENGTH:
        return flat
    return (
        flat[:_MAX_LENGTH].rpartition(" ")[0].rstrip() + "…"
        if " " in flat[:_MAX_LENGTH]
        else flat[: _MAX_LENGTH - 1] + "…"
    )
