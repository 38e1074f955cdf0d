"""How often everybody goes by a title, a surname, a given name, and what that tells of two who share one."""

from collections import Counter
from collections.abc import Set as AbstractSet

from audiobook.scripting.names import Name
from audiobook.scripting.ranks import OF_RANK, RANKS

_OFTEN = 5  # times that a full name with its title must stand before it is a way to tell two people apart,
_OFTEN_ENOUGH = 0.1  # and of the mentions without the given name
_RARELY = 3  # times below which a rank proves nothing
_SELDOM_RANKED = 0.05  # of the mentions with another rank; so seldom it may be a slip, or a rank of old


class Usage:
    """Counts by person's number; grows while people are gathered."""

    def __init__(self) -> None:
        self._titled = Counter[tuple[int, str]]()
        self._titled_in_full = Counter[tuple[int, str]]()
        self._surnamed = Counter[tuple[int, str]]()
        self._called = Counter[tuple[int, str]]()

    def note(self, who: int, name: Name, times: int, *, surname: str, given: str) -> None:
        """Count a name of somebody, with what in it is their surname and their given name."""
        self._titled[who, name.title] += times
        self._surnamed[who, surname] += times
        if name.title not in OF_RANK:
            self._called[who, given] += times
        if len(name.words) > 1:
            self._titled_in_full[who, name.title] += times

    def titled(self, who: int, titles: AbstractSet[str]) -> int:
        """How often the person is named with one of the titles."""
        return sum(self._titled[who, title] for title in titles)

    def surnamed(self, who: int, surname: str) -> int:
        """How often the person is named with the surname."""
        return self._surnamed[who, surname]

    def called(self, who: int, given: str) -> int:
        """How often the person is named with the given name; "Sir John" is not."""
        return self._called[who, given]

    def is_of_another_rank(self, who: int, name: Name, times: int) -> bool:
        """Whether the person often goes by another rank: General Tilney is not Captain Tilney nor Mr. Tilney."""
        if name.title not in RANKS:
            return False
        others = (self._titled[who, rank] for rank in RANKS if rank != name.title)
        return any(min(times, other) >= max(_RARELY, _SELDOM_RANKED * max(times, other)) for other in others)

    def is_told_apart(self, who: int, name: Name, times: int) -> bool:
        """Whether the book says "Mr. John Knightley" so often that "Mr. Knightley" must be another."""
        full = self._titled_in_full[who, name.title]
        return full >= _OFTEN and full >= _OFTEN_ENOUGH * times
