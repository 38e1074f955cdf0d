"""The title of a section: from the contents, from the headings of the text, or from both."""

from collections.abc import Sequence

from audiobook.readers import headings
from audiobook.readers.assembling import is_bare_label
from audiobook.readers.headings import is_chapter_label
from audiobook.readers.html.flow import Piece
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.sections.places import fold_title, is_part_heading
from audiobook.readers.text.title_page import is_by_line
from audiobook.readers.titles import one_line

_FILE_NAMES = (".html", ".xhtml", ".htm", ".xml")
_MOST_LINES = 4  # lines of headings that make one title
_REACH = 3  # pieces at the beginning of a section within which its headings begin
_LONGEST = 150  # characters of a title


def read_title(listed: str, pieces: Sequence[Piece], parents: Sequence[str] = ()) -> str:
    """The title of a section with these pieces, which the contents list as `listed`; empty where it has none."""
    lines = [line for line in read_heading_lines(pieces) if fold_title(line) not in set(map(fold_title, parents))]
    listed = "" if listed.casefold().endswith(_FILE_NAMES) else one_line(listed)
    if not listed:
        return join_title(lines)
    if not lines:
        return listed
    if is_bare_label(listed):
        return _complete_label(listed, lines)
    same = next((line for line in lines if fold_title(line) == fold_title(listed)), "")
    if same and listed.isupper() and not same.isupper():
        return same
    return listed


def _complete_label(label: str, lines: Sequence[str]) -> str:
    """A bare label of the contents with the title that the text has below it."""
    number = headings.recognise(label)
    for n, line in enumerate(lines):
        found = headings.recognise(line)
        if found is None or number is None or found.number != number.number:
            continue
        title = join_title(lines[n:])
        return title if not is_bare_label(title) else label
    rest = [line for line in lines if not is_bare_label(line)]
    title = join_title(rest) if rest and len(rest) == len(lines) else ""
    return f"{label}: {title}" if title and headings.recognise(title) is None else label


def join_title(lines: Sequence[str]) -> str:
    """The lines of a heading as one title: "Chapter 1" / "The Wet Week" → "Chapter 1: The Wet Week"."""
    title = ""
    for line in lines[:_MOST_LINES]:
        if not title:
            title = line
            if find_unread_reason(title):
                break
        elif is_by_line(line) or is_bare_label(line) or len(title) + len(line) > _LONGEST:
            break
        else:
            title = f"{title.rstrip(' .:')}: {line}" if title[-1] not in "!?" else f"{title} {line}"
    return title


def read_heading_lines(pieces: Sequence[Piece]) -> list[str]:
    """The lines of the headings at the beginning of a section, without names of parts before those of a chapter."""
    first = next((n for n, piece in enumerate(pieces[:_REACH]) if piece.level), None)
    if first is None:
        return []
    stack = _take_stack(pieces[first:])
    lines: dict[str, str] = {}
    for piece in stack[_count_parts(stack) :]:
        for line in map(one_line, piece.text.split("\n")):
            lines.setdefault(fold_title(line) or line, line)
    return [line for line in lines.values() if line]


def _count_parts(stack: Sequence[Piece]) -> int:
    """How many headings at the top name the parts above a chapter whose heading follows."""
    parts = 0
    while parts + 1 < len(stack) and is_part_heading(stack[parts]) and not is_part_heading(stack[parts + 1]):
        if stack[parts + 1].level <= stack[parts].level and not is_chapter_label(one_line(stack[parts + 1].text)):
            break
        parts += 1
    return parts


def _take_stack(pieces: Sequence[Piece]) -> list[Piece]:
    """The headings at the beginning of pieces, with breaks between them left out."""
    stack: list[Piece] = []
    for piece in pieces:
        if piece.level and len(stack) < _MOST_LINES:
            stack.append(piece)
        elif piece.kind != "break":
            break
    return stack
