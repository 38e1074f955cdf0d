"""Store the timeline of a build: it is written chapter by chapter during the build, and loaded later.

The cache has a record for each chapter, by a hash of its segments and lines, and a record for each finished file, by
its path, which lists its chapters.
"""

import json
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from audiobook import writers
from audiobook.errors import DeliveryError, UsageError, command_line
from audiobook.model.codec import Codec, to_json
from audiobook.model.script import Line, Script, ScriptChapter
from audiobook.model.timeline import TIMELINES, TimedChapter, TimedFile, Timeline
from audiobook.pipeline.planning import SegmentPlan
from audiobook.pipeline.segment_encoder import SegmentResult
from audiobook.pipeline.timeline.records import RECORDS, lines_of, make_record
from audiobook.runtime.cache import Cache, key_of
from audiobook.runtime.files import move_into_place
from audiobook.writers.output_files import draft

RECIPE = 1  # increase when the same segments and lines give another timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChapter:
    """A chapter whose timeline is in the cache."""

    number: int
    title: str
    samples: int  # of its encoded segments
    cues: int  # in its segments
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _StoredFile:
    """A finished file and its chapters."""

    sample_rate: int
    language: str
    samples: int
    chapters: tuple[StoredChapter, ...]


_FILES = Codec(_StoredFile, "audiobook-timeline-file", 1)


@dataclass(slots=True)
class _OpenChapter:
    """A chapter whose segments are not all encoded."""

    number: int
    title: str
    lines: tuple[Line, ...]
    plans: list[SegmentPlan] = field(default_factory=list)
    results: dict[int, SegmentResult] = field(default_factory=dict)  # by number of the segment in the chapter
    is_whole: bool = False  # all segments are planned


class TimelineWriter:
    """Collects the segments of a build and writes the timeline of each chapter when its last segment is there."""

    def __init__(self, cache: Cache, script: Script, sample_rate: int) -> None:
        self._cache = cache
        self._sample_rate = sample_rate
        self._script = deque(script.chapters)
        self._open: list[_OpenChapter] = []
        self._positions: dict[int, tuple[_OpenChapter, int]] = {}  # segment → its chapter and its number in the chapter
        self._stored: list[StoredChapter] = []

    def expect(self, number: int, plan: SegmentPlan) -> None:
        """Add a planned segment. Segments are added in the order of the book."""
        last = self._open[-1] if self._open and not self._open[-1].is_whole else None
        if last is None or (last.number, last.title) != (plan.segment.chapter, plan.title):
            if last is not None:
                self._close(last)
            last = _OpenChapter(plan.segment.chapter, plan.title, self._lines_of(plan))
            self._open.append(last)
        self._positions[number] = last, len(last.plans)
        last.plans.append(plan)

    def add(self, number: int, result: SegmentResult) -> None:
        """Add the result of an encoded segment."""
        chapter, at = self._positions.pop(number)
        chapter.results[at] = result
        self._write_finished()

    def finish(self) -> tuple[StoredChapter, ...]:
        """Complete the timeline; returns the chapters in order."""
        if self._open:
            self._close(self._open[-1])
        return tuple(self._stored)

    def _close(self, chapter: _OpenChapter) -> None:
        chapter.is_whole = True
        self._write_finished()

    def _write_finished(self) -> None:
        while self._open and self._open[0].is_whole and len(self._open[0].results) == len(self._open[0].plans):
            self._stored.append(self._write_chapter(self._open.pop(0)))

    def _lines_of(self, plan: SegmentPlan) -> tuple[Line, ...]:
        """The lines of the chapter that begins with this segment."""
        wanted = (plan.segment.chapter, plan.title)
        while self._script and _name(self._script[0]) != wanted:
            self._script.popleft()
        lines: list[Line] = []
        while self._script and _name(self._script[0]) == wanted:
            lines += self._script.popleft().lines
        return tuple(lines)

    def _write_chapter(self, chapter: _OpenChapter) -> StoredChapter:
        results = [chapter.results[at] for at in range(len(chapter.plans))]
        stored = StoredChapter(
            number=chapter.number,
            title=chapter.title,
            samples=sum(result.encoded.samples for result in results),
            cues=sum(len(result.clips) for result in results),
            key=_chapter_key(chapter, results, self._sample_rate),
        )
        if self._cache.peek("timelines", stored.key) is None:
            record = make_record(chapter.lines, list(zip(chapter.plans, results, strict=True)), self._sample_rate)
            with suppress(DeliveryError):  # the audiobook is complete without it
                self._cache.save("timelines", stored.key, RECORDS.dumps(record), {})
        return stored


def _name(chapter: ScriptChapter) -> tuple[int, str]:
    return chapter.number, chapter.title


def _chapter_key(chapter: _OpenChapter, results: Sequence[SegmentResult], sample_rate: int) -> str:
    """A hash of everything in the timeline of a chapter."""
    places = [(line.place.paragraph, line.place.line) for line in chapter.lines]
    texts = [(line.speaker, line.text) for line in chapter.lines]
    segments = [result.encoded.key for result in results]
    return key_of(RECIPE, sample_rate, chapter.number, chapter.title, segments, places, texts)


