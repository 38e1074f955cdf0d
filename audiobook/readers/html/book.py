"""Web pages → Book.

file ─files→ pages of the book ─landmarks→ what is left out ─flow→ pieces of text ─division→ chapters
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Book, Facts, Skipped
from audiobook.readers.assembling import Draft, assemble
from audiobook.readers.converted.choosing import compare
from audiobook.readers.html.as_plain_text import TextDivision, divide_as_text, unwrap_source
from audiobook.readers.html.facts import read_facts
from audiobook.readers.html.files import WebFile, is_turning_link, load_files
from audiobook.readers.html.flow import Page, Piece, read_page
from audiobook.readers.html.landmarks import choose_rules, is_emphasis
from audiobook.readers.html.markup import Element
from audiobook.readers.html.notes import take_notes
from audiobook.readers.html.strip import strip_markup
from audiobook.readers.html.text import extract_text
from audiobook.readers.omissions import Document, skip
from audiobook.readers.sections import front_matter
from audiobook.readers.sections.contents import Navigation
from audiobook.readers.sections.division import divide_pages
from audiobook.readers.sections.section_titles import read_title
from audiobook.readers.text.title_page import is_by_line
from audiobook.readers.titles import one_line, word_count

_LINKED = 0.6  # share of a piece inside links, from which it is one
_TITLE_PAGE_WORDS = 12  # of a piece that may be part of a title page
_TITLE_PAGE_PIECES = 12


def read_html(path: Path, fallback_title: str) -> Book:
    """The book in a web page, or in the pages it lists; `fallback_title` where it does not name itself.

    Raises BookError.
    """
    files = load_files(path)
    if all(file.root is None for file in files):
        raise BookError("there is no text to read in this page", where=str(path), hint="is this the right file?")
    skipped: list[Skipped] = []
    pages = list(_read_pages(files))
    notes = take_notes(pages)
    facts = _read_facts(files, pages, fallback_title)
    only = replace(pages[0], pieces=list(pages[0].pieces), skipped=list(pages[0].skipped)) if len(pages) == 1 else None
    read = list(_select_pages(files, pages, facts, skipped))
    entries = tuple(entry for file in files for entry in file.contents)
    drafts = divide_pages(read, Navigation(contents=(entries,), landmarks={}), facts, skipped, is_loose=True)
    if only is not None and files[0].root is not None:
        plain = _divide_as_text(files[0].root, only, drafts, fallback_title)
        if plain is not None:
            return assemble(facts, plain.drafts, [*only.skipped, *plain.skipped], str(path), notes=notes)
    return assemble(facts, drafts, skipped, str(path), notes=notes)


def _divide_as_text(root: Element, page: Page, drafts: Sequence[Draft], fallback_title: str) -> TextDivision | None:
    """The page divided as plain text, where it is a plain text that a program made a page of."""
    document = unwrap_source(root, extract_text(root))
    plain = divide_as_text(root, document, page.skipped, is_emphasis, fallback_title)
    added = compare(plain, drafts, page.pieces)
    return plain if added is not None and added.is_whole else None


def read_documents(path: Path) -> Iterator[Document]:
    """The pages of a book in the order in which places are counted. Raises BookError."""
    for file in load_files(path):
        text = "" if file.root is None else extract_text(file.root).text
        yield Document(name=file.name, text=text, unmarked=strip_markup(file.markup))


def _read_pages(files: Sequence[WebFile]) -> Iterator[Page]:
    start = 0
    for file in files:
        page = Page(name=file.name, start=start, end=start)
        if file.root is not None:
            page = read_page(file.name, file.root, start, choose_rules)
            if not front_matter.count_page_words(
                page.pieces
            ):  # the rules for web pages left nothing: it is another kind
                page = read_page(file.name, file.root, start)
        yield page
        start = page.end + 1


def _read_facts(files: Sequence[WebFile], pages: Sequence[Page], fallback_title: str) -> Facts:
    """The facts that the first page states, with the author from the second where the first names none."""
    found: list[Facts] = []
    for file, page in zip(files[:2], pages, strict=False):
        if file.root is not None:
            found.append(read_facts(file.root, extract_text(file.root).text, page.pieces, fallback_title))
    authors = next((facts.authors for facts in found if facts.authors), ())
    return replace(found[0], authors=authors) if found else Facts(title=fallback_title)


def _select_pages(
    files: Sequence[WebFile], pages: Sequence[Page], facts: Facts, skipped: list[Skipped]
) -> Iterator[Page]:
    """The pages that are read; the others, and what is left out of those, are added to `skipped`."""
    is_early = True
    for file, page in zip(files, pages, strict=True):
        reason = "table of contents" if file.contents else None
        if reason:
            told = skip(page.pieces, reason, read_title("", page.pieces))
            skipped.append(replace(told, words=page.words, start=page.start, end=page.end))
            continue
        skipped += page.skipped
        _remove_turning_links(page, skipped)
        if is_early:
            remove_title_page(page, facts, skipped)
        is_early = is_early and front_matter.count_page_words(page.pieces) < 1000
        yield page


def _remove_turning_links(page: Page, skipped: list[Skipped]) -> None:
    """Take out lines like "Previous | Index | Next"."""
    turning = [piece for piece in page.pieces if piece.linked >= _LINKED and is_turning_link(piece.text)]
    skipped += [skip([piece], "navigation") for piece in turning if piece.stands]
    _remove(page, turning)


def remove_title_page(page: Page, facts: Facts, skipped: list[Skipped]) -> None:
    """Take out the title and the lines beneath it, where the book goes on with other headings."""
    start, end = front_matter.find_gutenberg_bounds(page.pieces)
    while start < end and not page.pieces[start].text:
        start += 1
    pieces = page.pieces[start : min(end, start + _TITLE_PAGE_PIECES)]
    if not pieces or not _is_title(pieces[0], page.pieces, facts):
        return
    length = next((n for n, piece in enumerate(pieces) if n and not _is_of_title_page(piece, facts)), len(pieces))
    title_page = pieces[:length]
    rest = page.pieces[start + length : end]
    if not any(piece.level for piece in rest):
        return
    skipped.append(skip(title_page, "title page", one_line(title_page[0].text)))
    _remove(page, title_page)


def _is_title(piece: Piece, pieces: Sequence[Piece], facts: Facts) -> bool:
    """Whether a piece is the book's title: the only heading of its level, above all others, or the title we know."""
    if not piece.level:
        return False
    if _is_same(piece.text, facts.title):
        return True
    is_only = sum(other.level == piece.level for other in pieces) == 1
    return is_only and _is_same(piece.text, facts.title.split(":")[0])


def _is_same(one: str, other: str) -> bool:
    return _fold_letters(one) == _fold_letters(other) != ""


def _fold_letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _is_of_title_page(piece: Piece, facts: Facts) -> bool:
    text = one_line(piece.text)
    if piece.kind == "break" or is_by_line(text) or any(_is_same(text, author) for author in facts.authors):
        return True
    is_short = word_count(text) <= _TITLE_PAGE_WORDS and not text.endswith((".", "!", "?", "”", '"'))
    return is_short and not piece.level and piece.linked < _LINKED


def _remove(page: Page, pieces: Sequence[Piece]) -> None:
    """Take pieces out of a page; what leads to them leads nowhere then."""
    gone = {id(piece) for piece in pieces}
    for piece in pieces:
        page.gone |= piece.anchors
    page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
