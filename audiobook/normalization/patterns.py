"""Turn tables of words into patterns."""

import re
from collections.abc import Iterable


def any_of(written: Iterable[str]) -> str:
    """Return a pattern for any of these as they stand, the longest first, without a group around it."""
    return "|".join(re.escape(item) for item in sorted(written, key=lambda item: (-len(item), item)))
