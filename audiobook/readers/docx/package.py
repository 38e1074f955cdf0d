"""The parts of a Word document: which they are, its metadata, its pictures."""

import html
import posixpath
import re
from collections.abc import Iterator

from audiobook.model.book import Cover
from audiobook.readers.converted.xml import parse_member
from audiobook.readers.html.markup import Element, name_of
from audiobook.readers.text.gutenberg import split_authors
from audiobook.readers.titles import one_line
from audiobook.readers.zip_archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "word/document.xml"
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"))
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_TEXT = re.compile(r"<w:(?:t|delText)(?:\s[^<>]*)?(?<!/)>([^<]*)<|<w:(?:p|tab|br|cr)\b")
_HINT = "save it again with Word or LibreOffice"


class Package:
    """An open Word document: its parts by their kind."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.main = self._find_main()
        self._links = dict(self._read_links())

    def _find_main(self) -> str:
        root = parse_member(self._archive, "_rels/.rels")
        for element in root if root is not None else ():
            if (element.get("Type") or "").endswith("/officeDocument"):
                name = (element.get("Target") or "").lstrip("/")
                if self._archive.has(name):
                    return name
        if not self._archive.has(_MAIN):
            raise self._archive.error("this zip file is not a Word document: it has no main part", hint=_HINT)
        return _MAIN

    def _read_links(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The relations of the main part: id → (kind, member)."""
        folder, name = posixpath.split(self.main)
        root = parse_member(self._archive, f"{folder}/_rels/{name}.rels".lstrip("/"))
        for element in root if root is not None else ():
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target") or ""
            member = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            yield element.get("Id") or "", ((element.get("Type") or "").rpartition("/")[2], member)

    def body(self) -> Element:
        """The main part. Raises BookError where it is damaged."""
        root = parse_member(self._archive, self.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            data = self._archive.read(self.main) or b""
            if _STRICT in data[:5000]:
                message = "the document is in the “Strict Open XML” form, which is not read"
                raise self._archive.error(message, hint="open it in Word and save it as “Word Document (.docx)”")
            raise self._archive.error("the Word document has no text in its main part", inside=self.main, hint=_HINT)
        return body

    def parts(self, kind: str) -> Iterator[Element]:
        """The parts of a kind: "styles", "footnotes", "header"."""
        for found, member in sorted(set(self._links.values())):
            root = parse_member(self._archive, member) if found == kind else None
            if root is not None:
                yield root

    def part(self, kind: str) -> Element | None:
        """The only part of a kind."""
        return next(self.parts(kind), None)

    def facts(self) -> dict[str, str]:
        """The metadata: "title", "creator", "language"; empty ones are left out."""
        root = parse_member(self._archive, "docProps/core.xml")
        found = ((name_of(e), one_line(str(e.text or ""))) for e in (root if root is not None else ()))
        return {name: text for name, text in found if text}

    def picture(self, key: str) -> Cover | None:
        """The picture behind a relation, where it is a JPEG or a PNG."""
        kind, member = self._links.get(key, ("", ""))
        data = self._archive.read(member) if kind == "image" else None
        media_type = next((kind for sign, kind in _PICTURES if data and data.startswith(sign)), None)
        return Cover(data=data, media_type=media_type) if data and media_type else None

    def unmarked(self) -> str:
        """The text of all parts, found without parsing them."""
        kinds = ("footnotes", "endnotes", "comments", "header", "footer")
        others = [member for kind, member in sorted(set(self._links.values())) if kind in kinds]
        return " ".join(_strip(self._archive.read(name, 2**28) or b"") for name in (self.main, *others))


def picture_key(element: Element) -> str:
    """The relation that a picture in a drawing points to."""
    for found in element.iter():
        name = name_of(found)
        if name in {"blip", "imagedata"}:
            return found.get(f"{_RELATION}embed") or found.get(f"{_RELATION}id") or ""
    return ""


def authors_in(creator: str) -> tuple[str, ...]:
    """The authors that the metadata name: "Ann Lee; Bo Day"."""
    names = [name for part in creator.split(";") for name in split_authors(part.strip())]
    return tuple(dict.fromkeys(name for name in names if name))


def _strip(data: bytes) -> str:
    text = _FALLBACK.sub("", data.decode("utf-8", "replace"))
    return "".join(html.unescape(found[1]) if found[1] else " " for found in _TEXT.finditer(text))
