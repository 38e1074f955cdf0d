"""An OpenDocument text → HTML elements: the body, then its notes, which are not read where they stand."""

import html
import re
from pathlib import Path

from audiobook.model.book import Cover
from audiobook.readers.converted.book import Converted
from audiobook.readers.converted.builder import HtmlBuilder
from audiobook.readers.converted.xml import OFFICE_LIMITS, check_paragraphs, parse_member
from audiobook.readers.html.markup import Element, attribute, name_of
from audiobook.readers.odt.styles import TEXT, Styles
from audiobook.readers.odt.text import Content
from audiobook.readers.text.gutenberg import split_authors
from audiobook.readers.titles import one_line
from audiobook.readers.zip_archive import Archive

_KIND = "OpenDocument text"
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"))
_TITLED_CHAPTERS = 3
_MANIFEST_HINT = "open it with LibreOffice, remove the password, and save it again"
_BODY = re.compile(r"<office:body\b.*", re.DOTALL)
_NOT_SHOWN = re.compile(
    r"<(text:[a-z-]+-source|office:forms|svg:title|svg:desc|text:number)\b[^<>]*(?<!/)>.*?</\1>", re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")


def convert(path: Path) -> Converted:
    """The document as HTML elements. Raises BookError."""
    with Archive(path, _KIND, OFFICE_LIMITS) as archive:
        content, styles_root, meta = _read_parts(archive)
        text = next((e for e in content.iter() if name_of(e) == "body"), None)
        if text is None:
            raise archive.error("the OpenDocument file has no text", hint="is it a text, and not a table or a picture?")
        check_paragraphs(sum(1 for _ in text.iter(f"{TEXT}p", f"{TEXT}h")), str(path))
        styles = Styles(root for root in (styles_root, content) if root is not None)
        added = Content(HtmlBuilder(), styles)
        added.may_be_title = _count_titles(text, styles) < _TITLED_CHAPTERS
        added.add(text)
        _add_notes(added)
        facts = _read_facts(meta)
        return Converted(
            root=added.builder.finish(),
            title=facts.get("title", "") or one_line(" ".join(added.title_lines[:1])),
            authors=tuple(split_authors(facts.get("initial-creator") or facts.get("creator", ""))),
            language=facts.get("language", "") or styles.language,
            cover=_find_cover(archive, added.first_picture),
            unmarked=_strip(archive.read("content.xml", 2**28) or b""),
        )


def _read_parts(archive: Archive) -> tuple[Element, Element | None, Element | None]:
    """The content, the styles and the metadata. Raises BookError where they are encrypted or missing."""
    manifest = parse_member(archive, "META-INF/manifest.xml")
    if manifest is not None and any(name_of(e) == "encryption-data" for e in manifest.iter()):
        raise archive.error("the document is protected by a password", hint=_MANIFEST_HINT)
    content = parse_member(archive, "content.xml")
    if content is None:
        hint = "save it again with LibreOffice"
        raise archive.error("this zip file is not an OpenDocument text: it has no content", hint=hint)
    return content, parse_member(archive, "styles.xml"), parse_member(archive, "meta.xml")


def _count_titles(text: Element, styles: Styles) -> int:
    """The number of paragraphs in the style of a title: with several, they are chapters."""
    named = (styles.style("paragraph", attribute(element, "style-name")) for element in text.iter(f"{TEXT}p"))
    return sum(style.name == "title" for style in named)


def _add_notes(added: Content) -> None:
    """The notes, each with the anchor that its reference leads to. Notes in notes are added last."""
    done = 0
    while done < len(added.notes):
        kind, key, body = added.notes[done]
        added.builder.start("aside", {"role": f"doc-{kind}", "id": key})
        added.add(body)
        added.builder.end()
        done += 1


def _read_facts(meta: Element | None) -> dict[str, str]:
    found = ((name_of(e), one_line(str(e.text or ""))) for e in (meta.iter() if meta is not None else ()))
    return {name: text for name, text in found if text}


def _find_cover(archive: Archive, name: str) -> Cover | None:
    data = archive.read(name.removeprefix("./")) if name else None
    media_type = next((kind for sign, kind in _PICTURES if data and data.startswith(sign)), None)
    return Cover(data=data, media_type=media_type) if data and media_type else None


def _strip(data: bytes) -> str:
    """The text of the content, found without parsing it."""
    found = _BODY.search(data.decode("utf-8", "replace"))
    return html.unescape(_TAG.sub(" ", _NOT_SHOWN.sub(" ", found[0]))) if found else ""
