"""A page → its pieces of text in order, each with the anchors that lead to it, and what is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from audiobook.model.book import SPEAKER_NAME, ParagraphKind, Skipped, count_words
from audiobook.readers.html import elements
from audiobook.readers.html.elements import Role, Rules
from audiobook.readers.html.links import NoteLink, resolve
from audiobook.readers.html.markup import Element, attribute, name_of, types_of, words_of
from audiobook.readers.html.plays import Play, find_play, mark_speech
from audiobook.readers.html.tables import DataTables, find_tables
from audiobook.readers.html.text import DocumentText, ParagraphBuilder, alternative_of, extract_text
from audiobook.readers.matter import is_ornament
from audiobook.readers.omissions import has_letters, skip_stretch

_VERSE_LINE = 72  # characters: longer lines parted by <br/> are paragraphs
_LONGEST_VERSE = 3000  # characters before a poem goes on in another paragraph
_LONGEST_MARK = 12  # characters of a link that may be a note's mark
_MOST_SPACERS = 0.2  # of the pieces: beyond it, empty paragraphs are spacing rather than breaks


ChooseRules = Callable[[Element, DocumentText], Rules]  # from a document's root and its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph, heading or break of a page."""

    text: str
    kind: ParagraphKind
    level: int = 0  # of a heading, 1 to 6
    anchors: frozenset[str] = frozenset()  # ids that lead to it
    emphasis: tuple[tuple[int, int], ...] = ()
    linked: float = 0.0  # share of its characters inside links
    stands: tuple[int, int] | None = None  # its place in the text of all documents
    speaker: str = ""  # of a speech in a play
    directions: tuple[tuple[int, int], ...] = ()  # stage directions in the text
    is_spacer: bool = False  # an empty paragraph, which is a break or only spacing
    types: frozenset[str] = frozenset()  # epub:type and role of the elements that begin with it
    style: str = ""  # the classes of its element
    links: tuple[NoteLink, ...] = ()
    language: str = ""  # as the elements around all of its letters state it


@dataclass(slots=True)
class Page:
    """The content of a document."""

    name: str
    pieces: list[Piece] = field(default_factory=list)
    start: int = 0  # where it stands in the text of all documents
    end: int = 0
    text: str = ""  # all of it, as places count it
    words: int = 0  # in all of it, read or not
    skipped: list[Skipped] = field(default_factory=list)  # what was left out of it
    gone: set[str] = field(default_factory=set)  # ids inside what was left out
    trailing: set[str] = field(default_factory=set)  # ids behind the last piece
    extents: dict[str, tuple[int, int]] = field(default_factory=dict)  # id of a block → its pieces
    note_pieces: list[Piece] = field(default_factory=list)  # in sections of notes, which are left out
    note_extents: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_page(name: str, root: Element, start: int, choose_rules: ChooseRules | None = None) -> Page:
    """The pieces of a document whose text stands at `start`; without `choose_rules`, by the rules of a book."""
    document = extract_text(root)
    rules = choose_rules(root, document) if choose_rules else Rules()
    text = document.text
    page = Page(name=name, start=start, end=start + len(text), text=text, words=count_words(text))
    play = find_play(root)
    _Reader(page, document, rules, play, find_tables(root, play.names)).read(root)
    spacers = sum(piece.is_spacer for piece in page.pieces)
    if spacers > _MOST_SPACERS * len(page.pieces):
        page.pieces = list(_drop_spacers(page.pieces))
        page.extents = {}
    return page


def _drop_spacers(pieces: list[Piece]) -> Iterator[Piece]:
    anchors: frozenset[str] = frozenset()
    for piece in pieces:
        if piece.is_spacer:
            anchors |= piece.anchors
        else:
            yield replace(piece, anchors=piece.anchors | anchors) if anchors else piece
            anchors = frozenset()


