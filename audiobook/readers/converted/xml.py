"""Parses the XML inside Office documents: no entities, no network, no huge trees. Damaged XML is refused."""

from typing import TYPE_CHECKING

from audiobook.errors import BookError
from audiobook.readers.html.markup import Element
from audiobook.readers.zip_archive import Archive, Limits

if TYPE_CHECKING:
    from lxml import etree

OFFICE_LIMITS = Limits(document=128 * 2**20, marks=3_000_000, all_marks=5_000_000)
"""Word splits a text into many small elements: ten times as many as an EPUB."""

_MOST_PARAGRAPHS = 250_000  # a novel of a million words has 30,000
_AGAIN = "download or copy it again, or save it again with Word or LibreOffice"
_PROLOGUE = 2000  # bytes within which a document type would stand


def parse_member(archive: Archive, name: str) -> Element | None:
    """The root of an XML member; None where there is none. Raises BookError where it is damaged."""
    data = archive.document(name)
    if data is None:
        return None
    if b"<!DOCTYPE" in data[:_PROLOGUE] or b"<!ENTITY" in data[:_PROLOGUE]:
        raise archive.error("the document declares entities, which no word processor does", inside=name, hint=_AGAIN)
    from lxml import etree  # noqa: PLC0415  # slow to import; only such books need it

    try:
        root: Element = etree.fromstring(data, _make_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = "is nested too deep" if "depth" in str(error) else "is damaged"
        raise archive.error(f"the text of the document {reason}", inside=name, hint=_AGAIN) from error
    return root


def _make_parser() -> "etree.XMLParser":
    from lxml import etree  # noqa: PLC0415

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def check_paragraphs(count: int, where: str) -> None:
    """Raises BookError where a document has more paragraphs than any book."""
    if count > _MOST_PARAGRAPHS:
        message = f"the document has {count:,} paragraphs; at most {_MOST_PARAGRAPHS:,} are read"
        raise BookError(message, where=where, hint="split it into volumes")
