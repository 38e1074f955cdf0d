"""Pages and contents → drafts of chapters.

The contents say where chapters begin; a page they do not know begins a chapter where it opens with a heading, and else
goes on with the chapter before it. Without contents, the headings decide; without those, the pages.
"""

from collections.abc import Iterator, Sequence

from audiobook.book import Paragraph, Skipped
from audiobook.reading.assembling import Draft
from audiobook.reading.epub import front, starts
from audiobook.reading.epub.archive import Archive
from audiobook.reading.epub.flow import Page, Piece, read_page
from audiobook.reading.epub.markup import parse
from audiobook.reading.epub.navigation import Navigation, read_navigation
from audiobook.reading.epub.package import Package, SpineItem
from audiobook.reading.epub.starts import Flow, Start
from audiobook.reading.matter import UNREAD_TYPES, unread_by_title
from audiobook.reading.wording import one_line

_PART_WORDS = 150  # under a part's title that still belong to its first chapter
_FRONT_WORDS = 40  # before the first chapter that make one of their own
_LIST_LEVEL = 2  # headings up to this level begin a chapter on a page the contents forgot


def divide_epub(archive: Archive, package: Package) -> tuple[list[Draft], list[Skipped]]:
    """The chapters in reading order, and what is skipped. Raises BookError where a member is damaged."""
    navigation = read_navigation(archive, package)
    skipped: list[Skipped] = []
    pages = list(_pages(archive, package, navigation, skipped))
    flow = _flow(pages, skipped)
    return list(_drafts(flow, _starts(flow, navigation), skipped)), skipped


def _pages(archive: Archive, package: Package, navigation: Navigation, skipped: list[Skipped]) -> Iterator[Page]:
    listed = {entry.name for entry in navigation.entries}
    is_early = True
    for item in package.spine:
        page = _page(archive, item, package, skipped)
        if page is None:
            continue
        reason = front.unread_page(
            page, package.facts, navigation.landmarks, is_early=is_early, is_listed=item.name in listed
        )
        reason = reason or (None if item.linear else "outside the reading order")
        words = front.page_words(page.pieces)
        if reason:
            title = starts.heading_title(page.pieces, 0) or reason.capitalize()
            skipped.append(Skipped(title=title, words=words, reason=reason))
            continue
        is_early = is_early and words < 1000
        yield page


def _page(archive: Archive, item: SpineItem, package: Package, skipped: list[Skipped]) -> Page | None:
    if item.name == package.nav:
        return None  # it lists what is read anyway
    data = archive.read(item.name)
    if data is None:
        skipped.append(Skipped(title=item.name, words=0, reason="missing from the EPUB"))
        return None
    root = parse(data, soup=True)
    page = read_page(item.name, root) if root is not None else None
    if page:
        for reason, words in page.unread.items():
            skipped.append(Skipped(title=reason[0].upper() + reason[1:], words=words, reason=reason))
    return page


def _flow(pages: Sequence[Page], skipped: list[Skipped]) -> Flow:
    """The pages' pieces in one row, without Project Gutenberg's words and contents lists."""
    every = [(page.name, piece) for page in pages for piece in page.pieces]
    pieces = [piece for _, piece in every]
    start, end = front.gutenberg_bounds(pieces)
    lists = front.contents_lists(pieces)
    _skip(pieces[:start], "Project Gutenberg header", skipped)
    for a, b in lists:
        _skip(pieces[a:b], "table of contents", skipped)
    _skip(pieces[end:], "Project Gutenberg licence", skipped)
    gone = {n for a, b in [(0, start), (end, len(pieces)), *lists] for n in range(a, b)}
    hidden = {(page.name, anchor) for page in pages for anchor in page.gone}
    kept: list[Piece] = []
    first: dict[str, int] = {}
    anchors: dict[tuple[str, str], int] = {}
    for n, (name, piece) in enumerate(every):
        if n in gone:
            hidden |= {(name, anchor) for anchor in piece.anchors}
            continue
        first.setdefault(name, len(kept))
        for anchor in piece.anchors:
            anchors.setdefault((name, anchor), len(kept))
        kept.append(piece)
    return Flow(pieces=tuple(kept), pages=first, anchors=anchors, gone=frozenset(hidden))


def _skip(pieces: Sequence[Piece], reason: str, skipped: list[Skipped]) -> None:
    words = front.page_words(pieces)
    if words:
        skipped.append(Skipped(title=reason[0].upper() + reason[1:], words=words, reason=reason))


def _starts(flow: Flow, navigation: Navigation) -> list[Start]:
    """Where everything begins, in order, one start a place."""
    found = starts.by_contents(navigation.entries, flow)
    by_headings = starts.by_headings(flow)
    if len({start.at for start in found}) < 2 and len(by_headings) > len(found):
        found = by_headings
    if found:
        found = [*found, *starts.unlisted_pages(flow, found, _LIST_LEVEL)]
    else:
        found = starts.by_pages(flow)
    for (name, anchor), kind in navigation.landmarks.items():
        at = flow.anchors.get((name, anchor)) if anchor else None
        if at is not None and kind in UNREAD_TYPES:
            found.append(Start(at=at, title="", reason=UNREAD_TYPES[kind]))
    return sorted(found, key=lambda start: (start.at, not start.reason, not start.is_part))


def _drafts(flow: Flow, found: Sequence[Start], skipped: list[Skipped]) -> Iterator[Draft]:
    """A draft for each start that is read; parts and short openings wait for the chapter after them."""
    waiting: list[Paragraph] = []
    part = ""
    ends = [*(start.at for start in found[1:]), len(flow.pieces)]
    opening = flow.pieces[: found[0].at] if found else flow.pieces
    if front.page_words(opening) >= _FRONT_WORDS:
        yield Draft(title=starts.heading_title(opening, 0) or "Opening", paragraphs=tuple(_paragraphs(opening)))
    else:
        waiting = list(_paragraphs(opening))
    for start, end in zip(found, ends, strict=True):
        pieces = flow.pieces[start.at : end]
        title = starts.better_title(start.title, flow.pieces[:end], start.at)
        reason = start.reason or unread_by_title(start.title) or unread_by_title(title)
        if reason:
            _skip_titled(pieces, title or start.title or reason.capitalize(), reason, skipped)
            continue
        if start.is_part or not pieces:
            part = title if start.is_part or start.title else part
            if front.page_words(pieces) <= _PART_WORDS:
                waiting += _paragraphs(pieces)
                continue
        yield Draft(title=title, paragraphs=(*waiting, *_paragraphs(pieces)), within="" if start.is_part else part)
        waiting = []
    if waiting:
        yield Draft(title=part or "Closing", paragraphs=tuple(waiting))


def _skip_titled(pieces: Sequence[Piece], title: str, reason: str, skipped: list[Skipped]) -> None:
    skipped.append(Skipped(title=one_line(title), words=front.page_words(pieces), reason=reason))


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    for piece in pieces:
        if piece.kind == "heading" and "\n" in piece.text:
            yield from (Paragraph(text=line.strip(), kind="heading") for line in piece.text.split("\n") if line.strip())
        else:
            yield Paragraph(text=piece.text, kind=piece.kind, emphasis=piece.emphasis)
