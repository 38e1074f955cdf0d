"""Makes the samples again, with Calibre (`ebook-convert`) and LibreOffice (`soffice`): `python make.py`.

The text is the first chapters of seeds/the-lighthouse-post.txt, with two footnotes.
"""

import json
import os
import re
import subprocess
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
STORY = HERE.parents[2] / "seeds" / "the-lighthouse-post.txt"
CHAPTERS = 3
NOTES = {"ninety feet": "Measured by the Board of Works in 1874.", "customers": "There was one in 1902, by mistake."}
CALIBRE = ("--chapter", "//h:h1", "--level1-toc", "//h:h1")

STYLES = """
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.1in"
 fo:margin-bottom="0.1in" fo:text-align="center" fo:keep-with-next="always"/>
 <style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="P" style:family="paragraph">
 <style:paragraph-properties fo:text-align="justify" fo:text-indent="0.2in"/>
 <style:text-properties fo:font-size="11pt" fo:hyphenate="true"/></style:style>
<style:style style:name="D" style:family="paragraph"><style:paragraph-properties fo:text-align="justify">
 <style:drop-cap style:lines="3" style:length="1" style:distance="0.02in"/></style:paragraph-properties>
 <style:text-properties fo:font-size="11pt" fo:hyphenate="true"/></style:style>
<style:style style:name="B" style:family="paragraph">
<style:paragraph-properties fo:text-align="center" fo:margin-top="0.1in"
 fo:margin-bottom="0.1in"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
 <style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="N" style:family="paragraph"><style:text-properties fo:font-size="9pt"/></style:style>
"""
LAYOUT = """
<style:page-layout style:name="L">
<style:page-layout-properties fo:page-width="6.5in" fo:page-height="9in" fo:margin="0.7in">
<style:columns fo:column-count="{columns}" fo:column-gap="0.25in"/></style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="0.3in" fo:margin-bottom="0.15in"/>
</style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.3in" fo:margin-top="0.15in"/>
</style:footer-style>
</style:page-layout>
"""
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>The Lighthouse Post</dc:title></office:meta>
<office:automatic-styles>{styles}{layout}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p text:style-name="H">THE LIGHTHOUSE POST</text:p></style:header>
<style:footer><text:p text:style-name="H"><text:page-number text:select-page="current"/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""


def read_chapters() -> list[tuple[str, list[str]]]:
    """The title and the paragraphs of each chapter."""
    parts = re.split(r"\n\s*CHAPTER \w+\n\n(.+)\n", STORY.read_text(encoding="utf-8"))[1:]
    pairs = list(zip(parts[::2], parts[1::2], strict=True))[:CHAPTERS]
    return [(title, [" ".join(p.split()) for p in text.strip().split("\n\n") if p.strip()]) for title, text in pairs]


def cut_words(text: str) -> str:
    """The text with a soft hyphen in each long word, where a line may end."""
    return re.sub(r"\b([a-z]{4})([a-z]{4,})\b", "\\1\u00ad\\2", text)


def make_paragraph(text: str, style: str, waiting: dict[str, str]) -> str:
    """A paragraph of OpenDocument with its footnotes."""
    marked = escape(cut_words(text))
    for words in [words for words in waiting if words in text]:
        note = f'<text:p text:style-name="N">{escape(waiting.pop(words))}</text:p>'
        number = len(NOTES) - len(waiting)
        body = f"<text:note-citation>{number}</text:note-citation><text:note-body>{note}</text:note-body>"
        place = cut_words(words)
        marked = marked.replace(place, f'{place}<text:note text:note-class="footnote">{body}</text:note>', 1)
    return f'<text:p text:style-name="{style}">{marked}</text:p>'


def make_document(columns: int) -> str:
    """The chapters as a flat OpenDocument text."""
    waiting, body = dict(NOTES), []
    for title, paragraphs in read_chapters():
        body.append(f'<text:h text:style-name="T" text:outline-level="1">{escape(title)}</text:h>')
        for n, text in enumerate(paragraphs):
            style = "D" if n == 0 else "B" if not any(map(str.isalnum, text)) else "P"
            body.append(make_paragraph(text, style, waiting))
    return DOCUMENT.format(styles=STYLES, layout=LAYOUT.format(columns=columns), body="".join(body))


def run(*command: str) -> None:
    """A program, whose messages are of no interest."""
    environment = dict(os.environ, QTWEBENGINE_DISABLE_SANDBOX="1")
    subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def main() -> None:
    """Make every sample."""
    for name in ("crossing.azw3", "crossing.mobi"):
        run("ebook-convert", "crossing.html", name, *CALIBRE)
    run("ebook-convert", "crossing.html", "crossing-both.mobi", *CALIBRE, "--mobi-file-type", "both")
    for name, columns in (("one-column", 1), ("two-columns", 2)):
        source = HERE / f"{name}.fodt"
        source.write_text(make_document(columns), encoding="utf-8")
        bookmarks = json.dumps({"ExportBookmarks": {"type": "boolean", "value": str(columns == 1).lower()}})
        export = f"pdf:writer_pdf_Export:{bookmarks}"
        run("soffice", "--headless", "--convert-to", export, source.name)
        source.unlink()


if __name__ == "__main__":
    main()
