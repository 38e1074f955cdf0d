"""The plan of a build: made from its project, kept in the cache when the build is done, and found again by its file."""

import hashlib
import math
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiobook import __version__, engines, writers
from audiobook.errors import DeliveryError, UsageError, command_line
from audiobook.model.cast import Cast
from audiobook.model.clip import Clip
from audiobook.model.codec import Codec, RecordError
from audiobook.model.cue import Cue
from audiobook.model.plan import (
    PLANS,
    REQUESTS,
    Plan,
    PlanHead,
    PlannedCast,
    PlannedChapter,
    PlannedClip,
    PlannedSegment,
    PlannedTags,
    plan_from_text,
    plan_to_text,
    text_hash,
)
from audiobook.model.request import BuildRequest, Encoding
from audiobook.model.script import Line, Place, Script
from audiobook.pipeline.planning import SegmentPlan, plan_unlevelled
from audiobook.pipeline.tags import make_album, output_path
from audiobook.readers.formats import list_suffixes
from audiobook.runtime.cache import Cache, key_of
from audiobook.writers.formats import AUDIOBOOKS

if TYPE_CHECKING:
    from audiobook.project import Project  # which makes its plan here
    from audiobook.quality.sound_stream import Header

_WANTED = ("book", "voices", "engine", "chapters")
_NUMBERED = re.compile(r"\d{2,} - ")  # a chapter's file
_SCRIPTS = (".script.txt", ".script.json")
_FASTEST = 1  # of zlib: the keys of takes, which are most of a plan, hardly get smaller


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The first line of a kept plan."""

    files: tuple[str, ...]  # the names of the finished files


_KEPT = Codec(_Kept, "audiobook-kept-plan", 1)


def make_plan(project: "Project", album: writers.Album | None = None) -> Plan:
    """The plan of a project; its chapters are made one by one as they are iterated. Raises as `Project.cast` does."""
    plans = plan_unlevelled(project.part, project.cast, project.cache)
    return Plan(
        request=absolute_request(project.request),
        head=_head(project, album or make_album(project.request, project.script, project.cast, project.cache)),
        chapters=planned_chapters(plans, project.part, project.request.mastering.loudness),
    )


def planned_chapters(plans: Iterable[SegmentPlan], script: Script, loudness: float) -> Iterator[PlannedChapter]:
    """The chapters of a plan, from the segments of a build; `loudness` in LUFS is that of a voice with volume 1."""
    lines = {line.place: line for line in script.lines()}
    for (number, title), group in groupby(plans, key=lambda plan: (plan.segment.chapter, plan.title)):
        segments = tuple(_planned_segment(plan, lines, loudness) for plan in group)
        yield PlannedChapter(number=number, title=title, segments=segments)


def _planned_segment(plan: SegmentPlan, lines: Mapping[Place, Line], loudness: float) -> PlannedSegment:
    pairs = zip(plan.segment.clips, plan.cues, strict=True)
    clips = tuple(_planned_clip(clip, cue, lines.get(clip.place), loudness) for clip, (_, cue) in pairs)
    return PlannedSegment(lead=plan.segment.lead, clips=clips)


def _planned_clip(clip: Clip, cue: Cue, line: Line | None, loudness: float) -> PlannedClip:
    """A clip of the plan. A person's sound is in no line."""
    volume = cue.voice.volume
    has_level = clip.origin != "sound" and volume > 0
    return PlannedClip(
        place=clip.place,
        speaker=None if line is None else line.speaker,
        text=text_hash("" if line is None else line.text),
        take=clip.key,
        voice=cue.voice,
        pause=clip.pause,
        level=round(loudness + 20 * math.log10(volume), 1) if has_level else None,
        origin=clip.origin,
    )


def _head(project: "Project", album: writers.Album) -> PlanHead:
    return PlanHead(program=__version__, cast=_planned_cast(project.cast), tags=_planned_tags(album))


def _planned_cast(cast: Cast) -> PlannedCast:
    return PlannedCast(
        narrator=cast.narrator,
        unknown=cast.unknown,
        parts={part.speaker: part.voice for part in cast.parts},
        pauses=cast.pauses,
        engine_versions={f"{one.engine} {one.name}": engines.sound_version(one) for one in cast.voices()},
    )


def _planned_tags(album: writers.Album) -> PlannedTags:
    values = {field.name: getattr(album, field.name) for field in fields(PlannedTags)}
    cover = None if album.cover is None else hashlib.blake2b(album.cover.data, digest_size=20).hexdigest()
    return PlannedTags(**values | {"cover": cover})


