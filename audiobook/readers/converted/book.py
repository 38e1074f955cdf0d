"""HTML elements of a converted document → Book.

A document with headings is divided as a web page is. One without them, or with only some of them, is divided as plain
text, because the reader of plain text finds headings by how they are worded and set: see `choosing`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audiobook.errors import BookError
from audiobook.model.book import Book, Cover, Facts, Skipped
from audiobook.readers.assembling import Draft, assemble
from audiobook.readers.converted.builder import UNREAD
from audiobook.readers.converted.choosing import compare, promote
from audiobook.readers.converted.title_lines import read_title_lines
from audiobook.readers.html import elements, landmarks
from audiobook.readers.html.as_plain_text import divide_as_text
from audiobook.readers.html.book import remove_title_page
from audiobook.readers.html.elements import Role, Rules
from audiobook.readers.html.flow import Page, read_page
from audiobook.readers.html.markup import Element
from audiobook.readers.html.notes import take_notes
from audiobook.readers.html.text import DocumentText, extract_text
from audiobook.readers.omissions import Document
from audiobook.readers.sections.contents import Entry, Navigation
from audiobook.readers.sections.division import divide_pages
from audiobook.readers.sections.places import fold_title
from audiobook.readers.text.gutenberg import stated_facts

_LONG = 4_000_000  # characters: four long novels
_MANY_HEADINGS = 10
_GUTENBERG_REACH = 4000  # characters of a text within which Project Gutenberg states the facts
# Authors that programs name when nobody has.
_NOBODY = frozenset({"unknown", "user", "author", "admin", "administrator", "python-docx", "microsoft office user"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A document as HTML elements, with what its metadata says. What it does not say is empty."""

    root: Element
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    cover: Cover | None = None
    unmarked: str | None = field(default=None, repr=False)  # its text, extracted in another way
    name: str = ""  # what entries of the contents call the document
    contents: tuple[Entry, ...] = ()


def read_converted(source: Converted, fallback_title: str, where: str) -> Book:
    """The book in a document; `fallback_title` where it does not name itself. Raises BookError."""
    document = extract_text(source.root)
    page = read_page(source.name, source.root, 0, _choose_rules)
    if not page.pieces:
        raise BookError("there is no text to read in this document", where=where, hint="is this the right file?")
    notes = take_notes([page])
    stated = _read_stated(source, document.text, fallback_title)
    stated = stated if stated.title else read_title_lines(page.pieces, stated)
    facts = replace(stated, title=stated.title or fallback_title)
    drafts, skipped = _divide(source, page, facts)
    if not source.contents and _may_lack_headings(page, document.text):
        plain = divide_as_text(source.root, document, page.skipped, landmarks.is_emphasis, fallback_title)
        added = compare(plain, drafts, page.pieces)
        if added is not None and added.is_whole:
            facts = _complete(stated, plain.facts)
            return assemble(facts, plain.drafts, [*page.skipped, *plain.skipped], where, source.cover, notes=notes)
        if added is not None:
            drafts, skipped = _divide(source, replace(page, pieces=promote(page.pieces, added.missing)), facts)
    return assemble(facts, drafts, skipped, where, source.cover, notes=notes)


def _may_lack_headings(page: Page, text: str) -> bool:
    """Whether it is worth to look for headings as in plain text: always, but in a long document that has some."""
    return len(text) <= _LONG or sum(piece.level > 0 for piece in page.pieces) < _MANY_HEADINGS


def _divide(source: Converted, page: Page, facts: Facts) -> tuple[list[Draft], list[Skipped]]:
    """The document divided by its headings or its contents, and what is left out of it."""
    read = replace(page, pieces=list(page.pieces), gone=set(page.gone))
    skipped = list(page.skipped)
    remove_title_page(read, facts, skipped)
    navigation = Navigation(contents=(source.contents,), landmarks={})
    return divide_pages([read], navigation, facts, skipped, is_loose=True), skipped


def _read_stated(source: Converted, text: str, fallback_title: str) -> Facts:
    """What the metadata say, without what programs put there when nobody says anything; else Project Gutenberg."""
    title = "" if fold_title(source.title) == fold_title(fallback_title) else source.title
    authors = tuple(author for author in source.authors if author.casefold() not in _NOBODY)
    head = text[:_GUTENBERG_REACH].strip()
    stated = stated_facts(head) if "gutenberg" in head.casefold() else None
    language = source.language
    if stated is not None:
        title, authors = title or stated.title, authors or stated.authors
        language = stated.stated_language or language
    return Facts(title=title, authors=authors, stated_language=language)


def documents_of(source: Converted) -> Iterator[Document]:
    """The text in which places are counted, as one document."""
    yield Document(name="", text=extract_text(source.root).text, unmarked=source.unmarked)


def _complete(stated: Facts, found: Facts) -> Facts:
    """The facts with what the text itself says where the metadata are silent."""
    return replace(stated, title=stated.title or found.title, authors=stated.authors or found.authors)


def _choose_rules(root: Element, document: DocumentText) -> Rules:  # noqa: ARG001  # one of the choosers, which all get both
    return Rules(role_of=_role_of, heading_level=landmarks.heading_level, is_emphasis=landmarks.is_emphasis)


def _role_of(element: Element, name: str) -> tuple[Role, str]:
    reason = element.get(UNREAD)
    return ("unread", reason) if reason else elements.role_of(element, name)
