"""What the parser of RTF finds: paragraphs with their properties, styles, facts."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ItemKind = Literal["text", "line", "note", "anchor", "picture", "deleted", "hidden", "page number"]


class Item(NamedTuple):
    """A part of a paragraph."""

    kind: ItemKind
    text: str = ""
    format: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """A paragraph, with what RTF says of it at its end."""

    items: list[Item] = field(default_factory=list)
    style: int = 0
    level: int = 0  # of the outline, 1 to 9
    is_centred: bool = False
    in_table: bool = False
    label: str = ""  # its number in a list, as it is shown
    size: int = 0  # of its first letters, in half points
    ends: Literal["paragraph", "cell", "row", "page"] = "paragraph"
    reason: str = ""  # why it is not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style for paragraphs."""

    name: str = ""  # in lower case
    level: int = 0
    is_centred: bool = False
    based_on: int = -1


@dataclass(slots=True)
class Parsed:
    """A Rich Text document."""

    facts: dict[str, str] = field(default_factory=dict)  # "title", "author"
    language: int = 0  # Windows number
    styles: dict[int, Style] = field(default_factory=dict)
    body: list[Paragraph] = field(default_factory=list)
    notes: list[tuple[str, list[Paragraph]]] = field(default_factory=list)  # (anchor, paragraphs)
    others: list[tuple[str, list[Paragraph]]] = field(default_factory=list)  # (reason, paragraphs) that are not read
    cover: bytes = b""  # the picture before any text
