"""Titles that one person does not bear together: Sir Walter Elliot is not Mr. Elliot, nor Mrs. Grant Dr. Grant."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from audiobook.scripting.names import Name

UNMARRIED = frozenset({"miss", "mlle"})
MARRIED = frozenset({"mrs", "mme"})
OF_RANK = frozenset({"lady", "lord", "sir"})
RANKS = frozenset({"mr", "lieutenant", "captain", "major", "colonel", "general", "commodore", "admiral"})
# Said Miss to so seldom, by an old servant, a woman may be married; the more the book names her, the oftener it may be.
_SELDOM_MISSED = 0.08  # the square of the times, of the mentions of her given name
_APART = (
    (frozenset({"sir", "lord", "baron", "earl", "duke", "viscount", "marquis", "count"}), frozenset({"mr"})),
    (frozenset({"lady", "duchess", "baroness", "countess", "marchioness"}), frozenset({"miss", "mrs"})),
    (frozenset({"dr", "rev", "captain", "colonel", "major", "general", "admiral", "sir"}), MARRIED),
    (frozenset({"lieutenant", "captain", "colonel", "major", "general", "admiral"}), UNMARRIED),
)


def titles_clash(titles: AbstractSet[str], title: str) -> bool:
    """Whether nobody bears the title together with the others."""
    sides = [pair for one, other in _APART for pair in ((one, other), (other, one))]
    return any(title in one and not other.isdisjoint(titles) for one, other in sides)


def mostly_unmarried(names: Mapping[Name, int]) -> set[str]:
    """The words that stand behind Miss, and not only once in a while. `names` says how often each name stands."""
    missed = Counter[str]()
    for name, times in names.items():
        if name.title in UNMARRIED:
            missed[name.words[0]] += times
    return {word for word, times in missed.items() if times**2 > _SELDOM_MISSED * names.get(Name("", (word,)), 0)}
