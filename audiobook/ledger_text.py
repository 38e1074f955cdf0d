"""A ledger as a text that a person reads."""

from collections.abc import Iterator, Sequence

from audiobook.ledger import Ledger, Row

_BALANCED = "It balances: every word is spoken once or listed below, and every frame of sound is in what was delivered."
_HEADS = ("source", "spoken", "skipped", "lost", "cues", "reels", "takes", "pauses", "joined", "encoded", "heard")


def ledger_to_text(ledger: Ledger) -> str:
    """A ledger for people: the sums, a row a chapter, what is not spoken and why, the gaps, what does not add up."""
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
    for frames, what in (
        (sum(row.takes for row in rows), "frames of sound in takes"),
        (sum(row.pauses for row in rows), "frames of silence between them"),
        (sum(row.sound for row in rows), "frames joined, the sum of both"),
        (sum(row.frames for row in rows), "frames encoded: the same in whole MP3 frames, an encoder's delay included"),
        (ledger.lead, "frames of that delay, which no player lets be heard"),
        (sum(row.heard for row in rows), "frames heard"),
    ):
        yield f"{frames:>12,}  {what}"
    yield f"{ledger.rate:>12,}  frames a second"
    yield f"{sum(row.heard for row in rows) / ledger.rate:>12,.1f}  seconds heard"
    yield ""


def _chapters(ledger: Ledger) -> Iterator[str]:
    yield "Chapter by chapter: words, then cues and reels, then frames"
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
    return [f"{n:,}" for n in (*words, s.cues, s.reels, s.takes, s.pauses, s.sound, s.frames, s.heard)]


def _listings(ledger: Ledger) -> Iterator[str]:
    if ledger.skipped:
        yield "Not spoken: words, why, where, how it begins"
        yield ""
        for stretch in ledger.skipped:
            yield f"{stretch.words:>7,}  {stretch.reason}; {stretch.place}: {stretch.opening}"
        yield ""
    if ledger.gaps:
        yield "Lost: words, where, why, what should be heard"
        yield ""
        for gap in ledger.gaps:
            yield f"{gap.words:>7,}  {gap.place}; {gap.reason}: {gap.text}"
        yield ""
    for file in ledger.files:
        yield f"Delivered: {file}"
