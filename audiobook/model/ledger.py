"""The ledger of a build: every word of the source is spoken once or listed with a reason; every sample is counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from audiobook.model.book import Account, SkippedText
from audiobook.model.codec import from_json
from audiobook.model.script import Place

LEFT_OUT = "left out by --chapters"
UNSPOKEN = "nothing to be spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A line, or a part of it, that no engine could speak."""

    place: Place
    text: str  # the text that is missing in the sound
    reason: str
    words: int = 0  # of the line


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSound:
    """The sound that was made of the lines of one chapter."""

    number: int
    title: str
    words: int  # of its lines
    cued: int = 0  # words of lines that are in cues
    cues: int = 0  # in its segments
    segments: int = 0
    takes: int = 0  # samples of its takes, at the rate of the file
    pauses: int = 0  # samples of silence between and after the takes
    sound: int = 0  # samples of its rendered segments
    samples: int = 0  # samples of its encoded segments, including the encoder's delay
    heard: int = 0  # samples of its mark in the finished sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One chapter in the ledger."""

    source: int  # words in the source
    unspoken: int  # words in lines without speakable text
    lost: int  # words in gaps
    sounded: ChapterSound

    @property
    def spoken(self) -> int:
        """Words of the source that are spoken."""
        return self.source - self.unspoken - self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The counts of a build from the source to the finished file. Made by `pipeline.accounting`."""

    source: str  # the book's or the script's file name
    words: int  # in the source
    rows: tuple[Row, ...]
    skipped: tuple[SkippedText, ...]  # what of the source is not spoken
    gaps: tuple[Gap, ...]
    sample_rate: int  # Hz, of all samples
    lead: int  # samples of encoder and decoder delay, which players skip
    files: tuple[str, ...]
    faults: tuple[str, ...] = ()  # sums that differ

    @property
    def balanced(self) -> bool:
        """Whether every sum is what it must be."""
        return not self.faults

    @property
    def spoken(self) -> int:
        """Words of the source that are spoken."""
        return sum(row.spoken for row in self.rows)

    @property
    def skipped_words(self) -> int:
        """Words of the source that are not spoken, without gaps."""
        return sum(stretch.words for stretch in self.skipped)

    @property
    def lost(self) -> int:
        """Words in gaps."""
        return sum(row.lost for row in self.rows)

    def reasons(self) -> dict[str, int]:
        """Words that are not spoken, by reason, the most frequent first. Reasons without words are left out."""
        counted: Counter[str] = Counter()
        for stretch in self.skipped:
            counted[stretch.reason] += stretch.words
        return {reason: words for reason, words in counted.most_common() if words}


def account_to_json(account: Account) -> dict[str, Any]:
    """An account as plain JSON values."""
    return asdict(account)


def account_from_json(data: Mapping[str, Any]) -> Account:
    """The account that `account_to_json` wrote. Raises RecordError for anything else."""
    return from_json(Account, data)


def ledger_to_json(ledger: Ledger) -> dict[str, Any]:
    """A ledger as JSON values.

    Samples (`frames` in the JSON) are those of the finished file, `sample_rate` per second.
    """
    return {
        "format": "audiobook-ledger",
        "version": 1,
        "source": ledger.source,
        "files": list(ledger.files),
        "balanced": ledger.balanced,
        "faults": list(ledger.faults),
        "words": {
            "source": ledger.words,
            "spoken": ledger.spoken,
            "skipped": ledger.skipped_words,
            "lost": ledger.lost,
            "reasons": ledger.reasons(),
        },
        "frames": {
            "rate": ledger.sample_rate,
            "takes": sum(row.sounded.takes for row in ledger.rows),
            "pauses": sum(row.sounded.pauses for row in ledger.rows),
            "reels": sum(row.sounded.sound for row in ledger.rows),
            "encoded": sum(row.sounded.samples for row in ledger.rows),
            "lead": ledger.lead,
            "heard": sum(row.sounded.heard for row in ledger.rows),
        },
        "chapters": [_row_to_json(row) for row in ledger.rows],
        "skipped": [asdict(stretch) for stretch in ledger.skipped],
        "gaps": [
            {"place": str(gap.place), "words": gap.words, "text": gap.text, "reason": gap.reason} for gap in ledger.gaps
        ],
    }


def _row_to_json(row: Row) -> dict[str, Any]:
    sounded = row.sounded
    return {
        "number": sounded.number,
        "title": sounded.title,
        "words": {"source": row.source, "spoken": row.spoken, "skipped": row.unspoken, "lost": row.lost},
        "cues": sounded.cues,
        "reels": sounded.segments,
        "frames": {
            "takes": sounded.takes,
            "pauses": sounded.pauses,
            "reels": sounded.sound,
            "encoded": sounded.samples,
            "heard": sounded.heard,
        },
    }


_BALANCED = "It balances: every word is spoken once or listed below, and every frame of sound is in what was delivered."
_HEADS = ("source", "spoken", "skipped", "lost", "cues", "segments", "takes", "pauses", "joined", "encoded", "heard")


def ledger_to_text(ledger: Ledger) -> str:
    """A ledger as text: sums, a row per chapter, skipped parts with reasons, gaps and faults."""
    return "\n".join((*_head(ledger), *_chapters(ledger), *_listings(ledger))) + "\n"


def _head(ledger: Ledger) -> Iterator[str]:
    yield f"The ledger of {ledger.source}"
    yield ""
    if ledger.balanced:
        yield _BALANCED
    else:
        yield "It does not balance, which is a bug in audiobook:"
        yield from (f"  {fault}" for fault in ledger.faults)
    yield ""
    yield f"{ledger.words:>12,}  words in the source"
    yield f"{ledger.spoken:>12,}  spoken"
    yield f"{ledger.skipped_words:>12,}  skipped" + "".join(f"; {n:,} {why}" for why, n in ledger.reasons().items())
    yield f"{ledger.lost:>12,}  lost in gaps"
    yield ""
    rows = [row.sounded for row in ledger.rows]
    for samples, what in (
        (sum(row.takes for row in rows), "samples of sound in takes"),
        (sum(row.pauses for row in rows), "samples of silence between them"),
        (sum(row.sound for row in rows), "samples joined, the sum of both"),
        (
            sum(row.samples for row in rows),
            "samples encoded: the same in whole frames of the format, including the encoder's delay",
        ),
        (ledger.lead, "samples of that delay, which players skip"),
        (sum(row.heard for row in rows), "samples heard"),
    ):
        yield f"{samples:>12,}  {what}"
    yield f"{ledger.sample_rate:>12,}  samples a second"
    yield f"{sum(row.heard for row in rows) / ledger.sample_rate:>12,.1f}  seconds heard"
    yield ""


def _chapters(ledger: Ledger) -> Iterator[str]:
    yield "Chapter by chapter: words, then cues and segments, then samples"
    yield ""
    rows = [_HEADS, *(_figures(row) for row in ledger.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEADS))]
    titles = ["chapter", *(f"{row.sounded.number}: {row.sounded.title}" for row in ledger.rows)]
    for figures, title in zip(rows, titles, strict=True):
        yield "  ".join(figure.rjust(width) for figure, width in zip(figures, widths, strict=True)) + f"  {title}"
    yield ""


def _figures(row: Row) -> Sequence[str]:
    s = row.sounded
    words = (row.source, row.spoken, row.unspoken, row.lost)
    return [f"{n:,}" for n in (*words, s.cues, s.segments, s.takes, s.pauses, s.sound, s.samples, s.heard)]


def _listings(ledger: Ledger) -> Iterator[str]:
    if ledger.skipped:
        yield "Not spoken: words, why, where, how it begins"
        yield ""
        for stretch in ledger.skipped:
            yield f"{stretch.words:>7,}  {stretch.reason}; {stretch.place}: {stretch.opening}"
        yield ""
    if ledger.gaps:
        yield "Lost: words, where, why, text"
        yield ""
        for gap in ledger.gaps:
            yield f"{gap.words:>7,}  {gap.place}; {gap.reason}: {gap.text}"
        yield ""
    for file in ledger.files:
        yield f"Delivered: {file}"
