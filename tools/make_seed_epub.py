"""Makes seeds/the-night-tram.epub from its pages in tests/cases/seeds/the-night-tram: python -m tools.make_seed_epub

The same pages give the same file: members in a fixed order, all dated alike. The cover is drawn here.
"""

import struct
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "cases" / "seeds" / "the-night-tram"
EPUB = ROOT / "seeds" / "the-night-tram.epub"
COVER = "EPUB/cover.png"
WIDTH, HEIGHT = 400, 600

Colour = tuple[int, int, int]
NIGHT, DUSK, MOON, TRAM, TRIM, LAMP, WHEEL, STREET = (
    (12, 18, 48),
    (62, 58, 110),
    (250, 240, 205),
    (34, 110, 78),
    (226, 205, 150),
    (255, 214, 110),
    (24, 24, 30),
    (30, 30, 46),
)


def members() -> dict[str, bytes]:
    """Every file of the book by its name in the zip, in order; "mimetype" comes first, as the format asks."""
    pages = sorted(path for path in PAGES.rglob("*") if path.is_file())
    return {
        "mimetype": b"application/epub+zip",
        **{path.relative_to(PAGES).as_posix(): path.read_bytes() for path in pages},
        COVER: png(cover()),
    }


def cover() -> list[list[Colour]]:
    """A small green tram under the moon, as rows of pixels."""
    return [[_pixel(x, y) for x in range(WIDTH)] for y in range(HEIGHT)]


def _pixel(x: int, y: int) -> Colour:
    if (x - 285) ** 2 + (y - 130) ** 2 < 58**2 and (x - 262) ** 2 + (y - 115) ** 2 > 50**2:
        return MOON
    if y > 500:
        return TRIM if y in {506, 507, 528, 529} else STREET
    return _tram(x, y) or _sky(x, y)


def _tram(x: int, y: int) -> Colour | None:
    """The tram's pixel here, or None beside it."""
    if any((x - wheel) ** 2 + (y - 484) ** 2 < 17**2 for wheel in (130, 270)):
        return WHEEL
    if not (70 <= x < 330 and 300 <= y < 480):
        return WHEEL if 196 <= x < 202 and 230 <= y < 300 else None
    if y < 312 or 408 <= y < 414:
        return TRIM
    in_window = 335 <= y < 395 and (x - 85) % 60 < 46 and 85 <= x < 320
    return LAMP if in_window else TRAM


def _sky(x: int, y: int) -> Colour:
    if (x * 7919 + y * 104729) % 4001 == 0:
        return MOON
    red, green, blue = (night + (dusk - night) * y // HEIGHT for night, dusk in zip(NIGHT, DUSK, strict=True))
    return red, green, blue


def png(rows: list[list[Colour]]) -> bytes:
    """The picture as a PNG file: 8-bit RGB, no filter (W3C PNG, sections 11 and 12)."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    scanlines = b"".join(b"\0" + bytes(channel for pixel in row for channel in pixel) for row in rows)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(scanlines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def make(path: Path) -> None:
    """Write the book; only what the format demands is left uncompressed."""
    with zipfile.ZipFile(path, "w") as book:
        for name, data in members().items():
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            book.writestr(entry, data)


if __name__ == "__main__":
    make(EPUB)
