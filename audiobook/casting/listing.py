"""The cast as a table: who speaks, how much, how sure that is, how they sound."""

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.model.cast import Cast, Voice
from audiobook.model.script import DOUBTFUL, NARRATOR, Gender, Line, Script

UNKNOWN = "(unknown)"  # the row of lines whose speaker nobody can say

_SAMPLE = 64  # characters of the sample line that is liked best
_LONGEST = 96  # characters shown of a longer one


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """One speaker."""

    name: str  # as in the script; NARRATOR; UNKNOWN
    lines: int
    words: int
    gender: Gender | None
    confidence: float  # mean over the lines, 0 to 1
    doubtful: float  # the share of lines whose speaker is a guess, 0 to 1
    sample: str  # a line that shows how they talk, on one line
    voice: Voice
    reason: str  # why this voice


def speaker_rows(script: Script, cast: Cast) -> tuple[SpeakerRow, ...]:
    """The narrator, then every character who speaks in the script, most words first, then the unknown speakers."""
    spoken: dict[str, list[Line]] = {}
    for line in script.lines():
        if line.text.strip():
            spoken.setdefault(UNKNOWN if line.speaker is None else line.speaker, []).append(line)
    parts = {part.speaker: part for part in cast.parts}
    genders = {character.name: character.gender for character in script.characters}
    own = {
        NARRATOR: (cast.narrator, "reads what nobody says"),
        UNKNOWN: (cast.unknown, "reads what nobody knows who says"),
    }
    rows = [
        _row(name, lines, genders.get(name), *(own.get(name) or (parts[name].voice, parts[name].reason)))
        for name, lines in spoken.items()
    ]
    rows.sort(key=lambda row: (row.name == UNKNOWN, row.name != NARRATOR, -row.words, row.name))
    return tuple(rows)


def _row(name: str, lines: Sequence[Line], gender: Gender | None, voice: Voice, reason: str) -> SpeakerRow:
    return SpeakerRow(
        name=name,
        lines=len(lines),
        words=sum(len(line.text.split()) for line in lines),
        gender=gender,
        confidence=sum(line.confidence for line in lines) / len(lines),
        doubtful=sum(line.confidence < DOUBTFUL for line in lines) / len(lines),
        sample=_sample(lines),
        voice=voice,
        reason=reason,
    )


def _sample(lines: Sequence[Line]) -> str:
    """The surest line of middling length, the first such in the book."""
    best = min(lines, key=lambda line: abs(len(line.text.strip()) - _SAMPLE) + _SAMPLE * (1 - line.confidence))
    flat = "".join(c if c.isprintable() else " " for c in " ".join(best.text.split()))
    if len(flat) <= _LONGEST:
        return flat
    return flat[:_LONGEST].rpartition(" ")[0].rstrip() + "…" if " " in flat[:_LONGEST] else flat[: _LONGEST - 1] + "…"
