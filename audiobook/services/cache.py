"""How much finished work is kept, and letting some of it go."""

import re
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import UsageError
from audiobook.runtime.cache import Cache, KindUsage

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_PRUNE = re.compile(r"(?P<count>\d{1,9}(?:\.\d{1,3})?)\s*(?P<unit>[kmgt]?b?|d|days?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheContents:
    """The cache folder and what it holds."""

    root: Path
    holdings: dict[str, KindUsage]


def cache_contents() -> CacheContents:
    """What the user's cache holds."""
    cache = Cache()
    return CacheContents(root=cache.root, holdings={str(kind): held for kind, held in cache.usage().items()})


def prune_cache(what: str) -> int:
    """Remove from the cache: `all`, what was unused for so long (`30d`), or the longest unused down to a size (`2GB`).

    Gives the bytes that were freed. Raises UsageError.
    """
    cache = Cache()
    if what.strip().casefold() == "all":
        return cache.prune(everything=True)
    match = _PRUNE.fullmatch(what.strip())
    if match is None:
        raise UsageError(
            f"--prune does not understand {what!r}", hint="write all, a number of days (30d) or a size (2GB)"
        )
    count, unit = float(match["count"]), match["unit"].upper()
    if unit.startswith("D"):
        return cache.prune(older_than=count)
    return cache.prune(to_size=int(count * _UNITS[unit if unit.endswith("B") or not unit else unit + "B"]))
