"""Makes small PDFs for tests: lines of Courier at given places, bookmarks and metadata."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

FONTS = ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique")
WIDTH = 0.6  # of the size: every character of Courier


class Text(NamedTuple):
    """A line on a page: points from its left and lower edge."""

    x: float
    y: float
    text: str
    size: float = 12
    font: int = 0  # of FONTS

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + len(self.text) * self.size * WIDTH


@dataclass(kw_only=True)
class Pdf:
    """A PDF to be written."""

    pages: Sequence[Sequence[Text]]
    outline: Sequence[tuple[str, int]] = ()  # title, page
    info: dict[str, str] = field(default_factory=dict)
    picture: bool = False  # every page has one

    def write(self, path: Path) -> Path:
        """The file."""
        path.write_bytes(self.build())
        return path

    def build(self) -> bytes:
        """The bytes of the file."""
        objects: list[bytes] = [b"", b""]
        objects += [
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode() for name in FONTS
        ]
        fonts = " ".join(f"/F{n} {n + 3} 0 R" for n in range(len(FONTS)))
        objects.append(
            _stream(
                "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                b"\0",
            )
        )
        picture = len(objects)
        kids = []
        for page in self.pages:
            drawn = b"".join(map(_draw, page)) + (b"q 500 0 0 700 50 50 cm /Im0 Do Q\n" if self.picture else b"")
            objects.append(_stream("<<", drawn))
            resources = f"<< /Font << {fonts} >> /XObject << /Im0 {picture} 0 R >> >>"
            kids.append(len(objects) + 1)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} "
                f"/Contents {len(objects)} 0 R >>".encode()
            )
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
        root = len(objects) + 1
        marks = [root + 1 + n for n in range(len(self.outline))]
        outlines = ""
        if marks:
            objects.append(
                f"<< /Type /Outlines /First {marks[0]} 0 R /Last {marks[-1]} 0 R /Count {len(marks)} >>".encode()
            )
            outlines = f"/Outlines {root} 0 R"
        for n, (title, number) in enumerate(self.outline):
            following = f"/Next {marks[n + 1]} 0 R" if n + 1 < len(marks) else ""
            objects.append(
                b"<< /Title "
                + _string(title)
                + f" /Parent {root} 0 R {following} /Dest [{kids[number]} 0 R /Fit] >>".encode()
            )
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R {outlines} >>".encode()
        objects.append(
            b"<< " + b" ".join(f"/{key} ".encode() + _string(value) for key, value in self.info.items()) + b" >>"
        )
        return _assemble(objects)


def _draw(line: Text) -> bytes:
    text = line.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return f"BT /F{line.font} {line.size} Tf {line.x} {line.y} Td (".encode() + text + b") Tj ET\n"


def _stream(head: str, data: bytes) -> bytes:
    return f"{head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _string(text: str) -> bytes:
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"


def _assemble(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer << /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()


class Setter:
    """Sets text as a word processor does: lines filled as far as they go, paragraphs, headings, new pages."""

    def __init__(
        self, *, width: int = 60, indent: float = 0, gap: float = 0, lines: int = 40, size: float = 10
    ) -> None:
        self.pages: list[list[Text]] = [[]]
        self._width, self._indent, self._gap, self._lines, self._size = width, indent, gap, lines, size
        self._left, self._top, self._leading = 90.0, 700.0, size * 1.4
        self._y = self._top

    def paragraph(self, text: str, *, hyphenate: bool = False) -> None:
        """A paragraph of filled lines."""
        words, line, first = text.split(), "", True
        while words:
            room = self._width - (round(self._indent / self._size / WIDTH) if first else 0)
            word = words.pop(0)
            wanted = f"{line} {word}".strip()
            if len(wanted) <= room:
                line = wanted
                continue
            rest = room - len(line) - 2
            if hyphenate and word.isalpha() and 2 <= rest <= len(word) - 2:
                line = f"{line} {word[:rest]}-"
                word = word[rest:]
            self._put(line, self._indent if first else 0)
            line, first = word, False
        self._put(line, self._indent if first else 0)
        self._y -= self._gap

    def heading(self, text: str, *, size: float = 18, new_page: bool = True) -> None:
        """A heading, on a new page unless it is not wanted there."""
        if new_page and self.pages[-1]:
            self.new_page()
        if self.pages[-1]:
            self._y -= size
        self.pages[-1].append(Text(self._left, self._y, text, size, 1))
        self._y -= size * 2

    def blank(self, lines: int = 2) -> None:
        """Leave lines blank."""
        self._y -= self._leading * lines

    def new_page(self) -> None:
        """Begin a page."""
        self.pages.append([])
        self._y = self._top

    def line(self, text: str, x: float | None = None, **more: float) -> None:
        """One line."""
        self._put(text, 0 if x is None else x - self._left, **more)

    def _put(self, text: str, indent: float, **more: float) -> None:
        if self._y < self._top - self._leading * self._lines:
            self.new_page()
        self.pages[-1].append(
            Text(self._left + indent, self._y, text, more.get("size", self._size), int(more.get("font", 0)))
        )
        self._y -= self._leading
