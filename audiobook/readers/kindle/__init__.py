"""Kindle books (MOBI, AZW3) without copy protection → Book.

    file ─records→ header ─decompression→ text ─index, pages→ pages of markup ─html, sections→ chapters

Written from the public documentation of the formats (MobileRead wiki: PDB, MOBI, EXTH, KF8). The file is not trusted:
every length and offset is checked, and text is unpacked within limits.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from audiobook.errors import BookError
from audiobook.model.book import Book, Cover, Facts, Skipped
from audiobook.readers.assembling import assemble
from audiobook.readers.html import landmarks
from audiobook.readers.html.as_plain_text import divide_as_text
from audiobook.readers.html.elements import Rules, role_of
from audiobook.readers.html.flow import Page, read_page
from audiobook.readers.html.markup import Element, name_of, parse_markup
from audiobook.readers.html.strip import strip_markup
from audiobook.readers.html.text import DocumentText, extract_text
from audiobook.readers.kindle import pages as kindle_pages
from audiobook.readers.kindle.decompression import read_text
from audiobook.readers.kindle.records import (
    DamagedError,
    Header,
    Records,
    damaged,
    read_header,
    read_records,
    text_records,
)
from audiobook.readers.omissions import Document
from audiobook.readers.sections.choosing import is_better_as_text, is_sure
from audiobook.readers.sections.division import divide_pages
from audiobook.readers.titles import one_line

_AUTHOR, _COVER, _TITLE, _LANGUAGE = 100, 201, 503, 524  # types of EXTH
_MOST_MARKS = 4_000_000  # tags in all pages
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"))
_LONGEST_HEADING = 160  # characters
_LARGE, _LARGEST = 4, 7  # sizes of fonts: the usual one is 3
_BOLD_LEVEL = 4
_AGAIN = "download or copy it again"


def read(path: Path, fallback_title: str) -> Book:
    """The book in a Kindle file; `fallback_title` where it does not name itself. Raises BookError."""
    found = _load(path)
    facts = _read_facts(found.header, fallback_title)
    joined = _join_pages(found)
    skipped: list[Skipped] = []
    pages = list(_read_pages(joined, skipped))
    is_loose = not any(found.book.navigation.contents)
    styled = [*skipped]
    drafts = divide_pages(pages, found.book.navigation, facts, styled, is_loose=is_loose)
    text = joined.document.text
    if not is_sure(text, drafts, has_contents=not is_loose):
        typed = divide_as_text(joined.root, joined.document, skipped, landmarks.is_emphasis, fallback_title)
        if is_better_as_text(text, typed.drafts, drafts):
            drafts, styled = typed.drafts, [*skipped, *typed.skipped]
    return assemble(facts, drafts, styled, str(path), _read_cover(found))


def read_documents(path: Path) -> Iterator[Document]:
    """The pages of a Kindle book, for the audit. Raises BookError."""
    found = _load(path)
    joined = _join_pages(found)
    starts = [*joined.starts, len(joined.document.text) + 1]
    for number, markup in enumerate(found.book.pages):
        start = starts[number] if number else 0
        text = joined.document.text[start : starts[number + 1] - 1]
        yield Document(name=kindle_pages.page_name(number), text=text, unmarked=strip_markup(markup))


@dataclass(frozen=True, slots=True)
class _Found:
    """What is in a file."""

    records: Records
    header: Header
    book: kindle_pages.Book


@dataclass(frozen=True, slots=True)
class _Joined:
    """The pages below one element, and their text as one."""

    root: Element
    pages: Sequence[Element]
    starts: Sequence[int]  # where each page begins in the text
    document: DocumentText
    is_old: bool  # without elements for headings


def _join_pages(found: _Found) -> _Joined:
    """The pages as elements below one element: as many as there are, an empty one for what cannot be parsed."""
    from lxml import etree  # noqa: PLC0415  # slow to import; only marked-up books need it

    root = etree.Element("body")
    pages = []
    for markup in found.book.pages:
        page = etree.SubElement(root, "div")
        parsed = parse_markup(markup, soup=True)
        if parsed is not None:
            page.append(parsed)
        pages.append(page)
    document = extract_text(root)
    starts = [document.places[page].start - 1 for page in pages]
    return _Joined(root, pages, starts, document, found.header.version != 8)


def _load(path: Path) -> _Found:
    state = path.stat() if path.exists() else None
    return _load_once(path, state.st_mtime_ns if state else 0, state.st_size if state else 0)


@lru_cache(maxsize=1)  # a book is read, and then audited
def _load_once(path: Path, changed: int, size: int) -> _Found:
    del changed, size  # parts of the key
    records = read_records(path)
    try:
        header = read_header(records)
        text = read_text(records, header, list(text_records(records, header)))
        found = kindle_pages.read_pages(records, header, text)
    except (DamagedError, struct.error, ValueError) as error:
        raise damaged(str(path)) from error
    if sum(page.count("<") for page in found.pages) > _MOST_MARKS:
        raise BookError("the Kindle book holds more tags than the text of any book", where=str(path), hint=_AGAIN)
    return _Found(records, header, found)


def _read_pages(joined: _Joined, skipped: list[Skipped]) -> Iterator[Page]:
    choose_rules = _choose_old_rules if joined.is_old else _choose_rules
    for number, (element, start) in enumerate(zip(joined.pages, joined.starts, strict=True)):
        page = read_page(kindle_pages.page_name(number), element, start, choose_rules)
        skipped += page.skipped
        yield page


def _choose_rules(root: Element, document: DocumentText) -> Rules:  # noqa: ARG001  # one of the choosers
    return Rules(role_of=role_of, heading_level=landmarks.heading_level, is_emphasis=landmarks.is_emphasis)


def _choose_old_rules(root: Element, document: DocumentText) -> Rules:  # noqa: ARG001  # one of the choosers
    return Rules(role_of=role_of, heading_level=_heading_level, is_emphasis=landmarks.is_emphasis)


def _heading_level(element: Element, name: str) -> int:
    """The level of a heading, also of one that is only centred and large or bold, as all are in old books."""
    level = landmarks.heading_level(element, name)
    if level or name != "p" or len(element.text or "") > _LONGEST_HEADING:
        return level
    text = "".join(map(str, element.itertext())).strip()
    if not any(map(str.isalnum, text)) or len(text) > _LONGEST_HEADING:
        return 0
    fonts = [e for e in element.iter() if name_of(e) == "font" and (e.get("size") or "").strip("+").isdigit()]
    size = max((int((e.get("size") or "3").strip("+")) for e in fonts), default=3)
    bold = "".join(str(t) for e in element.iter() if name_of(e) in {"b", "strong"} for t in e.itertext())
    is_bold = "".join(bold.split()) == "".join(text.split())
    if size >= _LARGE and (is_bold or element.get("align") == "center"):
        return max(1, _LARGEST - size)
    return _BOLD_LEVEL if is_bold and element.get("align") == "center" else 0


def _read_facts(header: Header, fallback_title: str) -> Facts:
    titles = [one_line(title) for title in (*header.texts(_TITLE), header.title)]
    authors = [one_line(name) for text in header.texts(_AUTHOR) for name in text.split(";")]
    language = next(iter(header.texts(_LANGUAGE)), "")
    return Facts(
        title=next(filter(None, titles), fallback_title),
        authors=tuple(dict.fromkeys(name for name in authors if name and name.casefold() != "unknown")),
        stated_language=language,
    )


def _read_cover(found: _Found) -> Cover | None:
    records, header = found.records, found.header
    stated = header.stated.get(_COVER)
    if not stated or len(stated[0]) != 4:
        return None
    number = header.pictures + struct.unpack(">L", stated[0])[0]
    if not 0 <= number < len(records):
        return None
    data = records[number]
    kind = next((media for mark, media in _PICTURES if data.startswith(mark)), None)
    return Cover(data=data, media_type=kind) if kind else None
