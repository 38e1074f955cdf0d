"""What a book's file says, whoever reads it: the text in which places are counted, document by document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that is one text, or one of the texts that a file holds."""

    name: str  # inside the file; empty for a file that is one text
    text: str  # in which places are counted
    unmarked: str | None = None  # the same by another way; None where there is none
