"""The process that reads a PDF with pdfium: `python -m audiobook.readers.pdf.child FILE` writes its text as JSON lines.

pdfium is a C++ library, and a hostile file may crash it or make it use all memory. In a process of its own, with
limits, that ends the process and not the program. The first line has the number of pages, the metadata and the outline;
then every page has a line (see `extraction`). A line with "error" says why the file cannot be read.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

MOST_PAGES = 20_000
_MOST_ON_PAGE = 200_000  # characters
_MOST_BOOKMARKS = 20_000
_MOST_DEPTH = 12  # of bookmarks
_CPU_SECONDS = 300
_MEMORY = 4 * 2**30
_LARGEST_COVER = 8 * 2**20
_COVER_SHARE = 0.6  # of the first page that a picture fills to be the cover
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "password",
    pdfium.FPDF_ERR_SECURITY: "security",
    pdfium.FPDF_ERR_FILE: "file",
}
_BOLD_WEIGHT = 600
_ITALIC_FLAG, _BOLD_FLAG, _FIXED_FLAG = 1 << 6, 1 << 18, 1
ITALIC, BOLD, FIXED, ROTATED, OUTSIDE = 1, 2, 4, 8, 16  # bits of a fragment's style

pdfium.FPDFText_GetTextObject.restype = ctypes.c_void_p  # addresses are compared and are keys
pdfium.FPDFTextObj_GetFont.restype = ctypes.c_void_p
for _function in (pdfium.FPDFTextObj_GetFont, pdfium.FPDFFont_GetFlags, pdfium.FPDFFont_GetWeight):
    _function.argtypes = [ctypes.c_void_p, *_function.argtypes[1:]]
pdfium.FPDFFont_GetBaseFontName.argtypes = [ctypes.c_void_p, *pdfium.FPDFFont_GetBaseFontName.argtypes[1:]]


def main(path: str) -> None:
    """Write the text of a PDF to the standard output."""
    _limit_resources()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(path.encode(), None)
    if not document:
        _write({"error": _ERRORS.get(pdfium.FPDF_GetLastError(), "damaged")})
        return
    count = pdfium.FPDF_GetPageCount(document)
    if not 0 < count <= MOST_PAGES:
        _write({"error": "pages", "pages": count})
        return
    title, author = (_read_metadata(document, key) for key in (b"Title", b"Author"))
    outline = list(_read_outline(document))
    _write({"pages": count, "title": title, "author": author, "language": _read_language(document), "outline": outline})
    for number in range(count):
        _write(_read_page(document, number))


def _limit_resources() -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _read_metadata(document: Any, key: bytes) -> str:
    length = pdfium.FPDF_GetMetaText(document, key, None, 0)
    buffer = ctypes.create_string_buffer(min(length, 4096))
    pdfium.FPDF_GetMetaText(document, key, buffer, len(buffer))
    return _decode_wide(buffer.raw)


def _decode_wide(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").split("\0", 1)[0].strip()


def _read_language(document: Any) -> str:
    if not hasattr(pdfium, "FPDFCatalog_GetLanguage"):  # older versions of pypdfium2
        return ""
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = (ctypes.c_ushort * max(1, min(length // 2, 64)))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
    return _decode_wide(bytes(buffer))


def _read_outline(document: Any) -> Iterator[tuple[int, str, int, float | None]]:
    """Depth, title, page and height of each bookmark, in order. Bookmarks that are met again are left out."""
    seen: set[int] = set()
    stack = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 0)]
    while stack and len(seen) < _MOST_BOOKMARKS:
        mark, depth = stack.pop()
        address = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
        if address is None or address in seen or depth > _MOST_DEPTH:
            continue
        seen.add(address)
        stack.append((pdfium.FPDFBookmark_GetNextSibling(document, mark), depth))
        stack.append((pdfium.FPDFBookmark_GetFirstChild(document, mark), depth + 1))
        yield (depth, _read_bookmark_title(mark), *_read_destination(document, mark))


def _read_bookmark_title(mark: Any) -> str:
    length = pdfium.FPDFBookmark_GetTitle(mark, None, 0)
    buffer = ctypes.create_string_buffer(min(max(length, 2), 4096))
    pdfium.FPDFBookmark_GetTitle(mark, buffer, len(buffer))
    return _decode_wide(buffer.raw)


def _read_destination(document: Any, mark: Any) -> tuple[int, float | None]:
    target = pdfium.FPDFBookmark_GetDest(document, mark)
    if not target:
        action = pdfium.FPDFBookmark_GetAction(mark)
        target = pdfium.FPDFAction_GetDest(document, action) if action else None
    if not target:
        return -1, None
    flags = [ctypes.c_int() for _ in range(3)]
    place = [ctypes.c_float() for _ in range(3)]
    found = pdfium.FPDFDest_GetLocationInPage(target, *flags, *place)
    return pdfium.FPDFDest_GetDestPageIndex(document, target), place[1].value if found and flags[1].value else None


def _read_page(document: Any, number: int) -> dict[str, Any]:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return {"error": "page", "page": number}
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return {"error": "page", "page": number}
    reader = _PageReader(page, text_page)
    found: dict[str, Any] = {
        "width": reader.width,
        "height": reader.height,
        "text": reader.text,
        "fragments": list(reader.read_fragments()),
        "links": list(_read_links(page)),
    }
    if len(reader.text.strip()) < _FEW_LETTERS:
        found["pictures"] = _count_pictures(page)
        if number == 0:
            found["cover"] = _read_cover(page)
    pdfium.FPDFText_ClosePage(text_page)
    pdfium.FPDF_ClosePage(page)
    return found


_FEW_LETTERS = 200


class _PageReader:
    """The fragments of one page: characters that one operator of the page draws, without line ends."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._text_page = text_page
        self._turn = pdfium.FPDFPage_GetRotation(page)
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self._box = box
        self.width, self.height = round(pdfium.FPDF_GetPageWidthF(page), 1), round(pdfium.FPDF_GetPageHeightF(page), 1)
        self.text = self._read_text()
        self._styles: dict[int, tuple[float, int]] = {}  # address of a text object → size and style
        self._fonts: dict[int, int] = {}

    def _read_text(self) -> str:
        count = min(pdfium.FPDFText_CountChars(self._text_page), _MOST_ON_PAGE)
        buffer = (ctypes.c_ushort * (2 * count + 1))()
        written = pdfium.FPDFText_GetText(self._text_page, 0, count, buffer)
        text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "replace")
        if len(text) != count:
            codes = (pdfium.FPDFText_GetUnicode(self._text_page, n) for n in range(count))
            text = "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)
        return text

    def read_fragments(self) -> Iterator[tuple[int, int, float, float, float, float, int]]:
        """Start and end in the text, left, right, baseline, size and style of each fragment."""
        at, end = 0, len(self.text)
        while at < end:
            if self.text[at].isspace() or not (address := self._object_at(at)):
                at += 1
                continue
            stop = self._find_end(at, address)
            last = at + len(self.text[at:stop].rstrip()) - 1
            yield (at, stop, *self._measure(at, max(at, last), address))
            at = stop

    def _object_at(self, at: int) -> int | None:
        address: int | None = pdfium.FPDFText_GetTextObject(self._text_page, at)
        return address

    def _find_end(self, at: int, address: int) -> int:
        """Where the characters of the object that begin at a place end: before a line end at the latest."""
        ends = (self.text.find("\r", at), self.text.find("\n", at), len(self.text))
        stop = min(n for n in ends if n >= 0)
        if self._belongs(stop - 1, at, address):
            return stop
        low, high, step = at, stop - 1, 16
        while high - low > 1:
            probe = min(low + step, high - 1)
            if self._belongs(probe, at, address):
                low, step = probe, step * 2
            else:
                high, step = probe, max(1, (probe - low) // 2)
        return high

    def _belongs(self, at: int, first: int, address: int) -> bool:
        """Whether the character at a place is of an object; a space that pdfium added is of the object before it."""
        while at > first and (found := self._object_at(at)) != address:
            if found is not None:
                return False
            at -= 1
        return True

    def _measure(self, first: int, last: int, address: int) -> tuple[float, float, float, float, int]:
        size, style = self._styles.get(address) or self._read_style(first, address)
        boxes = [pdfium.FS_RECTF(), pdfium.FS_RECTF()]
        for n, box in zip((first, last), boxes, strict=True):
            pdfium.FPDFText_GetLooseCharBox(self._text_page, n, box)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._text_page, first, x, y)
        left, right = min(box.left for box in boxes), max(box.right for box in boxes)
        if self._turn or style & ROTATED:
            corners = [self._turned(*p) for box in boxes for p in ((box.left, box.bottom), (box.right, box.top))]
            left, right = min(c[0] for c in corners), max(c[0] for c in corners)
        baseline = self._turned(x.value, y.value)[1]
        middle = (left + right) / 2
        if not (-2 <= middle <= self.width + 2 and -2 <= baseline <= self.height + 2):
            style |= OUTSIDE
        return round(left, 1), round(right, 1), round(baseline, 1), size, style

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """A point as the turned page shows it, from its lower left corner."""
        x, y = x - self._box.left, y - self._box.bottom
        if self._turn == 1:
            return y, self.height - x
        if self._turn == 2:
            return self.width - x, self.height - y
        return (self.width - y, x) if self._turn == 3 else (x, y)

    def _read_style(self, at: int, address: int) -> tuple[float, int]:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text_page, at, matrix)
        a, b = matrix.a, matrix.b
        for _ in range(self._turn):
            a, b = b, -a
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        size = round(pdfium.FPDFText_GetFontSize(self._text_page, at) * (scale or 1), 1)
        style = self._read_font(pdfium.FPDFTextObj_GetFont(address))
        if a < 0.9 * (a * a + b * b) ** 0.5:
            style |= ROTATED
        self._styles[address] = size, style
        return size, style

    def _read_font(self, font: int | None) -> int:
        if not font:
            return 0
        if font not in self._fonts:
            flags = pdfium.FPDFFont_GetFlags(font)
            buffer = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
            name = buffer.value.decode("latin-1").casefold()
            is_bold = bool(flags & _BOLD_FLAG) or "bold" in name or "black" in name or "heavy" in name
            is_italic = bool(flags & _ITALIC_FLAG) or "italic" in name or "oblique" in name
            is_bold = is_bold or pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
            self._fonts[font] = ITALIC * is_italic + BOLD * is_bold + FIXED * bool(flags & _FIXED_FLAG)
        return self._fonts[font]


