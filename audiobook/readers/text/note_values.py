"""The notes of a plain text as values of the book, each with the place of the mark that refers to it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from audiobook.model.book import Note, Paragraph
from audiobook.readers.assembling import Draft
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.drafting import Cut
from audiobook.readers.text.notes import Body, Notes
from audiobook.readers.text.paragraphs import paragraph


def make_notes(notes: Notes, drafts: Sequence[Draft], cuts: Sequence[Cut], layout: Layout) -> Iterator[Note]:
    """The notes in the order of their text. Each belongs to the last mark like its own that no other note has."""
    places = defaultdict(list)
    for cut in cuts:
        if cut.reason == "note reference":
            places[cut.title.strip("[](){}^").casefold()].append(cut.start)
    holders = sorted(
        ((span[0], p) for draft in drafts for p in draft.paragraphs if (span := p.span)), key=lambda held: held[0]
    )
    starts = [start for start, _ in holders]
    for body in sorted(notes.bodies, key=lambda body: body.blocks[0].start):
        open_places = places[body.mark]
        at = bisect_right(open_places, body.blocks[0].start) - 1
        reference = open_places.pop(at) if at >= 0 else None
        paragraphs = tuple(_paragraphs(body, layout))
        if paragraphs:
            after = (
                _count_before(holders[bisect_right(starts, reference) - 1][1], reference)
                if reference is not None
                else 0
            )
            yield Note(mark=body.printed, paragraphs=paragraphs, reference=reference, after=after)


def _paragraphs(body: Body, layout: Layout) -> Iterator[Paragraph]:
    """The words of a note, without its mark."""
    first = body.blocks[0]
    holes = [(first.start, body.opening)]
    last = body.blocks[-1].lines[-1]
    if body.kind == "opening" and last.text.endswith("]"):
        holes.append((last.end - 1, last.end))
    for block in body.blocks:
        made = paragraph(Block(block.lines, block.gap), layout, "note", holes)
        if made is not None:
            yield made


def _count_before(holder: Paragraph, place: int) -> int:
    """How many characters of a paragraph come before a place in the source."""
    before = [run for run in holder.runs if run.source + run.length <= place]
    return before[-1].text + before[-1].length if before else 0
