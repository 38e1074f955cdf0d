"""Show the size of the cache, and prune it."""

import re
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import UsageError
from audiobook.runtime.cache import Cache, KindUsage

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_PRUNE = re.compile(r"(?P<count>\d{1,9}(?:\.\d{1,3})?)\s*(?P<unit>[kmgt]?b?|d|days?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheContents:
    """The cache folder and its contents."""

    root: Path
    holdings: dict[str, KindUsage]


def cache_contents() -> CacheContents:
    """The contents of the user's cache."""
    cache = Cache()
    return CacheContents(root=cache.root, holdings={str(kind): held for kind, held in cache.usage().items()})


def prune_cache(what: str) -> int:
    """Remove `all` entries, those unused for a time (`30d`), or the least recently used beyond a size (`2GB`).

    Returns the number of bytes that were freed. Raises UsageError.
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
