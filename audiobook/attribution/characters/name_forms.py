"""Forms of names: short and pet forms, titles that exclude each other, how often each form is used."""

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from audiobook.attribution.grammar.names import Name
from audiobook.languages.en.lexicon import load_nicknames
from audiobook.languages.en.people import EXCLUSIVE, OF_RANK, PET_ENDINGS, RANKS, UNMARRIED

_SHORTEST = 3  # letters left without the ending; those of "Bet"


def is_short_form(one: str, other: str) -> bool:
    """Whether one of two given names is the list's short form of the other."""
    low, high = one.lower(), other.lower()
    return high in load_nicknames().get(low, ()) or low in load_nicknames().get(high, ())


def find_full_names(word: str) -> Iterator[str]:
    """The names that a word may be short for, or a shorter form of, the listed ones first."""
    low = word.lower()
    fulls = sorted(load_nicknames().get(low, ()))
    yield from (full.capitalize() for full in fulls)
    for short in sorted(load_nicknames()):
        if short != low and short[:_SHORTEST] == low[:_SHORTEST] and not load_nicknames()[short].isdisjoint(fulls):
            yield short.capitalize()
    yield from _without_pet_ending(word)
    yield from (stem + ending for stem in (word, word + word[-1]) for ending in PET_ENDINGS)


def _without_pet_ending(word: str) -> Iterator[str]:
    for ending in PET_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            yield stem
            if stem[-1] == stem[-2] and len(stem) > _SHORTEST:
                yield stem[:-1]


# Said Miss to so seldom, by an old servant, a woman may be married; the more the book names her, the oftener it may be.
_SELDOM_MISSED = 0.08  # the square of the times, of the mentions of her given name


def titles_clash(titles: AbstractSet[str], title: str) -> bool:
    """Whether nobody bears the title together with the others."""
    sides = [pair for one, other in EXCLUSIVE for pair in ((one, other), (other, one))]
    return any(title in one and not other.isdisjoint(titles) for one, other in sides)


def find_unmarried(names: Mapping[Name, int]) -> set[str]:
    """The words that stand behind Miss, and not only once in a while. `names` says how often each name stands."""
    missed = Counter[str]()
    for name, times in names.items():
        if name.title in UNMARRIED:
            missed[name.words[0]] += times
    return {word for word, times in missed.items() if times**2 > _SELDOM_MISSED * names.get(Name("", (word,)), 0)}


_OFTEN = 5  # times that a full name with its title must stand before it is a way to tell two people apart,
_OFTEN_ENOUGH = 0.1  # and of the mentions without the given name
_RARELY = 3  # times below which a rank proves nothing
_SELDOM_RANKED = 0.05  # of the mentions with another rank; so seldom it may be a slip, or a rank of old


class NameUsage:
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
