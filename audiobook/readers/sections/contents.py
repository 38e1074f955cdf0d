"""The structure that a book states: the entries of its contents, and its landmarks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the table of contents."""

    title: str
    name: str  # the document it points into; empty for a heading without a link
    anchor: str
    depth: int  # 0 at the top


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """The tables of contents and the landmarks of a book."""

    contents: tuple[tuple[Entry, ...], ...]  # each whole; the first counts where two are equally good
    landmarks: dict[tuple[str, str], str]  # (document, anchor) → type: "cover", "titlepage", "bodymatter"

    @property
    def listed(self) -> frozenset[str]:
        """The documents that the contents name."""
        return frozenset(entry.name for entries in self.contents for entry in entries)
