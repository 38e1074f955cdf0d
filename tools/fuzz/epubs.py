"""Mutate EPUBs: their documents, names and order of members, and the bytes of the zip."""

import io
import zipfile
import zlib
from random import Random

from tools.fuzz.mutation import LONGEST, mutator

WORDS = (
    *("<p>", "</p>", "<div>", "</div>", "<br/>", "<h1>", "</h1>", "<h2>", "<i>", "<sup>", "<table><tr><td>", "<li>"),
    *("<ol>"),
    *('<a href="#a">', '<a id="a"/>', '<a href="../../../x#y">', '<nav epub:type="toc"><ol>', "</ol></nav>", "<hr/>"),
    *('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]>', "&a;", "&nbsp;", "&#x0;", "&#xD800;", "&lt;"),
    *("<![CDATA[", "]]>"),
    *('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;", '<?xml version="1.0" encoding="utf-7"?>'),
    *('<?xml encoding="x"?>', "<!--", "-->"),
    *('<item id="p9" href="a.xhtml" media-type="application/xhtml+xml"/>', '<itemref idref="p9"/>'),
    *('<itemref idref="p0"/>'),
    *('properties="nav"', 'properties="cover-image"', 'linear="no"', 'media-type="image/png"', "<dc:title>"),
    *("</dc:title>"),
    *('<navPoint><navLabel><text>', "</text></navLabel>", '<content src="p.xhtml#x"/>', "</navPoint>", 'xmlns="x"'),
    *("xmlns:a='y'"),
    *('epub:type="noteref"', 'epub:type="footnotes"', 'class="chapter-title"', 'style="display:none"', "hidden"),
    *("</body>", "<body>"),
)  # fmt: skip
NAMES = (
    *("META-INF/container.xml", "OEBPS/content.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx", "META-INF/encryption.xml"),
    *(
        "META-INF/rights.xml",
        "mimetype",
        "../../out.txt",
        "/abs.txt",
        "C:\\x",
        "a" * 300,
        "",
        "OEBPS/a.xhtml/",
        "\u202ex",
    ),
)

_inside = mutator(WORDS)
_outside = mutator(
    (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff" * 4, b"\x01\x00")
)


def mutate_epub(data: bytes, chance: Random) -> bytes:
    """Mutate an EPUB. Usually the zip stays valid and its documents are changed."""
    members = _members(data)
    if not members or chance.random() < 0.15:
        return _outside(data, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        _change(members, chance)
    return _zipped(members, chance)[: 2 * LONGEST]


def _change(members: list[tuple[str, bytes]], chance: Random) -> None:
    at = chance.randrange(len(members))
    name, data = members[at]
    what = chance.random()
    if what < 0.8:
        members[at] = (name, _inside(data, chance))
    elif what < 0.86:
        members[at] = (chance.choice(NAMES), data)
    elif what < 0.9:
        other = chance.randrange(len(members))
        members[at], members[other] = (name, members[other][1]), (members[other][0], data)
    elif what < 0.94:
        members.insert(at, (chance.choice((name, *NAMES)), data))
    elif len(members) > 1:
        del members[at]


def _members(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.file_size <= LONGEST][:40]
            return [(info.filename, archive.read(info)) for info in infos]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return []


def _zipped(members: list[tuple[str, bytes]], chance: Random) -> bytes:
    method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, data)
    return buffer.getvalue()
