"""Small Word documents made in code: a body, and whatever other parts a test needs."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("heading 1", "heading 2", "Title", "Author", "toc 1", "Verse")
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph: of one run where the content is no markup."""
    content = content if content.startswith("<") or not content else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


@dataclass(kw_only=True)
class Docx:
    """What goes into a Word document."""

    body: str
    styles: str = STYLES
    numbering: str = ""
    footnotes: str = ""
    endnotes: str = ""
    comments: str = ""
    header: str = ""
    core: str = "<dc:title>The Crossing</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en-GB</dc:language>"
    document: str = ""  # the whole main part, instead of the body
    members: Mapping[str, str | bytes] = field(default_factory=dict)

    def write(self, folder: Path, name: str = "book.docx") -> Path:
        parts = {"styles": self.styles, "numbering": self.numbering, "footnotes": self.footnotes}
        parts |= {"endnotes": self.endnotes, "comments": self.comments, "header": self.header}
        roots = {"header": "hdr"}
        links = "".join(
            f'<Relationship Id="r{kind}" Type="{_KIND}/{kind}" Target="{kind}.xml"/>'
            for kind, xml in parts.items()
            if xml
        )
        links += "".join(
            f'<Relationship Id="{file.rpartition("/")[2]}" Type="{_KIND}/image" Target="{file.removeprefix("word/")}"/>'
            for file in self.members
        )
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            main = f'<Relationship Id="m" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>')
            archive.writestr(
                "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'
            )
            archive.writestr(
                "word/document.xml", self.document or f"<w:document {_SPACES}><w:body>{self.body}</w:body></w:document>"
            )
            for kind, xml in parts.items():
                root = roots.get(kind, kind)
                if xml:
                    archive.writestr(f"word/{kind}.xml", f"<w:{root} {_SPACES}>{xml}</w:{root}>")
            archive.writestr("docProps/core.xml", f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/">{self.core}</cp>')
            for file, data in self.members.items():
                archive.writestr(file, data)
        return path