def note_files(
    sound_files: Sequence[Path],
    chapters: Sequence[StoredChapter],
    language: str,
    made: writers.DeliveredFiles,
    cache: Cache,
) -> None:
    """Store which chapters each finished file has: all in one file, or one per file."""
    groups = [tuple(chapters)] if len(sound_files) == 1 else [(chapter,) for chapter in chapters]
    for file, own in zip(sound_files, groups, strict=True):
        samples = sum(chapter.samples for chapter in own) - made.lead
        noted = _FILES.dumps(
            _StoredFile(sample_rate=made.sample_rate, language=language, samples=samples, chapters=own)
        )
        found = cache.load("timelines", _file_key(file))
        if found is None or found[1] != noted:
            with suppress(DeliveryError):
                cache.save("timelines", _file_key(file), noted, {})


def load_timeline(sound_files: Sequence[Path], cache: Cache) -> Timeline:
    """The timeline of an audiobook in these files. Raises UsageError if it is not in the cache."""
    heads = [_head(file, cache) for file in sound_files]
    timed = tuple(
        TimedFile(file=str(file), samples=head.samples, chapters=tuple(_chapters(file, head, cache)))
        for file, head in zip(sound_files, heads, strict=True)
    )
    return Timeline(sample_rate=heads[0].sample_rate, language=heads[0].language, files=timed)


def timeline_facts(sound_file: Path, cache: Cache) -> tuple[int, str]:
    """The rate in Hz of the times of a file, and the language of its book. Raises UsageError if it has no timeline."""
    head = _head(sound_file, cache)
    return head.sample_rate, head.language


def iter_chapters(sound_file: Path, cache: Cache) -> Iterator[TimedChapter]:
    """The chapters of a file, one in memory at a time. Raises UsageError if its timeline is not in the cache."""
    yield from _chapters(sound_file, _head(sound_file, cache), cache)


def write_timeline(target: Path, sound_files: Sequence[Path], cache: Cache) -> None:
    """Write the timeline as JSON, with one chapter in memory at a time. Raises UsageError and DeliveryError."""
    with draft(target) as path:
        with path.open("w", encoding="utf-8", errors="replace") as file:
            for part in _json_parts(sound_files, cache):
                file.write(part)
        move_into_place(path, target)


def check_target(target: Path | None, *others: Path) -> None:
    """Raises UsageError unless the target is a .json file and differs from the other files."""
    if target is None:
        return
    if target.suffix.casefold() != ".json":
        raise UsageError(
            "the timeline is written as JSON", where=str(target), hint="name a file that ends in .json: --timeline"
        )
    if target.resolve() in {other.resolve() for other in others}:
        raise UsageError("the timeline would overwrite it", where=str(target), hint="name another --timeline")
    writers.check_file(target)


def _json_parts(sound_files: Sequence[Path], cache: Cache) -> Iterator[str]:
    heads = [_head(file, cache) for file in sound_files]
    front = {
        "format": TIMELINES.format,
        "version": TIMELINES.version,
        "sample_rate": heads[0].sample_rate,
        "language": heads[0].language,
    }
    yield json.dumps(front, ensure_ascii=False)[:-1] + ', "files": ['
    for number, (file, head) in enumerate(zip(sound_files, heads, strict=True)):
        own = {"file": str(file), "samples": head.samples}
        yield ",\n" * (number > 0) + json.dumps(own, ensure_ascii=False)[:-1] + ', "chapters": ['
        for position, chapter in enumerate(_chapters(file, head, cache)):
            yield ",\n" * (position > 0) + json.dumps(to_json(chapter), ensure_ascii=False)
        yield "]}"
    yield "]}\n"


def _head(file: Path, cache: Cache) -> _StoredFile:
    found = cache.load("timelines", _file_key(file))
    head = None if found is None else _FILES.loads_or_none(found[1])
    if head is None:
        raise _missing(file)
    return head


def _chapters(file: Path, head: _StoredFile, cache: Cache) -> Iterator[TimedChapter]:
    """The chapters of a file, with times from the start of the file."""
    start = 0
    for stored in head.chapters:
        found = cache.load("timelines", stored.key)
        record = None if found is None else RECORDS.loads_or_none(found[1])
        if record is None:
            raise _missing(file)
        end = start + stored.samples
        lines = tuple(lines_of(record, stored.number, start))
        yield TimedChapter(
            number=stored.number, title=stored.title, start=start, end=min(end, head.samples), lines=lines
        )
        start = end


def _missing(file: Path) -> UsageError:
    return UsageError(
        "there is no timeline of this file: another machine or an earlier version built it, or the cache was emptied",
        where=str(file),
        hint=rebuild_hint(file),
    )


def rebuild_hint(file: Path) -> str:
    """A hint to build a file again that has no timeline or that of another file."""
    return f"build it again: {command_line('audiobook', 'build', 'BOOK', '--output', file)}"


def _file_key(file: Path) -> str:
    return key_of("the timeline of", str(file.resolve()))
