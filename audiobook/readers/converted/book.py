"""HTML elements of a converted document → Book.

A document with headings is divided as a web page is. One with none, which only looks like a book, is divided as plain
text, because the reader of plain text finds headings by how they are worded and set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audiobook.errors import BookError
from audiobook.model.book import Book, Cover, Facts
from audiobook.readers.assembling import assemble
from audiobook.readers.converted.builder import UNREAD
from audiobook.readers.html import elements, landmarks
from audiobook.readers.html.as_plain_text import divide_as_text
from audiobook.readers.html.book import remove_title_page
from audiobook.readers.html.elements import Role, Rules
from audiobook.readers.html.flow import read_page
from audiobook.readers.html.markup import Element
from audiobook.readers.html.text import DocumentText, extract_text
from audiobook.readers.omissions import Document
from audiobook.readers.sections.contents import Entry, Navigation
from audiobook.readers.sections.division import divide_pages

_FEWEST_HEADINGS = 2  # from which headings divide a document


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
    facts = Facts(title=source.title or fallback_title, authors=source.authors, language=source.language or "en")
    if sum(piece.level > 0 for piece in page.pieces) < _FEWEST_HEADINGS:
        divided = divide_as_text(source.root, document, page.skipped, landmarks.is_emphasis, fallback_title)
        if len(divided.drafts) > 1:
            found = _complete(source, facts, divided.facts)
            return assemble(found, divided.drafts, [*page.skipped, *divided.skipped], where, source.cover)
    skipped = list(page.skipped)
    remove_title_page(page, facts, skipped)
    navigation = Navigation(contents=(source.contents,), landmarks={})
    drafts = divide_pages([page], navigation, facts, skipped, is_loose=True)
    return assemble(facts, drafts, skipped, where, source.cover)


def documents_of(source: Converted) -> Iterator[Document]:
    """The text in which places are counted, as one document."""
    yield Document(name="", text=extract_text(source.root).text, unmarked=source.unmarked)


def _complete(source: Converted, facts: Facts, found: Facts) -> Facts:
    """The facts with what the text itself says where the metadata are silent."""
    return replace(
        facts,
        title=source.title or found.title,
        authors=source.authors or found.authors,
        language=source.language or found.language,
    )


def _choose_rules(root: Element, document: DocumentText) -> Rules:  # noqa: ARG001  # one of the choosers, which all get both
    return Rules(role_of=_role_of, heading_level=landmarks.heading_level, is_emphasis=landmarks.is_emphasis)


def _role_of(element: Element, name: str) -> tuple[Role, str]:
    reason = element.get(UNREAD)
    return ("unread", reason) if reason else elements.role_of(element, name)
