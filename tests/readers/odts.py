"""Small OpenDocument texts made in code."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "text", "style", "table", "manifest", "meta")
}
_NAMES |= {
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_SPACES = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMES.items())
_MIMETYPE = "application/vnd.oasis.opendocument.text"


def heading(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def paragraph(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


@dataclass(kw_only=True)
class Odt:
    """What goes into an OpenDocument text."""

    body: str
    automatic: str = ""  # styles of this document
    styles: str = ""
    meta: str = (
        "<dc:title>The Crossing</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>"
        "<dc:language>en-GB</dc:language>"
    )
    manifest: str = ""
    members: Mapping[str, bytes] = field(default_factory=dict)

    def write(self, folder: Path, name: str = "book.odt") -> Path:
        path = folder / name
        content = (
            f"<office:document-content {_SPACES}><office:automatic-styles>{self.automatic}</office:automatic-styles>"
            f"<office:body><office:text>{self.body}</office:text></office:body></office:document-content>"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
            archive.writestr("content.xml", content)
            archive.writestr(
                "styles.xml",
                f"<office:document-styles {_SPACES}><office:styles>{self.styles}</office:styles>"
                "</office:document-styles>",
            )
            archive.writestr(
                "meta.xml",
                f"<office:document-meta {_SPACES}><office:meta>{self.meta}</office:meta></office:document-meta>",
            )
            archive.writestr(
                "META-INF/manifest.xml", f"<manifest:manifest {_SPACES}>{self.manifest}</manifest:manifest>"
            )
            for file, data in self.members.items():
                archive.writestr(file, data)
        return path
