"""How a person wants a book to be read, where the book itself is not to decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """The wishes that a reader and the analysis follow. Cached scripts depend on all of them."""

    language: str | None = None  # BCP 47; None: found from the text and the metadata


AS_THE_BOOK_SAYS = ReadingOptions()
