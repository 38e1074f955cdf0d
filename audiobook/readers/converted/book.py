"""HTML elements of a converted document → Book.

A document with headings is divided as a web page is. One without them, or with only some of them, is divided as plain
text, because the reader of plain text finds headings by how they are worded and set: see `choosing`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audiobook.errors import BookError
from audiobook.model.book import Book, Cover, Facts
from audiobook.readers.assembling import assemble
from audiobook.readers.converted.builder import UNREAD
from audiobook.readers.converted.choosing import is_better
from audiobook.readers.html import elements, landmarks
from audiobook.readers.html.as_plain_text import TextDivision, divide_as_text
from audiobook.readers.html.book import remove_title_page
from audiobook.readers.html.elements import Role, Rules
from audiobook.readers.html.flow import read_page
from audiobook.readers.html.markup import Element
from audiobook.readers.html.text import DocumentText, extract_text
from audiobook.readers.omissions import Document
from audiobook.readers.sections.contents import Entry, Navigation
from audiobook.readers.sections.division import divide_pages
from audiobook.readers.sections.places import fold_title

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
    stated = _read_stated(source, fallback_title)
    pieces = list(page.pieces)
    plain: TextDivision | None = None
    if not source.contents:
        plain = divide_as_text(source.root, document, page.skipped, landmarks.is_emphasis, fallback_title)
        facts = _complete(stated, plain.facts)
    else:
        facts = replace(stated, title=stated.title or fallback_title)
    skipped = list(page.skipped)
    remove_title_page(page, facts, skipped)
    navigation = Navigation(contents=(source.contents,), landmarks={})
    drafts = divide_pages([page], navigation, facts, skipped, is_loose=True)
    if plain is not None and is_better(plain, drafts, pieces):
        return assemble(facts, plain.drafts, [*page.skipped, *plain.skipped], where, source.cover)
    return assemble(facts, drafts, skipped, where, source.cover)


def _read_stated(source: Converted, fallback_title: str) -> Facts:
    """What the metadata say, without what programs put there when nobody says anything."""
    title = "" if fold_title(source.title) == fold_title(fallback_title) else source.title
    authors = tuple(author for author in source.authors if author.casefold() not in _NOBODY)
    return Facts(title=title, authors=authors, language=source.language or "en")


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