def _read_links(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right and top of every link to another place of the document."""
    at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(1000):
        if not pdfium.FPDFLink_Enumerate(page, at, link):
            return
        box = pdfium.FS_RECTF()
        action = pdfium.FPDFLink_GetAction(link)
        is_inside = not action or pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO
        if is_inside and pdfium.FPDFLink_GetAnnotRect(link, box):
            yield round(box.left), round(box.bottom), round(box.right), round(box.top)


def _pictures_of(page: Any) -> Iterator[Any]:
    for n in range(min(pdfium.FPDFPage_CountObjects(page), 1000)):
        thing = pdfium.FPDFPage_GetObject(page, n)
        if thing and pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield thing


def _count_pictures(page: Any) -> int:
    return sum(1 for _ in _pictures_of(page))


def _read_cover(page: Any) -> str:
    """The JPEG that fills the page, in base64; empty where there is none."""
    import base64  # noqa: PLC0415  # for the first page only

    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    for picture in _pictures_of(page):
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(picture, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        length = pdfium.FPDFImageObj_GetImageDataRaw(picture, None, 0)
        if (right - left) * (top - bottom) < _COVER_SHARE * area or not 0 < length <= _LARGEST_COVER:
            continue
        data = ctypes.create_string_buffer(length)
        pdfium.FPDFImageObj_GetImageDataRaw(picture, data, length)
        if data.raw.startswith(b"\xff\xd8\xff"):
            return base64.b64encode(data.raw).decode("ascii")
    return ""


if __name__ == "__main__":
    main(sys.argv[1])
