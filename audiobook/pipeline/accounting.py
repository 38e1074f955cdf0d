"""Make the ledger of a build: compare the counts of reading, speaking, encoding and delivering."""

import json
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from audiobook import writers
from audiobook.errors import UsageError
from audiobook.model.book import Account, ReadChapter, SkippedText, count_and_hash
from audiobook.model.clip import Mark
from audiobook.model.ledger import LEFT_OUT, UNSPOKEN, ChapterSound, Ledger, Row, ledger_to_json, ledger_to_text
from audiobook.model.request import BuildRequest
from audiobook.model.script import Script, ScriptChapter, paragraphs_of
from audiobook.pipeline.planning import Silent
from audiobook.pipeline.segment_encoder import SegmentResult
from audiobook.pipeline.synthesize_and_encode import EncodedBook
from audiobook.pipeline.timeline.store import StoredChapter
from audiobook.runtime import files

_OPENING = 60  # characters of a line in the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResults:
    """The results of all stages of a build."""

    whole: Script
    part: Script  # the requested chapters
    silent: Sequence[Silent]  # lines with words but without speakable text
    encoded: EncodedBook
    delivered: writers.DeliveredFiles


def make_ledger(request: BuildRequest, made: StageResults) -> Ledger:
    """Make the ledger of a build. Sums that differ are listed in its faults."""
    told = [_count_chapter(chapter) for chapter in made.whole.chapters]
    account = made.whole.account or _account_of_lines(told)
    chapters = _chapters(made, account, told)
    rows = tuple(_rows(made, chapters, per_file=request.per_chapter))
    ledger = Ledger(
        source=files.printable_name(request.book),
        words=account.words,
        rows=rows,
        skipped=(*account.skipped, *_left_out(chapters), *map(_unspoken, made.silent)),
        gaps=made.encoded.gaps,
        sample_rate=made.delivered.sample_rate,
        lead=sum(row.sounded.samples - row.sounded.heard for row in rows),
        files=tuple(str(file) for file in made.delivered.files),
    )
    faults = (*account.faults, *_check_script(account, told), *_check_words(ledger))
    return replace(
        ledger,
        faults=(*faults, *_check_sound(ledger, made.delivered, made.encoded.timed), *_check_segments(made.encoded)),
    )


def check_place(request: BuildRequest, target: Path) -> None:
    """Raises UsageError if the ledger would overwrite the book or the audiobook, DeliveryError if it cannot be
    written.
    """
    if request.ledger is None:
        return
    if request.ledger.resolve() in {request.book.resolve(), target.resolve()}:
        raise UsageError("the ledger would overwrite it", where=str(request.ledger), hint="name another --ledger")
    writers.check_file(request.ledger)


def write_ledger(request: BuildRequest, ledger: Ledger) -> None:
    """Write the ledger if the request names a file for it. Raises DeliveryError."""
    if request.ledger is None:
        return
    if request.ledger.suffix.casefold() == ".json":
        text = json.dumps(ledger_to_json(ledger), ensure_ascii=False, indent=2) + "\n"
    else:
        text = ledger_to_text(ledger)
    writers.write_text(request.ledger, text)


def _account_of_lines(told: Sequence[ReadChapter]) -> Account:
    """The account of a script file, which is its own source."""
    return Account(words=sum(chapter.words for chapter in told), chapters=tuple(told), skipped=())


def _count_chapter(chapter: ScriptChapter) -> ReadChapter:
    """The words in the lines of a chapter."""
    words, check = count_and_hash("".join(texts) for texts in paragraphs_of(chapter.lines))
    return ReadChapter(number=chapter.number, source=words, words=words, check=check)


