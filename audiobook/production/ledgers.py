"""The ledger of a build: what reading, speaking, encoding and delivering each say of it, held against each other."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from audiobook import delivering
from audiobook.account import Account, ReadChapter, Stretch, checked
from audiobook.edition import Order
from audiobook.errors import UsageError
from audiobook.ledger import LEFT_OUT, UNSPOKEN, Ledger, Row, Sounded
from audiobook.ledger_json import ledger_to_json
from audiobook.ledger_text import ledger_to_text
from audiobook.mix import Mark
from audiobook.production.arranging import Silent
from audiobook.production.presses import PressedReel
from audiobook.production.pressing import Pressed
from audiobook.production.scripts import name_of
from audiobook.script import Script, ScriptChapter, paragraphs_of

_OPENING = 60  # characters of a line in the ledger
_MOST_ADDED = delivering.LEAD + 1152  # frames by which encoding makes a reel longer: a decoder's lead, an MP3 frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """All that a build made."""

    whole: Script
    part: Script  # the chapters asked for
    silent: Sequence[Silent]  # lines with words of which nothing is spoken
    pressed: Pressed
    delivered: delivering.Delivered


def ledger_of(order: Order, made: Made) -> Ledger:
    """The ledger of a build, with every sum that is not what it must be among its faults."""
    account = made.whole.account or _account_of_lines(made.whole)
    agreed = _in_script(made.whole, account)
    source = {id(chapter): read.source for chapter, read in agreed}
    rows = tuple(_rows(made, source))
    kept = {id(chapter) for chapter in made.part.chapters}
    left_out = [_left_out(chapter, source) for chapter in made.whole.chapters if id(chapter) not in kept]
    ledger = Ledger(
        source=name_of(order.book),
        words=account.words,
        rows=rows,
        skipped=(*account.skipped, *left_out, *map(_unspoken, made.silent)),
        gaps=made.pressed.gaps,
        rate=made.delivered.rate,
        lead=sum(row.sounded.frames - row.sounded.heard for row in rows),
        files=tuple(str(file) for file in made.delivered.files),
    )
    faults = (*account.faults, *_lost_in_script(made.whole, account), *_unequal_words(ledger), *_unequal_sound(ledger))
    return replace(ledger, faults=(*faults, *_unequal_reels(made.pressed)))


def check_place(order: Order, target: Path) -> None:
    """Raises UsageError where the ledger would take the place of the book or the audiobook, DeliveryError where it
    cannot be written.
    """
    if order.ledger is None:
        return
    if order.ledger.resolve() in {order.book.resolve(), target.resolve()}:
        raise UsageError("the ledger would overwrite it", where=str(order.ledger), hint="name another --ledger")
    delivering.check_file(order.ledger)


def write_ledger(order: Order, ledger: Ledger) -> None:
    """Write the ledger where the order wants it, if it does. Raises DeliveryError."""
    if order.ledger is None:
        return
    if order.ledger.suffix.casefold() == ".json":
        text = json.dumps(ledger_to_json(ledger), ensure_ascii=False, indent=2) + "\n"
    else:
        text = ledger_to_text(ledger)
    delivering.write_text(order.ledger, text)


def _account_of_lines(script: Script) -> Account:
    """The account of a script that is its own source."""
    chapters = tuple(_as_read(chapter) for chapter in script.chapters)
    return Account(words=sum(chapter.words for chapter in chapters), chapters=chapters, skipped=())


def _as_read(chapter: ScriptChapter) -> ReadChapter:
    words, check = checked("".join(texts) for texts in paragraphs_of(chapter.lines))
    return ReadChapter(number=chapter.number, source=words, words=words, check=check)


def _in_script(script: Script, account: Account) -> list[tuple[ScriptChapter, ReadChapter]]:
    """The script's chapters beside those that were read."""
    return list(zip(script.chapters, account.chapters, strict=False))


def _lost_in_script(script: Script, account: Account) -> Iterator[str]:
    """Where the lines of the script are not the words that were read."""
    if len(script.chapters) != len(account.chapters):
        yield f"{len(account.chapters)} chapters were read, and the script has {len(script.chapters)}"
    if script.account is None:
        return
    for chapter, read in _in_script(script, account):
        found = _as_read(chapter)
        if (found.words, found.check) != (read.words, read.check):
            told = f"{read.words:,} words were read, and other {found.words:,} are in its lines"
            yield f"chapter {chapter.number}: {told}"


