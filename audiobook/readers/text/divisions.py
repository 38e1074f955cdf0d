"""The book's text → drafts of chapters and skipped stretches. Every block is in exactly one of them."""

from collections.abc import Iterable, Iterator, Sequence

from audiobook.readers import headings
from audiobook.readers.text import apparatus, contents, edges, title_page
from audiobook.readers.text.apparatus import page_numbers, rejoin_words
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.drafting import Cut, Divided, Drafting, cut_blocks
from audiobook.readers.text.entries import Entry
from audiobook.readers.text.marks import Promised, find_marks
from audiobook.readers.text.note_values import make_notes
from audiobook.readers.text.notes import Notes, split_notes
from audiobook.readers.text.outline import divide
from audiobook.readers.titles import one_line

_MOST = 4  # headings in a row without a blank line: volume, book, part, chapter


def detach_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with each "CHAPTER I" line separated from the text directly below it."""
    for block in blocks:
        rest = block
        for _ in range(_MOST):
            heading = headings.recognise(rest.lines[0].text) if len(rest.lines) > 1 else None
            if heading is None or not _stands_alone(heading, rest):
                break
            yield Block(rest.lines[:1], rest.gap)
            rest = Block(rest.lines[1:], 0)
        yield rest


def _stands_alone(heading: headings.Heading, block: Block) -> bool:
    """Whether the first line is a heading by itself: a label without a title, or one whose title is complete."""
    if heading.family.startswith("titled") or heading.family == headings.NAMED:
        return False
    rest = " ".join(line.text for line in block.lines[1:])
    if heading.family in headings.NUMERALS:
        return headings.is_capitals(rest) and len(block.lines) <= 3
    if not heading.title:
        return True
    return len(rest.split()) > 40 or rest[:1] in "\"“'‘"


_TAIL = 30  # blocks at the beginning and at the end among which transcribers leave notes
_LONGEST_PAGE = 8  # blocks of the title page of a text without chapters


def divide_text(blocks: Sequence[Block], layout: Layout, fallback_title: str) -> Divided:
    """Chapters and cuts of the blocks of a book, its facts from the blocks before the first chapter."""
    cuts: list[Cut] = []
    blocks, notes = split_notes(apparatus.join_bracketed(blocks))
    cuts += _cut_notes(notes)
    kept, entries = _cut_contents(_cut_unread(blocks, cuts), cuts)
    promised = Promised(
        titles=frozenset(entry.title for entry in entries if entry.title),
        alone=frozenset(entry.title for entry in entries if entry.number is None),
    )
    outline = divide(find_marks(kept, layout, promised), kept, layout, entries)
    divisions = outline.divisions
    end = edges.find_end(kept, divisions, outline.listed)
    divisions = [division for division in divisions if division.at < end]
    behind = edges.find_behind(kept, end)
    first = divisions[0].at if divisions else len(kept)
    front = edges.find_front(kept, first) if divisions else _find_front_of_whole(kept)
    page = [block for part in front if part.reason == "title page" for block in kept[part.start : part.end]]
    page = page if divisions else kept[: _measure_title(kept)]
    facts = title_page.facts_of(page or kept[: min(first, 1)] * bool(divisions), fallback_title)
    done = Divided(facts=facts, cuts=cuts)
    Drafting(done, kept, layout, notes).build(
        divisions, [*front, *edges.find_inner_title(kept, divisions), *behind], end
    )
    done.notes = list(make_notes(notes, done.drafts, done.cuts, layout))
    done.cuts = list(_merge_nested(cuts))
    return done


def _cut_notes(notes: Notes) -> Iterator[Cut]:
    for body in notes.bodies:
        yield cut_blocks(body.blocks, "footnote")
    for block in notes.headings:
        yield cut_blocks([block], "notes")


def _merge_nested(cuts: Sequence[Cut]) -> Iterator[Cut]:
    """The cuts in order, without those inside another (a picture within a contents list)."""
    end = -1
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        if cut.end > end:
            yield cut
            end = cut.end


def _cut_unread(blocks: Sequence[Block], cuts: list[Cut]) -> list[Block]:
    pages = page_numbers(blocks)
    cuts += [cut_blocks([blocks[n]], "page number") for n in sorted(pages)]
    blocks = rejoin_words(blocks, pages) if pages else blocks
    kept = []
    for block in blocks:
        reason = apparatus.find_block_reason(block)
        if reason:
            cuts.append(cut_blocks([block], reason))
        else:
            kept.append(block)
    return kept


def _cut_contents(blocks: list[Block], cuts: list[Cut]) -> tuple[list[Block], list[Entry]]:
    """The blocks without contents lists, and the entries of these, each with where its heading may be."""
    kept: list[Block] = []
    entries: list[Entry] = []
    at = 0
    for listing in contents.find_contents(blocks):
        kept += blocks[at : listing.start]
        cuts.append(cut_blocks(blocks[listing.start : listing.end], listing.reason))
        at = listing.end
        here = len(kept)
        entries += [e._replace(before=here) if listing.is_behind else e._replace(after=here) for e in listing.entries]
    return kept + blocks[at:], entries


def _find_front_of_whole(blocks: Sequence[Block]) -> list[edges.Stretch]:
    """What is left out of a text without chapters: the author's line, transcriber's notes. The title stays."""
    page = _measure_title(blocks)
    found = [edges.Stretch(1, page, "title page")] if page > 1 else []
    near = [*range(page, min(_TAIL, len(blocks))), *range(max(page, _TAIL, len(blocks) - _TAIL), len(blocks))]
    found += [edges.Stretch(n, n + 1, "transcriber's note") for n in near if apparatus.is_transcribers(blocks[n])]
    return found


def _measure_title(blocks: Sequence[Block]) -> int:
    """How many blocks at the top of a text without chapters are its title and its author."""
    page = 0
    while page < min(len(blocks) - 1, _LONGEST_PAGE) and _is_heading_of_whole(blocks[page], first=page == 0):
        page += 1
    return page


def _is_heading_of_whole(block: Block, *, first: bool) -> bool:
    """Whether a block at the top of a text without chapters is its title or its author's line."""
    text = one_line(block.text)
    if not first:
        return title_page.is_by_line(text)
    is_title = headings.looks_like_title(text.strip(" _*=~#"), attached=True)
    return len(block.lines) <= 3 and is_title and not text.endswith(".")
