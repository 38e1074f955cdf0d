"""Compare two plans of one output, to explain why a build would make something again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any, Literal

from audiobook.model.alignment import align
from audiobook.model.cast import Voice
from audiobook.model.plan import Plan, PlannedCast, PlannedChapter, PlannedClip
from audiobook.model.script import NARRATOR

CauseKind = Literal[
    "first build", "text", "chapters", "speaker", "voice", "style", "pronunciation", "engine", "recordings", "sounds",
    "pauses", "mastering", "encoding", "effects", "program", "tags", "file", "cache",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why a build would not leave the files as they are."""

    kind: CauseKind
    what: str  # what changed, for a person: "Oona: rate 175 → 190"
    lines: int = 0  # that it changes; 0 where it changes no line


@dataclass(frozen=True, slots=True)
class _PlannedLine:
    """The clips of one line."""

    text: str
    speaker: str | None
    clips: tuple[PlannedClip, ...]


def compare_plans(old: Plan, new: Plan) -> tuple[Cause, ...]:
    """What changed from one plan of an output to the next; both have all their chapters in memory."""
    before = {chapter.number: chapter for chapter in old.chapters}
    now = {chapter.number: chapter for chapter in new.chapters}
    found: Counter[tuple[CauseKind, str]] = Counter()
    for number, chapter in now.items():
        if number in before:
            found.update(_line_causes(before[number], chapter, old.head.cast, new.head.cast))
    causes = [Cause(kind, what, lines) for (kind, what), lines in found.most_common()]
    causes += _chapter_causes(before, now)
    causes += _setting_causes(old, new)
    return tuple(causes)


def _line_causes(
    before: PlannedChapter, now: PlannedChapter, old_cast: PlannedCast, new_cast: PlannedCast
) -> Iterator[tuple[CauseKind, str]]:
    """A cause for each line of a chapter that changed, came or went."""
    old_lines, new_lines = _lines_of(before), _lines_of(now)
    places = align([line.text for line in new_lines], [line.text for line in old_lines])
    gone = len(old_lines) - sum(place is not None for place in places)
    new = places.count(None)
    where = f"chapter {now.number}"
    for number in range(max(new, gone)):
        yield "text", f"{where}: changed or new" if number < new else f"{where}: removed"
    for line, place in zip(new_lines, places, strict=True):
        cause = None if place is None else _line_cause(old_lines[place], line, old_cast, new_cast)
        if cause is not None:
            yield cause


def _lines_of(chapter: PlannedChapter) -> list[_PlannedLine]:
    """The lines of a chapter. Sounds are left out, because they do not belong to a line."""
    clips = (clip for clip in chapter.clips() if clip.origin != "sound")
    groups = (tuple(own) for _, own in groupby(clips, key=lambda clip: clip.place))
    return [_PlannedLine(own[0].text, own[0].speaker, own) for own in groups]


def _line_cause(
    old: _PlannedLine, new: _PlannedLine, old_cast: PlannedCast, new_cast: PlannedCast
) -> tuple[CauseKind, str] | None:
    """Why a line with the same text has changed; None if it has not."""
    was, becomes = old.clips[0], new.clips[0]
    if was.origin != becomes.origin or (becomes.origin == "recording" and was.take != becomes.take):
        return "recordings", "another recording, or one more or less"
    if was.voice != becomes.voice:
        return _voice_cause(old, new, old_cast, new_cast)
    if [clip.take for clip in old.clips] != [clip.take for clip in new.clips]:
        return _take_cause(becomes.voice, old_cast, new_cast)
    if [clip.pause for clip in old.clips] != [clip.pause for clip in new.clips]:
        return "pauses", "the silence after lines"
    return None


def _voice_cause(
    old: _PlannedLine, new: _PlannedLine, old_cast: PlannedCast, new_cast: PlannedCast
) -> tuple[CauseKind, str]:
    if old.speaker != new.speaker:
        return "speaker", f"{_speaker_name(old.speaker)} → {_speaker_name(new.speaker)}"
    before, now = _voice_of(old_cast, new.speaker), _voice_of(new_cast, new.speaker)
    if before != now:
        return "voice", f"{_speaker_name(new.speaker)}: {describe_change(before, now)}"
    spoken = describe_change(old.clips[0].voice, new.clips[0].voice)
    return "style", f"{_speaker_name(new.speaker)}, in some lines: {spoken}"


def _take_cause(voice: Voice, old_cast: PlannedCast, new_cast: PlannedCast) -> tuple[CauseKind, str]:
    name = f"{voice.engine} {voice.name}"
    before, now = old_cast.engine_versions.get(name), new_cast.engine_versions.get(name)
    if before is not None and now is not None and before != now:
        return "engine", f"{name}: version {before} → {now}"
    return "pronunciation", "the spoken form of lines whose text is the same"


def _voice_of(cast: PlannedCast, speaker: str | None) -> Voice:
    if speaker == NARRATOR:
        return cast.narrator
    return cast.unknown if speaker is None else cast.parts.get(speaker, cast.unknown)


def _speaker_name(speaker: str | None) -> str:
    return "unknown speaker" if speaker is None else speaker


def describe_change(old: Any, new: Any) -> str:
    """The fields in which two records of one dataclass differ: `rate 175 → 190, pitch 50 → 40`."""
    names = (field.name for field in fields(old))
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in names)
    return ", ".join(f"{_field_name(name)} {_shown(was)} → {_shown(now)}" for name, was, now in pairs if was != now)


def _shown(value: object) -> str:
    if value is None:
        return "default"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _chapter_causes(before: Mapping[int, PlannedChapter], now: Mapping[int, PlannedChapter]) -> Iterator[Cause]:
    for number, chapter in now.items():
        if number not in before:
            yield Cause("chapters", f"added: {number}, {chapter.title}", len(_lines_of(chapter)))
        elif before[number].title != chapter.title:
            yield Cause("tags", f"title of chapter {number}: {before[number].title} → {chapter.title}")
    for number, chapter in before.items():
        if number not in now:
            yield Cause("chapters", f"removed: {number}, {chapter.title}")
    sounds = [_sounds(before.values()), _sounds(now.values())]
    if before.keys() == now.keys() and sounds[0] != sounds[1]:
        yield Cause("sounds", "a sound of yours was added, removed or replaced")


def _sounds(chapters: Any) -> list[tuple[str, int]]:
    clips = (clip for chapter in chapters for clip in chapter.clips() if clip.origin == "sound")
    return [(clip.take, clip.pause) for clip in clips]


def _setting_causes(old: Plan, new: Plan) -> Iterator[Cause]:
    settings: Sequence[tuple[CauseKind, Any, Any]] = (
        ("mastering", old.request.mastering, new.request.mastering),
        ("encoding", old.request.encoding, new.request.encoding),
        ("tags", old.head.tags, new.head.tags),
    )
    for kind, was, becomes in settings:
        if was != becomes:
            yield Cause(kind, describe_change(was, becomes))
    if old.request.effects != new.request.effects:
        yield Cause("effects", f"{_shown(old.request.effects) or 'none'} → {_shown(new.request.effects) or 'none'}")
    if old.head.program != new.head.program:
        yield Cause("program", f"audiobook {old.head.program} → {new.head.program}")


def _field_name(name: str) -> str:
    """The name of a field in words; that of a voice's setting as in voices.toml."""
    return "rate" if name == "words_per_minute" else name.replace("_", " ")
