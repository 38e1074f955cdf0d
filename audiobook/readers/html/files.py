"""The files of a web book: the one the user named, and those its contents page links to, beneath the same folder.

Nothing is fetched from the network, no link leads out of the folder, and number and size are bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from audiobook.errors import BookError
from audiobook.readers import sources
from audiobook.readers.html.links import resolve
from audiobook.readers.html.markup import (
    Element,
    attribute,
    declared_encoding,
    name_of,
    parse_markup,
    types_of,
    words_of,
)
from audiobook.readers.html.text import extract_text
from audiobook.readers.sections.contents import Entry
from audiobook.readers.titles import one_line, word_count

_SUFFIXES = (".html", ".htm", ".xhtml")
_MAX_CHARACTERS = 16 * 2**20  # of a page: a novel of two million words in one
_MAX_TOTAL = 128 * 2**20  # characters of all pages
_MOST_MARKS = 400_000  # tags and attributes of one page: each takes a kilobyte while it is read
_MOST_FILES = 2000
_MOST_LEVELS = 3  # contents pages that lead to contents pages
_EMBEDDED = re.compile(r"(=\s*[\"']?|url\([\"']?)data:[^\"'\s<>)]{200,}", re.IGNORECASE)
_OWN_WORDS = 300  # outside links, beyond which a page is text rather than a contents page …
_OWN_WORDS_BESIDE_NAVIGATION = 50  # … and where its only links are in its navigation
_LEAST_LINKS = 2
_TURNING = re.compile(
    r"(?:\W*\b(?:previous|prev|next|first|last|back|up|home|index|contents|top|start|return|table of contents)"
    r"(?: (?:to|page|chapter|part|story|up|of|the|contents|index|home|top|table))*\b)+\W*",
    re.IGNORECASE,
)
_LONGEST_TURNING = 120  # characters
_TURNS = {"prev", "previous", "next", "up", "start", "first", "last", "contents", "index", "home"}
_AROUND = {"header", "footer", "aside"}  # landmarks whose links lead to other texts
_AGAIN = "save the page again, or the chapters as files of their own"


@dataclass(slots=True, kw_only=True)
class WebFile:
    """A page that was loaded."""

    name: str  # beneath the folder, with slashes
    markup: str
    root: Element | None
    contents: tuple[Entry, ...] = ()  # what it lists, where it is a contents page


@dataclass(slots=True)
class _Gathered:
    folder: Path
    files: list[WebFile] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    characters: int = 0


def load_files(path: Path) -> list[WebFile]:
    """The files of the book that begins with this one, in reading order.

    A contents page comes before what it lists. Raises BookError where a file is no page or is too large.
    """
    gathered = _Gathered(path.parent, names={path.name})
    _gather(path.name, gathered, level=0)
    return gathered.files


def list_files(path: Path) -> Iterator[Path]:
    """Where these files are. Raises BookError as `load_files`."""
    return (path.parent / file.name for file in load_files(path))


def is_turning_link(text: str) -> bool:
    """Whether links only lead through the book: "Next chapter", "« Back | Index"."""
    return len(text) <= _LONGEST_TURNING and _TURNING.fullmatch(text) is not None


def _gather(name: str, gathered: _Gathered, level: int) -> None:
    """Load a file, and then those that it lists and that are not loaded yet."""
    path = gathered.folder / name
    if len(gathered.files) >= _MOST_FILES:
        raise BookError(f"the book has more than {_MOST_FILES:,} files", where=str(path), hint="split it into volumes")
    markup = read_markup(path)
    gathered.characters += len(markup)
    if gathered.characters > _MAX_TOTAL:
        raise BookError("the pages of this book are too large together", where=str(path), hint="split it into volumes")
    root = parse_markup(markup, soup=True)
    file = WebFile(name=name, markup=markup, root=root)
    gathered.files.append(file)
    if root is None or level == _MOST_LEVELS:
        return
    entries = tuple(_find_contents(root, name, gathered.folder, level))
    new = [n for n in dict.fromkeys(entry.name for entry in entries) if n not in gathered.names]
    if len(new) < _LEAST_LINKS:  # a chapter that leads to others that are listed already
        return
    file.contents = entries
    gathered.names.update(new)
    for listed in new:
        _gather(listed, gathered, level + 1)


def read_markup(path: Path) -> str:
    """The markup of a page, without the pictures that are written into it. Raises BookError."""
    data = sources.read_text_bytes(path)
    markup = sources.decode(data, str(path), "save it as a web page (HTML) or a text file", declared_encoding(data))
    markup = _EMBEDDED.sub(r"\1", markup)
    if len(markup) > _MAX_CHARACTERS or markup.count("<") + markup.count("=") > _MOST_MARKS:
        raise BookError("the page holds more text or tags than a book does", where=str(path), hint=_AGAIN)
    return markup


def _find_contents(root: Element, base: str, folder: Path, level: int) -> Iterator[Entry]:
    """The entries of a contents page; none where the page is a text."""
    body = next((e for e in root.iter() if name_of(e) == "body"), root)
    links = [link for link in body.iter() if name_of(link) == "a" and attribute(link, "href")]
    own_words = word_count(extract_text(body).text) - sum(word_count(words_of(link)) for link in links)
    if own_words > _OWN_WORDS:
        return
    links = [link for link in links if not _is_turn(link) and not _find_landmarks(link) & _AROUND]
    listed = [link for link in links if "toc" in _find_landmarks(link)]
    listed = listed or [link for link in links if "nav" not in _find_landmarks(link)]
    entries = list(_make_entries(listed, base, folder, level))
    if len({entry.name for entry in entries}) < _LEAST_LINKS and own_words <= _OWN_WORDS_BESIDE_NAVIGATION:
        entries = list(_make_entries(links, base, folder, level))
    if len({entry.name for entry in entries}) >= _LEAST_LINKS:
        yield from entries


def _is_turn(link: Element) -> bool:
    return bool(_TURNS & set(attribute(link, "rel").lower().split())) or is_turning_link(words_of(link))


def _find_landmarks(link: Element) -> set[str]:
    """The landmarks that a link stands in, "toc" for a list that says so itself."""
    above = list(islice(link.iterancestors(), _MOST_ABOVE))
    found = {name_of(e) for e in above}
    types = {kind for e in above for kind in types_of(e)}
    marks = {mark.lower() for e in above for mark in f"{e.get('class') or ''} {e.get('id') or ''}".split()}
    if "navigation" in types:
        found.add("nav")
    if "toc" in types or marks & {"toc", "contents", "table-of-contents"}:
        found.add("toc")
    return found


def _make_entries(links: list[Element], base: str, folder: Path, level: int) -> Iterator[Entry]:
    """Links to pages beneath the folder, as entries."""
    here = folder.resolve()
    for link in links:
        name, anchor = resolve(base, attribute(link, "href"))
        if name != base and _is_page_beneath(here, name):
            lists = sum(1 for e in islice(link.iterancestors(), _MOST_ABOVE) if name_of(e) in {"ol", "ul"})
            depth = min(max(lists - 1, 0) + level, _DEEPEST)
            yield Entry(title=one_line(words_of(link)), name=name, anchor=anchor, depth=depth)


def _is_page_beneath(folder: Path, name: str) -> bool:
    """Whether a name is that of a page in the folder or beneath it; a symbolic link may not lead out either."""
    if not name.lower().endswith(_SUFFIXES) or "\0" in name or name.startswith(("/", "../")):
        return False
    try:
        path = (folder / name).resolve()
        return path.is_relative_to(folder) and path.is_file()
    except (OSError, RuntimeError, ValueError):
        return False


_DEEPEST = 12
_MOST_ABOVE = 40
