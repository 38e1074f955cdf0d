"""Small EPUBs made in code: a book is a few pages, and everything else has a default that works."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
WORDS = "The lamp burned low while Oona walked along the river and thought of her brother. "


def prose(paragraphs: int = 6) -> str:
    """Enough of a story to make a chapter."""
    return "".join(f"<p>{n}. {WORDS * 4}</p>" for n in range(paragraphs))


def page(body: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title>{head}</head><body>{body}</body></html>'
    )


def nav(*entries: tuple[str, str], landmarks: Mapping[str, str] | None = None) -> str:
    items = "".join(f'<li><a href="{href}">{title}</a></li>' for title, href in entries)
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{kind}</a></li>' for kind, href in (landmarks or {}).items()
    )
    return page(
        f'<nav epub:type="toc"><ol>{items}</ol></nav>'
        + (f'<nav epub:type="landmarks"><ol>{marks}</ol></nav>' if marks else "")
    )


def ncx(*entries: tuple[str, str]) -> str:
    points = "".join(
        f'<navPoint id="n{n}"><navLabel><text>{title}</text></navLabel><content src="{href}"/></navPoint>'
        for n, (title, href) in enumerate(entries)
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'


@dataclass(kw_only=True)
class Epub:
    """What goes into an EPUB. `pages` are the spine, in order."""

    pages: Mapping[str, str]
    nav: str | None = None
    ncx: str | None = None
    metadata: str = "<dc:title>The Lamp</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en-GB</dc:language>"
    manifest: str = ""  # further items
    guide: str = ""
    nonlinear: tuple[str, ...] = ()
    hrefs: Mapping[str, str] = field(default_factory=dict)  # page → href in the manifest, where not its name
    members: Mapping[str, str | bytes] = field(default_factory=dict)  # further files, by their full name
    mimetype: bool = True

    def package(self) -> str:
        items = "".join(
            f'<item id="p{n}" href="{self.hrefs.get(name, name)}" media-type="application/xhtml+xml"/>'
            for n, name in enumerate(self.pages)
        )
        if self.nav:
            items += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        if self.ncx:
            items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        spine = "".join(
            f'<itemref idref="p{n}"{" linear=" + chr(34) + "no" + chr(34) if name in self.nonlinear else ""}/>'
            for n, name in enumerate(self.pages)
        )
        return (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
            f"{self.metadata}</metadata><manifest>{items}{self.manifest}</manifest>"
            f'<spine toc="ncx">{spine}</spine><guide>{self.guide}</guide></package>'
        )

    def write(self, folder: Path, name: str = "book.epub") -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            if self.mimetype:
                archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            archive.writestr("META-INF/container.xml", CONTAINER)
            archive.writestr("OEBPS/content.opf", self.package())
            if self.nav:
                archive.writestr("OEBPS/nav.xhtml", self.nav)
            if self.ncx:
                archive.writestr("OEBPS/toc.ncx", self.ncx)
            for file, text in self.pages.items():
                archive.writestr(f"OEBPS/{file}", text)
            for file, data in self.members.items():
                archive.writestr(file, data)
        return path
