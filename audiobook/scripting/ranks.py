"""Titles that one person does not bear together: Sir Walter Elliot is not Mr. Elliot, nor Mrs. Grant Dr. Grant."""

from collections.abc import Set as AbstractSet

UNMARRIED = frozenset({"miss", "mlle"})
MARRIED = frozenset({"mrs", "mme"})
_APART = (
    (frozenset({"sir", "lord", "baron", "earl", "duke", "viscount", "marquis", "count"}), frozenset({"mr"})),
    (frozenset({"lady", "duchess", "baroness", "countess", "marchioness"}), frozenset({"miss", "mrs"})),
    (frozenset({"dr", "rev", "captain", "colonel", "major", "general", "admiral", "sir"}), MARRIED),
)


def titles_clash(titles: AbstractSet[str], title: str) -> bool:
    """Whether nobody bears the title together with the others."""
    sides = [pair for one, other in _APART for pair in ((one, other), (other, one))]
    return any(title in one and not other.isdisjoint(titles) for one, other in sides)
