"""The documents of an EPUB → the pages that are read, in chapters; the others are skipped, each with its reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook.model.book import Note, Skipped
from audiobook.readers.assembling import Draft
from audiobook.readers.epub.documents import text_of
from audiobook.readers.epub.navigation import read_navigation
from audiobook.readers.epub.package import Package, SpineItem
from audiobook.readers.evidence import Section, find_section_reason, is_list
from audiobook.readers.html.flow import Page, read_page
from audiobook.readers.html.markup import parse
from audiobook.readers.html.notes import take_notes
from audiobook.readers.matter import UNREAD_TYPES
from audiobook.readers.omissions import has_letters, skip, skip_stretch
from audiobook.readers.sections import section_titles
from audiobook.readers.sections.contents import Navigation
from audiobook.readers.sections.division import divide_pages
from audiobook.readers.sections.front_matter import is_linked_list
from audiobook.readers.zip_archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedEpub:
    """What the documents of an EPUB hold."""

    drafts: list[Draft]
    skipped: list[Skipped]
    notes: list[Note]


def divide_epub(archive: Archive, package: Package) -> DividedEpub:
    """The chapters in reading order, what is skipped, and the notes. Raises BookError where a member is damaged."""
    navigation = read_navigation(archive, package)
    skipped: list[Skipped] = []
    pages = list(_read_pages(archive, package, skipped))
    notes = take_notes(pages)
    read = list(_select_pages(pages, package, navigation, skipped))
    return DividedEpub(drafts=divide_pages(read, navigation, package.facts, skipped), skipped=skipped, notes=notes)


def _read_pages(archive: Archive, package: Package, skipped: list[Skipped]) -> Iterator[Page]:
    """The documents in reading order. Documents outside it are added to `skipped`."""
    start = 0
    for item in package.spine:
        page = _read_page(archive, item, start, skipped)
        start = page.end + 1
        yield page
    for name in package.others:
        text = text_of(archive, name)
        if has_letters(text):
            reason = "table of contents" if name == package.nav else "outside the reading order"
            skipped.append(skip_stretch(text, start, reason, title=name))
        start += len(text) + 1


def _select_pages(
    pages: Sequence[Page], package: Package, navigation: Navigation, skipped: list[Skipped]
) -> Iterator[Page]:
    """The pages that are read. The others, and what is left out of these, are added to `skipped`."""
    for item, page in zip(package.spine, pages, strict=True):
        if item.name == package.nav:  # it only lists the other pages
            _skip_page(page, "table of contents", skipped)
            continue
        reason = _find_reason(page, item, navigation)
        if reason:
            _skip_page(page, reason, skipped, section_titles.read_title("", page.pieces))
            continue
        skipped += page.skipped
        yield page


def _find_reason(page: Page, item: SpineItem, navigation: Navigation) -> str | None:
    """Why a whole page is not read, by what the book declares; None where it is read, or its content decides."""
    texts = [piece.text for piece in page.pieces if not piece.level and piece.kind != "break"]
    stem = re.sub(r"[-_\d]+$", "", item.name.rpartition("/")[2].rpartition(".")[0]).replace("_", " ").replace("-", " ")
    kind = navigation.landmarks.get((page.name, ""), "")
    section = Section(title="", texts=texts, place="front", declared=UNREAD_TYPES.get(kind, ""))
    reason = find_section_reason(section)
    if not reason and item.name not in navigation.listed and not any(piece.level for piece in page.pieces):
        reason = find_section_reason(replace(section, title=stem, declared=""))
    if reason == "table of contents" and not is_linked_list(page.pieces) and not is_list(texts):
        reason = None
    return reason or (None if item.linear else "outside the reading order")


def _read_page(archive: Archive, item: SpineItem, start: int, skipped: list[Skipped]) -> Page:
    data = archive.document(item.name)
    if data is None:
        skipped.append(skip_stretch("", start, "missing from the EPUB", title=item.name))
    root = parse(data, soup=True) if data else None
    return Page(name=item.name, start=start, end=start) if root is None else read_page(item.name, root, start)


def _skip_page(page: Page, reason: str, skipped: list[Skipped], title: str = "") -> None:
    told = skip(page.pieces, reason, title)
    skipped.append(replace(told, words=page.words, start=page.start, end=page.end))
