"""Bytes → element trees: as XML if possible, else as HTML. Entities, DTDs and the network are never used.

The document type is removed before parsing, so that no entity is declared and none can multiply. The named entities of
HTML are replaced by their characters.
"""

import codecs
import re
from functools import lru_cache
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING, TypeAlias

from audiobook.readers.sources import decode_damaged, is_nearly_utf8

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object  # lxml is loaded only when a document is parsed

_DECLARATION = re.compile(r"^\s*<\?xml(?:[^>]*?\bencoding\s*=\s*[\"']([\w.:-]+)[\"'])?[^>]*\?>", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,2000}(?:\[|>)", re.IGNORECASE)
CHARACTER_DATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_SUBSET_END = re.compile(r"\]\s*>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_END_OF_DOCUMENT = re.compile(r"</html\s*>", re.IGNORECASE)
_END_OF_BODY = re.compile(r"</body\s*>\s*\Z", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_WHOLE = re.compile(r"</?(?:html|body)\b[^<>]*>|<\?xml\b[^<>]*>|<!DOCTYPE\b[^<>]*>", re.IGNORECASE)
_HEAD_ELEMENT = re.compile(r"<head\b[^<>]*>.*?</head\s*>", re.IGNORECASE | re.DOTALL)
_TAG_OR_SPACE = re.compile(r"<[^<>]*>|\s+")
_WRAPPERS = re.compile(r"</?(?:div|section|article|center|blockquote)\b[^<>]*>", re.IGNORECASE)
# Every tag but those of a page's frame, and of paragraphs and headings, which do not nest.
_FLATTENED = re.compile(r"</?(?!(?:html|head|body|title|style|script|p|h[1-6])\b)[A-Za-z][^<>]*>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|big|cite|em|font|i|ins|q|s|small|span|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE)
_META_REACH = 8192  # bytes of a web page within which it names its encoding
_HEAD = 1000  # characters within which an XML declaration ends
_LAST_CODE = 0x10FFFF
_NO_CHARSETS = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}  # codecs for other purposes
_OPS = "{http://www.idpf.org/2007/ops}type"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def parse(data: bytes, *, soup: bool) -> Element | None:
    """The root of a document. With `soup`, HTML that is not XML is parsed, too. None where nothing can be parsed."""
    return parse_markup(decode_markup(data), soup=soup)


def parse_markup(markup: str, *, soup: bool) -> Element | None:
    """The root of a document that is decoded already; else as `parse`."""
    from lxml import etree  # noqa: PLC0415  # slow to import; only marked-up books need it

    text = _join_documents(_prepare(markup))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if _is_depth(error):
            text = _flatten(text)
        return _parse_leniently(text) if soup else _recover(text)


def _join_documents(text: str) -> str:
    """One document of a text in which something follows the end of the document: text, or another document."""
    found = _END_OF_DOCUMENT.search(text)
    if found is None or not _TAG_OR_SPACE.sub("", text[found.end() :]):
        return text
    after = _WHOLE.sub("", _HEAD_ELEMENT.sub("", text[found.end() :]))
    before = _END_OF_BODY.sub("", text[: found.start()])
    return f"{before}{after}{'</body>' if _BODY.search(before) else ''}{found.group()}"


def _is_depth(error: object) -> bool:
    """Whether an error is about nesting that is too deep for the parser."""
    return "depth" in str(error)


def _flatten(text: str) -> str:
    """The text without elements that have no meaning: only such elements nest that deep."""
    return _INLINE.sub("", _WRAPPERS.sub(" ", text))


def _parse_leniently(text: str) -> Element | None:
    from lxml import etree  # noqa: PLC0415

    text = CHARACTER_DATA.sub(lambda found: escape(found[1]), text)  # HTML would parse it as a comment
    parser = etree.HTMLParser(no_network=True, huge_tree=False, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(text, parser) if text.strip() else None
        if not any(map(_is_depth, parser.error_log)):
            return root
        deep = etree.HTMLParser(no_network=True, huge_tree=True, recover=True, remove_pis=True)
        root = etree.fromstring(_flatten(text), deep)  # else all deeper text would be lost
        lost = any(map(_is_depth, deep.error_log))
        return etree.fromstring(_FLATTENED.sub(" ", text), deep) if lost else root
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _recover(text: str) -> Element | None:
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _prepare(text: str) -> str:
    text = _DECLARATION.sub("", text[:_HEAD], count=1) + text[_HEAD:]
    text = strip_doctype(_ILLEGAL.sub("", text))
    text = _NUMBERED.sub(_keep_legal_reference, text)
    return _NAMED.sub(lambda m: html5.get(m[1] + ";", m[0]), text).strip()


def _keep_legal_reference(found: re.Match[str]) -> str:
    """A numeric character reference; nothing where there is no such character or XML does not allow it."""
    digits = (found[1] or found[2]).lstrip("0")
    code = int(digits[:9] or "0", 16 if found[1] else 10)
    return found[0] if code <= _LAST_CODE and not _ILLEGAL.match(chr(code)) else ""


def decode_markup(data: bytes) -> str:
    """The text of a document: by its byte order mark, else UTF-8 where it is that, else by its declaration."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[:4] == b"<\x00?\x00":
        return data.decode("utf-16-le", "replace")
    declared = _DECLARATION.match(data[:200].decode("latin-1"))
    meta = _META.search(data[:2000])
    name = (declared and declared[1]) or (meta and meta[1].decode("latin-1")) or "utf-8"
    first = (name, "utf-8") if name.casefold().startswith("iso-2022") else ("utf-8", name)
    for encoding in first:
        try:
            if codecs.lookup(encoding).name.replace("-", "_") not in _NO_CHARSETS:
                return data.decode(encoding)
        except (LookupError, UnicodeError):
            if encoding == "utf-8" and is_nearly_utf8(data):
                break
    return decode_damaged(data)


def declared_encoding(data: bytes) -> str:
    """The name of the codec for the encoding that a web page names; empty where it names none that is known.

    ISO-8859-1 and ASCII mean Windows-1252, as they do in browsers.
    """
    declared = _DECLARATION.match(data[:200].decode("latin-1"))
    meta = _META.search(data[:_META_REACH])
    name = (declared and declared[1]) or (meta[1].decode("latin-1") if meta else "")
    try:
        known = codecs.lookup(name).name.replace("-", "_") if name else ""
    except LookupError:
        return ""
    if known in _NO_CHARSETS or known.startswith(("utf", "base64", "bz2", "hex", "quopri", "rot", "uu", "zlib")):
        return ""
    return "cp1252" if known in {"iso8859_1", "ascii"} else known


def strip_doctype(text: str) -> str:
    """The text without its document type and the declarations in it."""
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
    return _read_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)  # a document has few names, and each is asked for very often
def _read_name(tag: str) -> str:
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
