"""The timeline of each finished file: put together from the segments of a build, cached, and read again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from audiobook import writers
from audiobook.errors import DeliveryError, UsageError
from audiobook.model.request import BuildRequest
from audiobook.model.script import Line, Place, Script
from audiobook.model.timeline import TIMELINES, TimedChapter, TimedLine, TimedSentence, Timeline, Utterance
from audiobook.pipeline.segment_encoder import ClipTime, SegmentResult
from audiobook.pipeline.sentences import sentence_starts
from audiobook.pipeline.tags import target_of
from audiobook.runtime.cache import Cache, key_of

FORMAT, VERSION = "audiobook-timelines", 1  # of the file that `--timeline` writes


def make_timelines(
    script: Script, segments: Sequence[SegmentResult], files: Sequence[Path], sample_rate: int
) -> Iterator[Timeline]:
    """The timeline of each sound file of a build, in order; `script` has the chapters that were built."""
    lines = {line.place: line for line in script.lines()}
    chapters = [list(group) for _, group in groupby(segments, key=lambda one: (one.chapter, one.title))]
    per_file = [chapters] if len(files) == 1 else [[chapter] for chapter in chapters]
    for file, own in zip(files, per_file, strict=True):
        timed = tuple(_timed_chapters(own, lines))
        yield Timeline(file=file.name, sample_rate=sample_rate, chapters=timed)


def _timed_chapters(chapters: Sequence[Sequence[SegmentResult]], lines: Mapping[Place, Line]) -> Iterator[TimedChapter]:
    at = 0
    for number, segments in enumerate(chapters, 1):
        start, clips = at, []
        for segment in segments:
            clips += [(at, clip) for clip in segment.times]
            at += segment.encoded.frames
        # The encoder's lead is skipped at the start of the file, so the last chapter is shorter by it.
        end = at - writers.LEAD if number == len(chapters) else at
        timed = tuple(
            _timed_line(lines[place], list(group)) for place, group in groupby(clips, key=lambda one: one[1].place)
        )
        yield TimedChapter(number=segments[0].chapter, title=segments[0].title, start=start, end=end, lines=timed)


def _timed_line(line: Line, clips: Sequence[tuple[int, ClipTime]]) -> TimedLine:
    """A line, from its clips and the samples of the file at which their segments start."""
    utterances = tuple(
        Utterance(take=clip.take, start=at + clip.start, end=at + clip.end, lost=clip.lost) for at, clip in clips
    )
    start, end = utterances[0].start, utterances[-1].end
    return TimedLine(
        place=line.place,
        speaker=line.speaker,
        text=line.text,
        start=start,
        end=end,
        utterances=utterances,
        sentences=tuple(_sentences(line.text, _heard_starts(clips), start, end)),
    )


def _heard_starts(clips: Sequence[tuple[int, ClipTime]]) -> list[tuple[int, bool]]:
    """Where the spoken sentences of a line begin, and whether that was measured."""
    found: list[tuple[int, bool]] = []
    for at, clip in clips:
        if not clip.continues or not found:
            found.append((at + clip.start, True))
        found += [(at + one.at, one.measured) for one in clip.breaks]
    return found


def _sentences(text: str, heard: Sequence[tuple[int, bool]], start: int, end: int) -> Iterator[TimedSentence]:
    """The sentences of a line's text. They are those that were heard where their number is the same.

    Otherwise the spoken form has merged or split sentences, and each gets its share of the time by its characters.
    """
    offsets = sentence_starts(text)
    if len(offsets) == len(heard):
        times = list(heard)
    else:
        times = [(start + (end - start) * offset // max(1, len(text)), offset == 0) for offset in offsets]
    edges = pairwise([*(at for at, _ in times), end])
    for (first, last), (begin, stop), (_, measured) in zip(pairwise([*offsets, len(text)]), edges, times, strict=True):
        yield TimedSentence(start_char=first, end_char=last, start=begin, end=max(begin, stop), measured=measured)


def keep_timelines(
    request: BuildRequest, script: Script, segments: Sequence[SegmentResult], made: writers.Delivered, cache: Cache
) -> None:
    """Write the timelines of a finished build: into the cache and, if asked for, to `request.timeline`.

    Raises DeliveryError where the file asked for cannot be written.
    """
    chapters = len({(segment.chapter, segment.title) for segment in segments})
    files = made.files[:chapters] if request.per_chapter else made.files[:1]
    facts = [_facts(file) for file in files]
    are_kept = all(cache.peek("timelines", _key(file)) == own for file, own in zip(files, facts, strict=True))
    if are_kept and request.timeline is None:
        return
    timelines = list(make_timelines(script, segments, files, made.rate))
    for file, own, timeline in zip(files, facts, timelines, strict=True):
        with suppress(DeliveryError):  # the sound files are finished; a missing timeline only disables `--transcribe`
            cache.save("timelines", _key(file), TIMELINES.dumps(timeline), own)
    if request.timeline is not None:
        writers.write_text(request.timeline, timelines_to_text(timelines))


def timeline_of(file: Path, cache: Cache) -> Timeline | None:
    """The timeline of a finished file, as the build that made it wrote it.

    None if the file was made elsewhere or by another version, or has changed since.
    """
    found = cache.load("timelines", _key(file))
    if found is None or found[0] != _facts(file):
        return None
    return TIMELINES.loads_or_none(found[1])


def check_timeline_place(request: BuildRequest) -> None:
    """Raises UsageError if the timeline would replace the book or its sound, DeliveryError if it cannot be written."""
    if request.timeline is None:
        return
    if request.timeline.resolve() in {request.book.resolve(), target_of(request).resolve()}:
        raise UsageError("the timeline would overwrite it", where=str(request.timeline), hint="name another --timeline")
    writers.check_file(request.timeline)


def timelines_to_text(timelines: Sequence[Timeline]) -> str:
    """The timelines of a build as one JSON document: a file, and in it a chapter, a line each."""
    head = {"format": FORMAT, "version": VERSION}
    files = ",\n".join(json.dumps(_to_json(timeline), ensure_ascii=False) for timeline in timelines)
    return f'{json.dumps(head)[:-1]}, "files": [\n{files}\n]}}\n'


def _to_json(timeline: Timeline) -> dict[str, Any]:
    chapters = [asdict(chapter) for chapter in timeline.chapters]
    for chapter in chapters:
        for line in chapter["lines"]:
            del line["utterances"]
    return {"file": timeline.file, "sample_rate": timeline.sample_rate, "chapters": chapters}


def _facts(file: Path) -> dict[str, int]:
    """What changes when a file is written anew. Zeros where it is gone."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return {"size": 0, "changed": 0}
    return {"size": status.st_size, "changed": status.st_mtime_ns}


def _key(file: Path) -> str:
    return key_of("the timeline of", str(file.resolve()))