class _Reader:
    """Walks through a body, without recursion because elements may nest very deep."""

    def __init__(self, page: Page, document: DocumentText, rules: Rules, play: Play, tables: DataTables) -> None:
        self._page = page
        self._tables = tables
        self._row: Element | None = None  # the row of a table of data that is being read
        self._play = play
        self._speaker = ""
        self._document = document
        self._rules = rules
        self._builder = ParagraphBuilder()
        self._anchors: set[str] = set()
        self._types: frozenset[str] = frozenset()
        self._style = ""
        self._links: list[NoteLink] = []
        self._notes: Element | None = None  # the section of notes that is being read
        self._begun: dict[Element, int] = {}  # blocks with an id → the number of pieces before them
        self._level = 0
        self._verse = 0
        self._pre = 0
        self._lines_before = 1

    def read(self, body: Element) -> None:
        """Collect every piece below `body`."""
        stack: list[tuple[Element, str, bool]] = [(body, name_of(body), False)]
        while stack:
            element, name, leaving = stack.pop()
            if leaving:
                self._leave(element, name)
                if element is not body:
                    self._add_text(element.tail, self._document.places[element].tail)
            elif name and self._enter(element, name):
                stack.append((element, name, True))
                self._add_text(element.text, self._document.places[element].start)
                stack.extend((child, name_of(child), False) for child in reversed(element))
            elif element is not body:
                self._add_text(element.tail, self._document.places[element].tail)
        self._flush()
        self._page.trailing |= self._anchors

    def _add_text(self, text: str | None, at: int) -> None:
        if text:
            self._builder.add(text, self._page.start + at, keep_lines=self._pre > 0)

    def _enter(self, element: Element, name: str) -> bool:
        """Begin an element; False where nothing in it is read."""
        role, reason = self._rules.role_of(element, name)
        if element in self._tables.heading_rows:
            role, reason = "unread", "table heading"
        is_block = name in elements.BLOCKS
        if is_block:
            self._end_paragraph(element, is_left=False)
        if role == "silent":
            for inner in element.iter():
                self._note_anchor(inner)
        elif role == "read":
            self._note_anchor(element)
        if role == "read" and element in self._play.names:
            self._begin_speech(element)
            return False
        self._note_link(element, name, reason)
        if role != "read" and not self._leave_out(element, name, role, reason):
            return False
        return self._begin(element, name)

    def _leave_out(self, element: Element, name: str, role: Role, reason: str) -> bool:
        """Leave an element out. True for a section of notes, whose pieces are kept apart."""
        if role == "unread" and reason == "notes":
            self._begin_notes(element)
            return True
        spoken = self._speak_alternative(element, name)
        self._skip(element, reason, after=spoken)
        if role == "unread":
            self._page.gone |= {key for e in element.iter() if (key := e.get("id"))}
        return False

    def _begin(self, element: Element, name: str) -> bool:
        """Begin an element that is read; False where nothing is in it."""
        if name == "br":
            self._break_line()
            return False
        if elements.is_break(element, name):
            self._flush()
            self._skip(element, "scene break")
            self._put(Piece(text="", kind="break"))
            return False
        if name in {"sup", "sub"} and self._add_raised(element, name):
            return False
        if self._row is not None and name in {"td", "th"} and not self._begin_cell(element):
            return False
        if elements.begins_after_break(element, name):
            self._put(Piece(text="", kind="break"))
        self._open(element, name, is_block=name in elements.BLOCKS)
        return True

    def _begin_cell(self, element: Element) -> bool:
        """Begin a cell of a row: its heading, or what its ditto mark stands for; False where nothing else is in it."""
        start, end, _ = self._document.places[element]
        heading, ditto = self._tables.headings.get(element, ""), self._tables.dittos.get(element)
        if not has_letters(self._document.text, start, end) and not ditto:
            return ditto is None
        at = self._page.start + start
        if self._builder:
            self._builder.insert("; ", at)
        inserted = ": ".join(filter(None, [heading, ditto or ""]))
        if inserted:
            last = at if ditto is None else self._page.start + end
            self._builder.insert(inserted + (": " if ditto is None else ""), at, last)
            self._page.skipped.append(
                Skipped(title=inserted, words=0, reason="table heading", start=at, end=last, instead=inserted)
            )
        return ditto is None

    def _speak_alternative(self, element: Element, name: str) -> int:
        """Read the alternative text of a picture or a formula that stands for text; how many characters it has."""
        text = alternative_of(element, name)
        if not text or not elements.carries_text(element, name, text, self._builder.text_before(), self._level):
            return 0
        self._builder.add(text, self._page.start + self._document.places[element].start)
        return len(text)

    def _add_raised(self, element: Element, name: str) -> bool:
        """Read a number that is raised or lowered as a power, an index or a note's mark; False for other text."""
        raised = elements.read_raised(element, name, self._builder.text_before())
        if raised is None:
            return False
        start, end, _ = self._document.places[element]
        text = self._document.text[start:end]
        reason = "power or index" if raised else elements.NOTE_REFERENCE
        told = skip_stretch(text, self._page.start + start, reason, title=text.strip())
        self._page.skipped.append(replace(told, instead=raised, words=0 if raised else told.words))
        if not raised:
            target, at = (self._page.name, ""), self._page.start + start
            mark = NoteLink(target=target, mark=text.strip(), is_mark=True, at=at, after=len(self._builder))
            self._links.append(mark)
        if raised:
            self._builder.add(raised, self._page.start + start)
        return True

    def _begin_speech(self, element: Element) -> None:
        """Note who says what follows. The name is not read."""
        self._flush()
        self._skip(element, SPEAKER_NAME)
        self._speaker = self._play.names[element]

    def _begin_notes(self, element: Element) -> None:
        """Begin a section of notes, whose pieces are left out of the page."""
        if self._notes is None:
            self._flush()
            self._skip(element, "notes")
            self._page.gone |= {key for e in element.iter() if (key := e.get("id"))}
            self._notes = element
        self._note_anchor(element)

    def _note_link(self, element: Element, name: str, reason: str) -> None:
        """Note a short link, which may be the mark of a note or lead back from one."""
        link = element if name == "a" else None
        if name != "a" and reason == elements.NOTE_REFERENCE:
            link = next((e for e in element.iter() if name_of(e) == "a"), None)
        href = attribute(link, "href") if link is not None else ""
        if "#" not in href:
            return
        mark = words_of(element)
        if len(mark) <= _LONGEST_MARK:
            at = self._page.start + self._document.places[element].start
            is_mark = reason == elements.NOTE_REFERENCE
            target = resolve(self._page.name, href)
            self._links.append(NoteLink(target=target, mark=mark, is_mark=is_mark, at=at, after=len(self._builder)))

    def _skip(self, element: Element, reason: str, after: int = 0) -> None:
        """Leave out an element, behind the first characters of its text."""
        start, end, _ = self._document.places[element]
        start += after
        if has_letters(self._document.text, start, end):
            title = reason[0].upper() + reason[1:]
            told = skip_stretch(self._document.text[start:end], self._page.start + start, reason, title=title)
            self._page.skipped.append(told)

    def _open(self, element: Element, name: str, *, is_block: bool) -> None:
        if self._rules.is_emphasis(element, name):
            self._builder.begin_emphasis()
        if element in self._play.directions:
            self._builder.begin_direction()
        self._builder.link_depth += name == "a" and element.get("href") is not None
        if is_block:
            self._types |= types_of(element)
            self._row = element if element in self._tables.rows else self._row
            if element.get("id"):
                self._begun[element] = len(self._sink())
            self._style = element.get("class") or ""
            self._level = self._rules.heading_level(element, name) or self._level
            self._pre += name == "pre"
            self._lines_before = self._builder.lines
            if elements.is_verse(element):
                self._flush()
                self._verse += 1

    def _leave(self, element: Element, name: str) -> None:
        if self._rules.is_emphasis(element, name):
            self._builder.end_emphasis()
        if element in self._play.directions:
            self._builder.end_direction()
        self._builder.link_depth -= name == "a" and element.get("href") is not None
        if name in elements.BLOCKS:
            self._leave_block(element, name)

    def _leave_block(self, element: Element, name: str) -> None:
        if name == "p" and not self._builder and len(element) == 0 and self._row is None:
            self._put(Piece(text="", kind="break", is_spacer=True))
        self._end_paragraph(element, is_left=True)
        self._pre -= name == "pre"
        self._row = None if element is self._row else self._row
        self._close_notes(element)
        if name == "tr" and self._speaker:
            self._flush()
            self._speaker = ""
        if elements.is_verse(element):
            self._flush()
            self._verse -= 1
        if self._rules.heading_level(element, name):
            self._flush()
            self._level = 0

    def _close_notes(self, element: Element) -> None:
        """Note where a block with an id ends, and end a section of notes."""
        if element in self._begun:
            extents = self._page.extents if self._notes is None else self._page.note_extents
            extents[element.get("id") or ""] = (self._begun.pop(element), len(self._sink()))
        if element is self._notes:
            self._flush()
            self._notes = None

    def _end_paragraph(self, element: Element, *, is_left: bool) -> None:
        """End the paragraph, or the line in a poem. A <p> of several lines is a stanza, and ends where it is left."""
        if self._row is not None and element is not self._row:
            self._builder.insert(" ", None)
            return
        stanza = is_left and name_of(element) == "p" and self._builder.lines > self._lines_before
        if self._verse and not self._level and not stanza and len(self._builder) < _LONGEST_VERSE:
            self._builder.end_line()
        else:
            self._flush()

    def _break_line(self) -> None:
        if self._row is not None:
            self._builder.insert(" ", None)
        else:
            self._builder.end_line()

    def _note_anchor(self, element: Element) -> None:
        for key in (element.get("id"), element.get("name") if name_of(element) == "a" else None):
            if key:
                self._anchors.add(key)

    def _flush(self) -> None:
        if not self._builder:
            return
        lines, linked, length = self._builder.lines, self._builder.linked, len(self._builder)
        span = self._builder.span
        directions = self._builder.directions
        text, emphasis = self._builder.take()
        if not text.strip():
            return
        if is_ornament(text):
            self._put(Piece(text=text, kind="break", stands=span))
        elif self._level:
            share = linked / length
            self._speaker = ""
            self._put(Piece(text=text, kind="heading", level=self._level, emphasis=emphasis, linked=share, stands=span))
        elif lines > 1 and not self._verse and max(map(len, text.split("\n"))) > _VERSE_LINE:
            self._put_lines(text, emphasis, span)
        else:
            kind: ParagraphKind = "verse" if "\n" in text or self._verse else "prose"
            piece = Piece(text=text, kind=kind, emphasis=emphasis, linked=linked / length, stands=span)
            self._put(self._mark_speech(piece, directions))

    def _mark_speech(self, piece: Piece, directions: tuple[tuple[int, int], ...]) -> Piece:
        """A paragraph with its speaker and its stage directions, in a play."""
        if not self._play.names:
            return piece
        return mark_speech(piece, self._speaker, directions)

    def _put_lines(self, text: str, emphasis: tuple[tuple[int, int], ...], span: tuple[int, int] | None) -> None:
        """Add a paragraph for each long line that <br/> ends. All of them have the place of the whole."""
        at = 0
        for line in text.split("\n"):
            end = at + len(line)
            inside = tuple((max(a, at) - at, min(b, end) - at) for a, b in emphasis if a < end and b > at)
            if line.strip():
                piece = Piece(text=line, kind="prose", emphasis=inside, stands=span)
                self._put(self._mark_speech(piece, ()))
            at = end + 1

    def _put(self, piece: Piece) -> None:
        """Add a piece, with the anchors since the one before it."""
        anchors, links = frozenset(self._anchors), tuple(self._links)
        language = self._document.find_language(piece.stands, self._page.start)
        piece = replace(piece, anchors=anchors, types=self._types, style=self._style, links=links, language=language)
        self._sink().append(piece)
        self._links = []
        self._anchors, self._types = set(), frozenset()

    def _sink(self) -> list[Piece]:
        """Where pieces go: into the page, or among the notes that are left out of it."""
        return self._page.pieces if self._notes is None else self._page.note_pieces
