"""Control words and text → paragraphs. What each control word does is in `properties` and in `destinations`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from audiobook.errors import BookError
from audiobook.readers.converted.builder import strip_illegal
from audiobook.readers.rtf.model import Item, ItemKind, Paragraph, Parsed, Style
from audiobook.readers.rtf.tokens import CHARACTERS, SIGNS, SYMBOLS, TOKEN, cut_binary, decode

_DEEPEST = 2000  # groups in groups
_AGAIN = "save it again with Word or LibreOffice"

StateKind = Literal["text", "skip", "fonts", "styles", "info", "collect"]


@dataclass(slots=True)
class State:
    """What a group changes until it ends."""

    kind: StateKind = "text"  # what its text is: of the book, of nothing, of a destination that collects it
    name: str = ""  # of the destination
    encoding: str = "cp1252"
    fallback: int = 1  # characters that stand for a number of Unicode in programs without it
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    deleted: bool = False
    position: str = ""
    size: int = 24
    style: int = 0
    level: int = 0
    centred: bool = False
    in_table: bool = False
    field_reason: str = ""  # why what a field shows is not read


class Parser:
    """Reads one document. `words` says what control words do, `hidden` which destinations are not text of the book."""

    def __init__(self, data: bytes, where: str, words: "Words", hidden: frozenset[str]) -> None:
        self._text = cut_binary(data.decode("latin-1"))
        self._where = where
        self._words = words
        self._hidden = hidden
        self.parsed = Parsed()
        self.state = State()
        self.stack: list[tuple[State, Callable[[], None] | None]] = []
        self.closing: Callable[[], None] | None = None  # what ends the group
        self.paragraph = Paragraph()
        self.out = self.parsed.body  # where paragraphs go
        self.fonts: dict[int, str] = {}  # number → encoding; empty for the document's own
        self.font = self.default_font = 0
        self.page = "cp1252"
        self.collected: list[str] = []  # the text of a destination
        self.own_style = Style()  # the one that is being defined, and its number
        self.style_key = 0
        self.is_empty = True  # whether there was no text so far
        self._bytes = bytearray()  # of characters that are not decoded yet
        self._high = 0  # the first half of a character beyond U+FFFF
        self._skip = 0  # characters to be skipped after a number of Unicode
        self._starred = False

    def parse(self) -> Parsed:
        """The document. Raises BookError where it is cut off, or nested too deep."""
        for found in TOKEN.finditer(self._text):
            group = found.lastgroup
            if group == "text":
                self._take_plain(found[0])
            elif group in {"word", "number"}:
                self._take_word(found["word"], found["number"])
            elif group == "hex":
                self._take_hex(int(found["hex"], 16))
            elif group == "symbol":
                self._take_symbol(found["symbol"])
            elif self._take_brace(opening=found[0] == "{"):
                break
        if self.stack:
            raise BookError("the Rich Text document is cut off: a group has no end", where=self._where, hint=_AGAIN)
        self.end_paragraph("paragraph", is_last=True)
        return self.parsed

    def _take_brace(self, *, opening: bool) -> bool:
        """Begin or end a group; whether the document has ended."""
        self._flush_bytes()
        self._starred = False
        if opening:
            if len(self.stack) >= _DEEPEST:
                raise BookError("the Rich Text document is nested too deep", where=self._where, hint=_AGAIN)
            self.stack.append((self.state, self.closing))
            self.state = replace(self.state)
            self.closing = None
            if self.state.kind == "styles":
                self.begin_style()
            return False
        if not self.stack:
            return True
        if self.closing is not None:
            self.closing()
        self.state, self.closing = self.stack.pop()
        return not self.stack

    def _take_symbol(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in SIGNS:
            self.add_text(SIGNS[sign])
        elif sign in "\r\n":
            self.end_paragraph("paragraph")

    def _take_hex(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _take_plain(self, text: str) -> None:
        """Text as it stands in the file: ASCII, or bytes in the encoding of the font."""
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip -= skipped
            text = text[skipped:]
        if text and (self._bytes or not text.isascii()):
            self._bytes += text.encode("latin-1")
        elif text:
            self.add_text(text)

    def _take_word(self, word: str, number: str | None) -> None:
        value = int(number) if number else None
        if word == "u":
            self._take_unicode(value or 0)
            return
        self._flush_bytes()
        starred, self._starred = self._starred, False
        if word in CHARACTERS:
            self._take_character(CHARACTERS[word])
        elif (act := self._words.get(word)) is not None:
            act(self, value)
        elif (word in self._hidden or starred) and self.state.kind != "styles":
            self.state.kind = "skip"

    def _take_character(self, character: str) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self.add_text(character)

    def _take_unicode(self, value: int) -> None:
        self._flush_bytes()
        code = value % 0x10000
        self._skip = self.state.fallback
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self.add_text(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif code >= 0x20:
            self.add_text(decode(b"?", SYMBOLS) if 0xF000 <= code < 0xF100 else chr(code))

    def _flush_bytes(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self.add_text(decode(data, self.state.encoding))

    def add_text(self, text: str) -> None:
        """Add text to the paragraph, or to what the destination collects."""
        self._flush_bytes()
        state = self.state
        if state.kind in {"collect", "styles"}:
            self.collected.append(text)
        if state.kind != "text":
            return
        if self.is_empty and not text.isspace():
            self.is_empty = False
        paragraph = self.paragraph
        kind: ItemKind = "deleted" if state.deleted else "hidden" if state.hidden else "text"
        if state.field_reason == "page number" and kind == "text":
            kind = "page number"
        elif state.field_reason:
            paragraph.reason = state.field_reason
        if not paragraph.size:
            paragraph.size = state.size
        paragraph.items.append(Item(kind, strip_illegal(text), self._format()))

    def _format(self) -> tuple[str, ...]:
        state = self.state
        if not (state.italic or state.bold or state.position):
            return ()
        names = ("em",) if state.italic else ("strong",) if state.bold else ()
        return (*names, state.position) if state.position else names

    def end_paragraph(self, ends: Literal["paragraph", "cell", "row", "page"], *, is_last: bool = False) -> None:
        """End the paragraph. With `is_last`, an empty one is dropped."""
        self._flush_bytes()
        state, paragraph = self.state, self.paragraph
        if state.kind != "text" or (is_last and not paragraph.items):
            return
        paragraph.style, paragraph.level = state.style, state.level
        paragraph.is_centred, paragraph.in_table = state.centred, state.in_table
        paragraph.ends = ends
        self.out.append(paragraph)
        self.paragraph = Paragraph()

    def collect(self, name: str, closing: Callable[[], None]) -> None:
        """Collect the text of the group, and call `closing` at its end."""
        if self.state.kind != "skip":
            self.state.kind, self.state.name = "collect", name
            self.collected = []
            self.closing = closing

    def divert(self, paragraphs: list[Paragraph]) -> None:
        """Let the paragraphs of the group go elsewhere."""
        out, paragraph = self.out, self.paragraph
        self.out, self.paragraph = paragraphs, Paragraph()
        state = self.state
        state.kind = "text"
        state.level = state.style = 0
        state.in_table = state.centred = False

        def close() -> None:
            self.end_paragraph("paragraph", is_last=True)
            self.out, self.paragraph = out, paragraph

        self.closing = close

    def begin_style(self) -> None:
        """Begin the definition of a style, which is a group of its own."""
        self.own_style, self.style_key, self.collected = Style(), 0, []
        self.closing = self._end_style

    def _end_style(self) -> None:
        name = "".join(self.collected).partition(";")[0].strip().casefold()
        if self.state.kind == "styles" and name and self.style_key >= 0:
            self.parsed.styles.setdefault(self.style_key, replace(self.own_style, name=name))
            self.collected = []


Words = Mapping[str, Callable[[Parser, int | None], None]]
