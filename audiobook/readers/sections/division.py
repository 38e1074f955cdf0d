"""Pages and contents → drafts of chapters, without front and back matter.

The contents say where chapters begin. A page that they do not name begins a chapter where it opens with a heading, and
else continues the chapter before it. Where the contents are poor, the headings decide; without headings, the pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audiobook.model.book import Facts, Paragraph, Skipped, letters_of
from audiobook.readers.assembling import Draft, split_headings
from audiobook.readers.evidence import Section, SectionPlace, find_places, find_section_reason
from audiobook.readers.html.flow import Page, Piece
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.omissions import skip
from audiobook.readers.sections import front_matter
from audiobook.readers.sections.chapter_starts import SectionStart, find_starts
from audiobook.readers.sections.contents import Navigation
from audiobook.readers.sections.front_matter import BookTitles
from audiobook.readers.sections.places import Flow, fold_title
from audiobook.readers.sections.promotion import find_repeated, promote_headings
from audiobook.readers.sections.section_titles import read_title
from audiobook.readers.titles import one_line, word_count

_FRONT_WORDS = 40  # without a title before the first chapter, from which text is a chapter of its own
_TITLE_PAGE_WORDS = 200  # under the book's title, from which they may be its text
_LEAST_TOLD = 60  # words under a title of its own, from which a section before the body is no title page
_OPENING = "Opening"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A section: where it begins, its pieces, and its title."""

    start: SectionStart
    pieces: Sequence[Piece]
    title: str
    place: SectionPlace = "body"

    @property
    def words(self) -> int:
        """The words of its text, without headings."""
        return sum(word_count(piece.text) for piece in self.pieces if not piece.level)


def divide_pages(
    pages: Sequence[Page], navigation: Navigation, facts: Facts, skipped: list[Skipped], *, is_loose: bool = False
) -> list[Draft]:
    """The chapters in the pages, in reading order; what is left out of them is added to `skipped`.

    `is_loose`: a book that nobody laid out as one. A single heading does not rule out that chapters begin with plain
    lines.
    """
    flow = _join_pages(pages, facts, skipped, fewest_headings=2 if is_loose else 1)
    starts = find_starts(flow, navigation, is_loose=is_loose)
    if not starts or starts[0].at:
        starts.insert(0, SectionStart(at=0, is_loose=True))
    stretches = _judge_places(list(_cut(flow, starts, facts)), facts)
    known = {fold_title(s.title) for s in stretches} | {fold_title(p.text) for p in flow.pieces if p.level}
    titles = BookTitles(facts=facts, chapters=known)
    return list(_Layout(facts, skipped).lay_out(_Judged(s, _find_reason(s, titles)) for s in stretches))


def _join_pages(pages: Sequence[Page], facts: Facts, skipped: list[Skipped], fewest_headings: int) -> Flow:
    """The pages' pieces in one row, without Project Gutenberg's words and contents lists."""
    names = [page.name for page in pages for _ in page.pieces]
    pieces = promote_headings([piece for page in pages for piece in page.pieces], fewest_headings)
    start, end = front_matter.find_gutenberg_bounds(pieces)
    lists = front_matter.find_contents_lists(pieces)
    left_out = [(0, start, "Project Gutenberg header"), *((a, b, "table of contents") for a, b in lists)]
    left_out.append((end, len(pieces), "Project Gutenberg licence"))
    skipped += [told for a, b, reason in left_out if (told := skip(pieces[a:b], reason)).words]
    gone = {n for a, b in [(0, start), (end, len(pieces)), *lists] for n in range(a, b)}
    hidden = {(page.name, anchor) for page in pages for anchor in page.gone}
    kept: list[Piece] = []
    first: dict[str, int] = {}
    ends: dict[str, int] = {}
    anchors: dict[tuple[str, str], int] = {}
    repeated = set(find_repeated(pieces, facts.title)) - gone
    skipped += [skip([pieces[n]], "repeated title", one_line(pieces[n].text)) for n in sorted(repeated)]
    for n, (name, piece) in enumerate(zip(names, pieces, strict=True)):
        if n in gone:
            hidden |= {(name, anchor) for anchor in piece.anchors}
            continue
        first.setdefault(name, len(kept))
        for anchor in piece.anchors:
            anchors.setdefault((name, anchor), len(kept))
        if n in repeated:
            continue
        kept.append(piece)
        ends[name] = len(kept)
    _keep_empty_places(pages, anchors, first, ends, hidden)
    return Flow(
        pieces=tuple(kept),
        pages=first,
        anchors=anchors,
        gone=frozenset(hidden),
        ends=ends,
        page_starts=tuple(sorted(set(first.values()))),
    )


def _keep_empty_places(
    pages: Sequence[Page],
    anchors: dict[tuple[str, str], int],
    first: Mapping[str, int],
    ends: Mapping[str, int],
    hidden: set[tuple[str, str]],
) -> None:
    """Let an anchor behind the last piece of a page lead to the beginning of the next page."""
    for page in pages:
        for anchor in page.trailing:
            if (page.name, anchor) not in hidden and page.name in first:
                anchors.setdefault((page.name, anchor), ends[page.name])


