"""How the tables of this room are written down, and become patterns."""

import re
from collections.abc import Iterable


def words(text: str) -> tuple[str, ...]:
    """A table of single words, written as running text."""
    return tuple(text.split())


def any_of(written: Iterable[str]) -> str:
    """A pattern for any of these as they stand, the longest first, without a group around it."""
    return "|".join(re.escape(item) for item in sorted(written, key=lambda item: (-len(item), item)))


def pairs(text: str) -> dict[str, str]:
    """A table of written → spoken, written as `km: kilometer | m: meter` over as many lines as it takes."""
    entries = (entry.split(": ", 1) for line in text.strip().splitlines() for entry in line.split(" | "))
    return {written.strip(): spoken.strip() for written, spoken in entries}