def _rows(made: Made, source: Mapping[int, int]) -> Iterator[Row]:
    """A row for each chapter that is built."""
    key = attrgetter("number", "title")
    reels = [list(own) for _, own in groupby(made.pressed.reels, key=attrgetter("chapter", "title"))]
    heard = iter(zip(reels, made.delivered.marks, strict=True))
    following = next(heard, None)
    for (number, title), own in groupby(made.part.chapters, key=key):
        chapters = list(own)
        sounded = Sounded(number=number, title=title, words=sum(_as_read(chapter).words for chapter in chapters))
        if following is not None and (following[0][0].chapter, following[0][0].title) == (number, title):
            sounded = _with_sound(sounded, *following)
            following = next(heard, None)
        yield Row(
            source=sum(source.get(id(chapter), 0) for chapter in chapters),
            unspoken=sum(silent.words for silent in made.silent if silent.line.place.chapter == number),
            lost=sum(gap.words for gap in made.pressed.gaps if gap.place.chapter == number),
            sounded=sounded,
        )


def _with_sound(sounded: Sounded, reels: Sequence[PressedReel], mark: Mark) -> Sounded:
    return replace(
        sounded,
        cued=sum(reel.words for reel in reels),
        cues=sum(reel.cues for reel in reels),
        reels=len(reels),
        takes=sum(reel.lengths.takes for reel in reels),
        pauses=sum(reel.lengths.pauses for reel in reels),
        sound=sum(reel.lengths.sound for reel in reels),
        frames=sum(reel.printed.frames for reel in reels),
        heard=mark.end - mark.start,
    )


def _left_out(chapter: ScriptChapter, source: Mapping[int, int]) -> Stretch:
    words = source.get(id(chapter), 0)
    return Stretch(reason=LEFT_OUT, place=f"chapter {chapter.number}", words=words, opening=chapter.title)


def _unspoken(silent: Silent) -> Stretch:
    opening = " ".join(silent.line.text.split())[:_OPENING]
    return Stretch(reason=UNSPOKEN, place=str(silent.line.place), words=silent.words, opening=opening)


def _unequal_words(ledger: Ledger) -> Iterator[str]:
    counted = ledger.spoken + ledger.skipped_words + ledger.lost
    if counted != ledger.words:
        yield f"the source has {ledger.words:,} words, and {counted:,} are spoken, skipped or lost"
    for row in ledger.rows:
        sounded = row.sounded
        if sounded.words != sounded.cued + row.unspoken:
            told = f"{sounded.cued:,} are in cues and {row.unspoken:,} are not spoken"
            yield f"chapter {sounded.number}: its lines have {sounded.words:,} words; {told}"


def _unequal_sound(ledger: Ledger) -> Iterator[str]:
    """Where frames went missing, or came from nowhere, between the reels and the marks of the finished sound."""
    for row in ledger.rows:
        sounded = row.sounded
        most = sounded.reels * _MOST_ADDED
        if not -most <= sounded.frames - sounded.sound <= most:
            yield f"chapter {sounded.number}: {sounded.sound:,} frames of sound became {sounded.frames:,} when encoded"
    heard = [row.sounded for row in ledger.rows if row.sounded.reels]
    leads = [sounded.frames - sounded.heard for sounded in heard]
    if heard and leads != [*([0] * (len(heard) - 1)), delivering.LEAD]:
        number = next((s.number for s, lead in zip(heard, leads, strict=True) if lead), heard[-1].number)
        yield f"chapter {number}: its mark is not as long as its sound"


def _unequal_reels(pressed: Pressed) -> Iterator[str]:
    cues = sum(reel.cues for reel in pressed.reels)
    told = pressed.recorded + pressed.reused + len(pressed.gaps)
    if cues != told:
        yield f"{told:,} cues were recorded, found or lost, and {cues:,} are in reels"
    for number, reel in enumerate(pressed.reels, 1):
        if not reel.lengths.add_up:
            parts = f"{reel.lengths.takes:,} frames of takes and {reel.lengths.pauses:,} of silence"
            yield f"reel {number}, in chapter {reel.chapter}: {parts} were joined to {reel.lengths.sound:,}"
