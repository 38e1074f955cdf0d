"""The documents of an EPUB → the pages that are read, in chapters; the others are skipped, each with its reason."""

from collections.abc import Iterator
from dataclasses import replace

from audiobook.model.book import Skipped
from audiobook.readers.assembling import Draft
from audiobook.readers.epub.documents import text_of
from audiobook.readers.epub.navigation import read_navigation
from audiobook.readers.epub.package import Package, SpineItem
from audiobook.readers.html import chapter_starts, front_matter
from audiobook.readers.html.contents import Navigation
from audiobook.readers.html.division import divide_pages
from audiobook.readers.html.flow import Page, read_page
from audiobook.readers.html.markup import parse
from audiobook.readers.omissions import has_letters, skip, skip_stretch
from audiobook.readers.zip_archive import Archive


def divide_epub(archive: Archive, package: Package) -> tuple[list[Draft], list[Skipped]]:
    """The chapters in reading order, and what is skipped. Raises BookError where a member is damaged."""
    navigation = read_navigation(archive, package)
    skipped: list[Skipped] = []
    pages = list(_read_pages(archive, package, navigation, skipped))
    return divide_pages(pages, navigation, skipped), skipped


def _read_pages(archive: Archive, package: Package, navigation: Navigation, skipped: list[Skipped]) -> Iterator[Page]:
    """The pages that are read. The others, and documents outside the reading order, are added to `skipped`."""
    listed = {entry.name for entry in navigation.entries}
    is_early = True
    start = 0
    for item in package.spine:
        page = _read_page(archive, item, start, skipped)
        start = page.end + 1
        if item.name == package.nav:  # it only lists the other pages
            _skip_page(page, "table of contents", skipped)
            continue
        reason = front_matter.find_skip_reason(
            page, package.facts, navigation.landmarks, is_early=is_early, is_listed=item.name in listed
        )
        reason = reason or (None if item.linear else "outside the reading order")
        words = front_matter.count_page_words(page.pieces)
        if reason:
            _skip_page(page, reason, skipped, chapter_starts.read_heading_title(page.pieces, 0))
            continue
        is_early = is_early and words < 1000
        skipped += page.skipped
        yield page
    for name in package.others:
        text = text_of(archive, name)
        if has_letters(text):
            reason = "table of contents" if name == package.nav else "outside the reading order"
            skipped.append(skip_stretch(text, start, reason, title=name))
        start += len(text) + 1


def _read_page(archive: Archive, item: SpineItem, start: int, skipped: list[Skipped]) -> Page:
    data = archive.document(item.name)
    if data is None:
        skipped.append(skip_stretch("", start, "missing from the EPUB", title=item.name))
    root = parse(data, soup=True) if data else None
    return Page(name=item.name, start=start, end=start) if root is None else read_page(item.name, root, start)


def _skip_page(page: Page, reason: str, skipped: list[Skipped], title: str = "") -> None:
    told = skip(page.pieces, reason, title)
    skipped.append(replace(told, words=page.words, start=page.start, end=page.end))
