"""A Word document → HTML elements: the body, then notes, comments, page headers and footers, which are not read."""

from pathlib import Path

from audiobook.model.book import Cover
from audiobook.readers.converted.book import Converted
from audiobook.readers.converted.builder import HtmlBuilder, unread
from audiobook.readers.converted.xml import OFFICE_LIMITS, check_paragraphs
from audiobook.readers.docx.blocks import Blocks
from audiobook.readers.docx.numbering import Numbering
from audiobook.readers.docx.package import Package, W, authors_in, picture_key
from audiobook.readers.docx.runs import Inline, note_key
from audiobook.readers.docx.styles import Styles
from audiobook.readers.html.markup import Element
from audiobook.readers.titles import one_line
from audiobook.readers.zip_archive import Archive

_OTHER_PARTS = {"comments": "comment", "header": "page header", "footer": "page footer"}
_TITLED_CHAPTERS = 3
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def convert(path: Path) -> Converted:
    """The document as HTML elements. Raises BookError."""
    with Archive(path, "Word document", OFFICE_LIMITS) as archive:
        package = Package(archive)
        body = package.body()
        check_paragraphs(sum(1 for _ in body.iter(f"{W}p")), str(path))
        styles = Styles(package.part("styles"))
        builder = HtmlBuilder()
        inline = Inline(builder, styles)
        blocks = Blocks(builder, styles, Numbering(package.part("numbering")), inline)
        blocks.may_be_title = _count_titles(body, styles) < _TITLED_CHAPTERS
        blocks.add(body)
        blocks.finish_part()
        cover = _find_cover(package, inline)
        _add_notes(package, blocks)
        _add_others(package, blocks)
        facts = package.facts()
        return Converted(
            root=builder.finish(),
            title=facts.get("title", "") or one_line(" ".join(blocks.title_lines[:1])),
            authors=authors_in(facts.get("creator", "")),
            language=facts.get("language", "") or styles.language,
            cover=cover,
            unmarked=package.unmarked(),
        )


def _count_titles(body: Element, styles: Styles) -> int:
    """The number of paragraphs in the style of a title: with several, they are chapters."""
    named = (styles.style(element.get(f"{W}val")) for element in body.iter(f"{W}pStyle"))
    return sum(style.name == "title" for style in named)


def _find_cover(package: Package, inline: Inline) -> Cover | None:
    """The picture that stands before any text."""
    return package.picture(picture_key(inline.first_picture)) if inline.first_picture is not None else None


def _add_notes(package: Package, blocks: Blocks) -> None:
    """The footnotes and endnotes, each with the anchor that its reference leads to."""
    for kind, name in _NOTES.items():
        root = package.part(kind)
        for note in root.iterfind(W + name) if root is not None else ():
            key = (kind, note.get(f"{W}id") or "")
            if note.get(f"{W}type") not in {None, "normal"}:  # the rule between text and notes
                continue
            blocks.builder.start("aside", {"role": f"doc-{name}", "id": note_key(key)})
            blocks.add(note)
            blocks.finish_part()
            blocks.builder.end()


def _add_others(package: Package, blocks: Blocks) -> None:
    for kind, reason in _OTHER_PARTS.items():
        for root in package.parts(kind):
            blocks.builder.start("div", unread(reason))
            for part in root if kind == "comments" else [root]:
                blocks.add(part)
                blocks.finish_part()
            blocks.builder.end()