def _check_script(account: Account, told: Sequence[ReadChapter]) -> Iterator[str]:
    """Differences between the words that were read and the lines of the script."""
    if len(told) != len(account.chapters):
        yield f"{len(account.chapters)} chapters were read, and the script has {len(told)}"
    for found, read in zip(told, account.chapters, strict=False):
        if (found.words, found.check) != (read.words, read.check):
            counts = f"{read.words:,} words were read, and other {found.words:,} are in its lines"
            yield f"chapter {found.number}: {counts}"


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter of the script, with its word counts in the source and in its lines."""

    own: ScriptChapter
    source: int
    words: int
    wanted: bool


def _chapters(made: StageResults, account: Account, told: Sequence[ReadChapter]) -> list[_Chapter]:
    wanted = {id(chapter) for chapter in made.part.chapters}
    sources = [read.source for read in account.chapters]
    sources += [0] * (len(told) - len(sources))
    return [
        _Chapter(own, source, found.words, id(own) in wanted)
        for own, source, found in zip(made.whole.chapters, sources, told, strict=False)
    ]


def _rows(made: StageResults, chapters: Sequence[_Chapter], *, per_file: bool) -> Iterator[Row]:
    """A row for each chapter that is built. With `per_file`, each chapter has a lead that players skip."""
    unspoken, lost = _by_chapter(made)
    segments = [list(own) for _, own in groupby(made.encoded.segments, key=attrgetter("chapter", "title"))]
    heard = deque(zip(segments, made.delivered.marks, strict=True))
    for (number, title), group in groupby((c for c in chapters if c.wanted), key=attrgetter("own.number", "own.title")):
        own = list(group)
        sounded = ChapterSound(number=number, title=title, words=sum(chapter.words for chapter in own))
        if heard and (heard[0][0][0].chapter, heard[0][0][0].title) == (number, title):
            unheard = made.delivered.lead if per_file and len(heard) > 1 else 0  # the last mark already excludes it
            sounded = _with_sound(sounded, *heard.popleft(), unheard)
        source = sum(chapter.source for chapter in own)
        yield Row(source=source, unspoken=unspoken[number], lost=lost[number], sounded=sounded)


def _by_chapter(made: StageResults) -> tuple[Counter[int], Counter[int]]:
    """Words of lines that are not spoken, and words lost in gaps, by chapter number."""
    unspoken: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    for silent in made.silent:
        unspoken[silent.line.place.chapter] += silent.words
    for gap in made.encoded.gaps:
        lost[gap.place.chapter] += gap.words
    return unspoken, lost


def _with_sound(sounded: ChapterSound, segments: Sequence[SegmentResult], mark: Mark, unheard: int) -> ChapterSound:
    return replace(
        sounded,
        cued=sum(segment.words for segment in segments),
        cues=sum(segment.cues for segment in segments),
        segments=len(segments),
        takes=sum(segment.lengths.takes for segment in segments),
        pauses=sum(segment.lengths.pauses for segment in segments),
        sound=sum(segment.lengths.sound for segment in segments),
        samples=sum(segment.encoded.samples for segment in segments),
        heard=mark.end - mark.start - unheard,
    )


def _left_out(chapters: Sequence[_Chapter]) -> Iterator[SkippedText]:
    for chapter in chapters:
        if not chapter.wanted:
            place, title = f"chapter {chapter.own.number}", chapter.own.title
            yield SkippedText(reason=LEFT_OUT, place=place, words=chapter.source, opening=title)


def _unspoken(silent: Silent) -> SkippedText:
    opening = " ".join(silent.text.split())[:_OPENING]
    return SkippedText(reason=UNSPOKEN, place=str(silent.line.place), words=silent.words, opening=opening)


def _check_words(ledger: Ledger) -> Iterator[str]:
    counted = ledger.spoken + ledger.skipped_words + ledger.lost
    if counted != ledger.words:
        yield f"the source has {ledger.words:,} words, and {counted:,} are spoken, skipped or lost"
    for row in ledger.rows:
        sounded = row.sounded
        if sounded.words != sounded.cued + row.unspoken:
            told = f"{sounded.cued:,} are in cues and {row.unspoken:,} are not spoken"
            yield f"chapter {sounded.number}: its lines have {sounded.words:,} words; {told}"


def _check_sound(ledger: Ledger, delivered: writers.DeliveredFiles, timed: Sequence[StoredChapter]) -> Iterator[str]:
    """Differences in the number of samples between segments, timeline and finished sound."""
    for row in ledger.rows:
        sounded = row.sounded
        most = sounded.segments * delivered.writer.most_added
        if not -most <= sounded.samples - sounded.sound <= most:
            yield f"chapter {sounded.number}: {sounded.sound:,} samples became {sounded.samples:,} when encoded"
    heard = [row.sounded for row in ledger.rows if row.sounded.segments]
    played = sum(sounded.samples for sounded in heard) - delivered.lead
    if delivered.marks[-1].end != played:
        yield f"the chapters last {played:,} samples, and the marks end at {delivered.marks[-1].end:,}"
    if [(s.number, s.cues, s.samples) for s in heard] != [(t.number, t.cues, t.samples) for t in timed]:
        yield "the chapters of the timeline are not those of the finished sound"
    for sounded, mark in zip(heard[:-1], delivered.marks, strict=False):
        if mark.end - mark.start != sounded.samples:
            yield f"chapter {sounded.number}: its mark is not as long as its sound"


def _check_segments(encoded: EncodedBook) -> Iterator[str]:
    cues = sum(segment.cues for segment in encoded.segments)
    told = encoded.recorded + encoded.reused + len(encoded.gaps)
    if cues != told:
        yield f"{told:,} cues were recorded, found or lost, and {cues:,} are in segments"
    for number, segment in enumerate(encoded.segments, 1):
        if not segment.lengths.add_up:
            parts = f"{segment.lengths.takes:,} samples of takes and {segment.lengths.pauses:,} of silence"
            yield f"segment {number}, in chapter {segment.chapter}: {parts} were joined to {segment.lengths.sound:,}"
