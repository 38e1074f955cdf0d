"""Bytes → element trees: strict XML first, tag soup after, and never an entity, a DTD or the network.

A document type is cut off before parsing, so no entity is ever declared and none can multiply; the named entities of
HTML are replaced by their characters.
"""

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object  # lxml is loaded only when a document is parsed

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*?(?:encoding\s*=\s*[\"']([\w.:-]+)[\"'])?[^>]*\?>", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[|>)", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WRAPPERS = re.compile(r"</?(?:div|span|section|article|font|center|b|i|em|blockquote)\b[^<>]*>", re.IGNORECASE)
_OPS = "{http://www.idpf.org/2007/ops}type"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def parse(data: bytes, *, soup: bool) -> Element | None:
    """The root of a document; with `soup`, HTML that is no XML too. None where nothing can be made of it."""
    from lxml import etree  # noqa: PLC0415  # only books that are EPUBs pay for it

    text = _prepared(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):  # the parser's guard: only wrappers nest so deep, and they say nothing
            text = _WRAPPERS.sub(" ", text)
        return _soup(text) if soup else _recovered(text)


def _soup(text: str) -> Element | None:
    from lxml import etree  # noqa: PLC0415

    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True, remove_pis=True)
    try:
        return etree.fromstring(text, parser) if text.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _recovered(text: str) -> Element | None:
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _prepared(data: bytes) -> str:
    text = _decoded(data)
    text = _DECLARATION.sub("", text, count=1)
    text = _without_doctype(_ILLEGAL.sub("", text))
    return _NAMED.sub(lambda m: html5.get(m[1] + ";", m[0]), text).strip()


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[:4] == b"<\x00?\x00":
        return data.decode("utf-16-le", "replace")
    declared = _DECLARATION.match(data[:200].decode("latin-1"))
    meta = _META.search(data[:2000])
    name = (declared and declared[1]) or (meta and meta[1].decode("latin-1")) or "utf-8"
    for encoding in (name, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def _without_doctype(text: str) -> str:
    found = _DOCTYPE.search(text[:100_000])
    if not found:
        return text
    end = found.end()
    if found.group().endswith("["):
        closing = _SUBSET_END.search(text, end)
        end = closing.end() if closing else len(text)
    return text[: found.start()] + text[end:]


def name_of(element: Element) -> str:
    """The element's name without namespace, in lower case; empty for comments and instructions."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def attribute(element: Element, name: str) -> str:
    """An attribute's value, whatever its namespace; empty where it has none."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, other in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(other)
    return ""


def types_of(element: Element) -> frozenset[str]:
    """What epub:type and role say the element is: "noteref", "titlepage", … without vocabulary prefixes."""
    declared = element.get(_OPS) or element.get("epub:type") or ""
    role = element.get("role") or ""
    if not declared and not role:
        return frozenset()
    words = f"{declared} {role.replace('doc-', '')}".lower().split()
    return frozenset(word.rpartition(":")[2] for word in words)


def words_of(element: Element) -> str:
    """All text inside the element, white space collapsed."""
    return " ".join("".join(str(piece) for piece in element.itertext()).split())