def _cut(flow: Flow, starts: Sequence[SectionStart], facts: Facts) -> Iterator[_Stretch]:
    ends = [*(start.at for start in starts), len(flow.pieces)][1:]
    book = fold_title(facts.title)
    for start, end in zip(starts, ends, strict=True):
        parents = tuple(parent for parent in start.parents if fold_title(parent) != book)
        pieces = flow.pieces[start.at : end]
        title = read_title(start.title, pieces, parents)
        yield _Stretch(replace(start, parents=parents), pieces, title)


def _judge_places(stretches: Sequence[_Stretch], facts: Facts) -> list[_Stretch]:
    """The stretches, each with its place: before, in or behind the body of the book."""
    told = [
        (s.title, 0 if s.start.is_loose or s.start.is_part or _is_title_page(s, facts) else s.words) for s in stretches
    ]
    return [replace(s, place=place) for s, place in zip(stretches, find_places(told), strict=True)]


def _is_title_page(stretch: _Stretch, facts: Facts) -> bool:
    """Whether a section under the book's own title is too short to be its text."""
    return stretch.words <= _TITLE_PAGE_WORDS and stretch.title != "" and _is_untold(stretch, facts)


def _find_reason(stretch: _Stretch, titles: BookTitles) -> str | None:
    """Why a section is not read; None where it is read."""
    texts = [piece.text for piece in stretch.pieces if not piece.level and piece.kind != "break"]
    section = Section(title=stretch.title, texts=texts, place=stretch.place, declared=stretch.start.reason)
    reason = find_section_reason(section)
    if stretch.place == "body" or (reason and not _is_untold(stretch, titles.facts)):
        return reason
    is_front = stretch.place == "front"
    if (
        not stretch.start.is_loose
        and is_front
        and stretch.words > _LEAST_TOLD
        and not _is_untold(stretch, titles.facts)
    ):
        return None
    return front_matter.find_look_reason(stretch.pieces, titles, is_front=is_front) or reason


def _is_untold(stretch: _Stretch, facts: Facts) -> bool:
    """Whether a title says nothing of a section: none, that of the book, or one of front matter."""
    if find_unread_reason(stretch.title):
        return True
    title, book = fold_title(stretch.title), fold_title(facts.title)
    heads = {fold_title(piece.text) for piece in stretch.pieces[:2] if piece.level}
    return not title or title in book or (book != "" and (book in title or book in heads))


@dataclass(frozen=True, slots=True)
class _Judged:
    stretch: _Stretch
    reason: str | None


class _Layout:
    """Makes drafts of sections. What is too short to be a chapter waits for the next one."""

    def __init__(self, facts: Facts, skipped: list[Skipped]) -> None:
        self._facts = facts
        self._skipped = skipped
        self._waiting: list[Piece] = []
        self._drafts: list[Draft] = []

    def lay_out(self, sections: Iterator[_Judged]) -> list[Draft]:
        """The drafts of all sections."""
        for section in sections:
            self._add(section.stretch, section.reason)
        if any(letters_of(piece.text) for piece in self._waiting):
            if self._drafts and all(piece.level for piece in self._waiting):
                last = self._drafts.pop()
                self._drafts.append(replace(last, paragraphs=(*last.paragraphs, *_make_paragraphs(self._waiting))))
            else:
                self._drafts.append(Draft(title=_OPENING, paragraphs=_make_paragraphs(self._waiting)))
        return self._drafts

    def _add(self, stretch: _Stretch, reason: str | None) -> None:
        if reason:
            told = skip(stretch.pieces, reason, one_line(stretch.title))
            if told.words:
                self._skipped.append(told)
            return
        if stretch.start.is_loose and self._drafts and not self._waiting and (stretch.place != "front"):
            self._continue(stretch)
        elif stretch.start.is_part or not stretch.words or (stretch.start.is_loose and self._is_short(stretch)):
            self._waiting += stretch.pieces
        else:
            self._finish(stretch)

    def _is_short(self, stretch: _Stretch) -> bool:
        """Whether text that begins no chapter of the contents goes with the chapter after it."""
        is_titled = stretch.title and any(piece.level for piece in stretch.pieces)
        return stretch.words < _FRONT_WORDS or not (is_titled or stretch.place == "front")

    def _continue(self, stretch: _Stretch) -> None:
        last = self._drafts.pop()
        self._drafts.append(replace(last, paragraphs=(*last.paragraphs, *_make_paragraphs(stretch.pieces))))

    def _finish(self, stretch: _Stretch) -> None:
        title = stretch.title or (_OPENING if stretch.start.is_loose else "")
        paragraphs = _make_paragraphs([*self._waiting, *stretch.pieces])
        self._drafts.append(Draft(title=title, paragraphs=paragraphs, within=stretch.start.parents))
        self._waiting = []


def _make_paragraphs(pieces: Sequence[Piece]) -> tuple[Paragraph, ...]:
    return tuple(split_headings([_make_paragraph(piece) for piece in pieces]))


def _make_paragraph(piece: Piece) -> Paragraph:
    return Paragraph(
        text=piece.text,
        kind=piece.kind,
        emphasis=piece.emphasis,
        span=piece.stands,
        speaker=piece.speaker,
        directions=piece.directions,
        language=piece.language,
    )