def keep_plan(
    project: "Project", album: writers.Album, chapter_keys: Sequence[str], files: Sequence[Path], cache: Cache
) -> None:
    """Keep the plan of a finished build, unless it is kept already.

    The keys of its chapters are those of the timeline: they change with the segments, the lines and their places.
    """
    request, head = absolute_request(project.request), _head(project, album)
    kept = _KEPT.dumps(_Kept(files=tuple(file.name for file in files)))
    fingerprint = key_of(kept, REQUESTS.dumps(request), PLANS.dumps(head), tuple(chapter_keys))
    key = _key(output_path(request))
    found = cache.peek("plans", key)
    if found is not None and found.get("fingerprint") == fingerprint:
        return
    packer = zlib.compressobj(_FASTEST)
    parts = [packer.compress(kept + b"\n")]
    text = plan_to_text(make_plan(project, album))
    parts += [packer.compress(part.encode("utf-8", "surrogatepass")) for part in text]
    with suppress(DeliveryError):  # the files are finished; without their plan, less is known about them
        cache.save("plans", key, b"".join((*parts, packer.flush())), {"fingerprint": fingerprint})


def kept_plan(target: Path, cache: Cache) -> Plan | None:
    """The plan of the last build of this file, or of this folder of a file per chapter.

    None where this machine built nothing there, or another version kept the plan, or it is damaged.
    """
    kept = _load_kept(target, cache)
    if kept is None:
        return None
    try:
        plan = kept[1]
        return replace(plan, chapters=tuple(plan.chapters))
    except RecordError:
        return None


def noted_request(file: Path, cache: Cache) -> BuildRequest | None:
    """The request that a finished file was built for, where a build of this machine made it and its book is there.

    A plan that another version kept, or that is damaged, counts as none.
    """
    for target in (file, file.parent):
        found = _load_kept(target, cache)
        if found is not None and file.name in found[0].files and _is_there(found[1].request):
            return replace(found[1].request, cache=cache.root)
    return None


def _load_kept(target: Path, cache: Cache) -> tuple[_Kept, Plan] | None:
    """A kept plan of which only the head is read."""
    found = cache.load("plans", _key(target))
    if found is None:
        return None
    try:
        first, *lines = zlib.decompress(found[1]).decode("utf-8", "surrogatepass").split("\n")
        return _KEPT.loads(first.encode("utf-8", "surrogatepass")), plan_from_text(lines)
    except (zlib.error, ValueError):
        return None


def absolute_request(request: BuildRequest) -> BuildRequest:
    """The request with its output named and every path absolute, so that it means the same in another folder."""
    request = replace(request, output=output_path(request))
    tags = request.tags if request.tags.cover is None else replace(request.tags, cover=request.tags.cover.absolute())
    values = {field.name: getattr(request, field.name) for field in fields(request)}
    paths: dict[str, Any] = {name: value.absolute() for name, value in values.items() if isinstance(value, Path)}
    reading = replace(request.reading, parts=tuple(part.absolute() for part in request.reading.parts))
    return replace(request, **paths, reading=reading, tags=tags)


def _is_there(request: BuildRequest) -> bool:
    try:
        parts = request.reading.parts
        return all(part.is_file() for part in parts) if parts else request.book.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person says about how a file was built; None: as the build's plan has it, or as a build would have it."""

    book: Path | None = None
    voices: Path | None = None
    engine: str | None = None
    chapters: str | None = None


def request_for(file: Path, wanted: Wanted | None = None, cache: Path | None = None) -> BuildRequest:
    """The request of a file: from the plan that its build kept, else for the book beside it; with what is `wanted`.

    Raises UsageError where nothing says which book it was built from.
    """
    wanted = wanted or Wanted()
    said = {name: value for name in _WANTED if (value := getattr(wanted, name)) is not None}
    noted = noted_request(file, Cache(cache))
    if noted is not None and (wanted.book is None or wanted.book.resolve() == noted.book.resolve()):
        return replace(noted, **said)
    from audiobook.quality.sound_stream import read_header  # noqa: PLC0415  # not needed by a build

    facts = read_header(file)
    whole = not _NUMBERED.match(file.name)
    return BuildRequest(
        **{"book": wanted.book or book_beside(file)} | said,
        output=file if whole else file.parent,
        per_chapter=not whole,
        encoding=_encoding_of(file, facts),
        cache=cache,
    )


def _encoding_of(file: Path, facts: "Header") -> Encoding:
    """How a sound file is encoded, as far as it says."""
    encoding = Encoding(sample_rate=facts.sample_rate, channels=facts.channels or 1)
    name = AUDIOBOOKS.get(file.suffix.lower(), encoding.format)
    is_lossless = writers.writer_for(name).is_lossless
    bitrate = encoding.bitrate if is_lossless or not facts.bitrate else facts.bitrate
    return replace(encoding, format=name, bitrate=bitrate)


def book_beside(file: Path) -> Path:
    """The book with a file's name, or its folder's, that lies beside it. Raises UsageError where there is none."""
    for named in (file.with_suffix(""), file.parent):
        for suffix in (*_SCRIPTS, *list_suffixes()):
            book = named.with_name(named.name + suffix) if named.name else named
            if book.is_file():
                return book
    raise UsageError(
        "nothing says which book this was built from",
        where=str(file),
        hint=f"name the book: {command_line('audiobook', 'check', '--transcribe', file, '--book', 'FILE')}",
    )


def _key(target: Path) -> str:
    return key_of("the plan of", str(target.resolve()))
