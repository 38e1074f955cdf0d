"""Forms of names: short and pet forms, titles that exclude each other, and counts of the forms of each person."""

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from audiobook.attribution.grammar.names import Name
from audiobook.languages.en.lexicon import load_nicknames
from audiobook.languages.en.people import EXCLUSIVE, OF_RANK, PET_ENDINGS, RANKS, UNMARRIED

_MIN_STEM = 3  # letters that remain without the ending; "Bet" has as many


def is_short_form(one: str, other: str) -> bool:
    """Return whether one of two given names is a listed short form of the other."""
    low, high = one.lower(), other.lower()
    return high in load_nicknames().get(low, ()) or low in load_nicknames().get(high, ())


def find_full_names(word: str) -> Iterator[str]:
    """Yield the names of which a word may be a short form or that may be short forms of it, listed ones first."""
    low = word.lower()
    fulls = sorted(load_nicknames().get(low, ()))
    yield from (full.capitalize() for full in fulls)
    for short in sorted(load_nicknames()):
        if short != low and short[:_MIN_STEM] == low[:_MIN_STEM] and not load_nicknames()[short].isdisjoint(fulls):
            yield short.capitalize()
    yield from _strip_pet_ending(word)
    yield from (stem + ending for stem in (word, word + word[-1]) for ending in PET_ENDINGS)


def _strip_pet_ending(word: str) -> Iterator[str]:
    for ending in PET_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _MIN_STEM:
            yield stem
            if stem[-1] == stem[-2] and len(stem) > _MIN_STEM:
                yield stem[:-1]


# A woman who is called Miss very rarely (for example by an old servant) may be married. The limit grows with the count
# of her name.
_MISS_LIMIT = 0.08  # limit of times² / mentions of her given name


def titles_clash(titles: AbstractSet[str], title: str) -> bool:
    """Return whether no person has this title together with the others."""
    sides = [pair for one, other in EXCLUSIVE for pair in ((one, other), (other, one))]
    return any(title in one and not other.isdisjoint(titles) for one, other in sides)


def find_unmarried(names: Mapping[Name, int]) -> set[str]:
    """Return the names that follow Miss, except those that do so very rarely. `names` has the count of each name."""
    miss_counts = Counter[str]()
    for name, times in names.items():
        if name.title in UNMARRIED:
            miss_counts[name.words[0]] += times
    return {word for word, times in miss_counts.items() if times**2 > _MISS_LIMIT * names.get(Name("", (word,)), 0)}


_MIN_FULL_COUNT = 5  # times that the full name with a title occurs, if it tells two people apart,
_MIN_FULL_SHARE = 0.1  # and their share of the mentions without the given name
_MIN_RANK_COUNT = 3  # a rank that occurs less often than this proves nothing
_MIN_RANK_SHARE = 0.05  # share of the mentions with another rank; a rarer rank may be an error or an earlier rank


class NameUsage:
    """Counts of titles, surnames and given names by person. It grows while names are assigned."""

    def __init__(self) -> None:
        self._titled = Counter[tuple[int, str]]()
        self._titled_in_full = Counter[tuple[int, str]]()
        self._surnamed = Counter[tuple[int, str]]()
        self._called = Counter[tuple[int, str]]()

    def note(self, who: int, name: Name, times: int, *, surname: str, given: str) -> None:
        """Count a name of a person, with its surname and its given name."""
        self._titled[who, name.title] += times
        self._surnamed[who, surname] += times
        if name.title not in OF_RANK:
            self._called[who, given] += times
        if len(name.words) > 1:
            self._titled_in_full[who, name.title] += times

    def titled(self, who: int, titles: AbstractSet[str]) -> int:
        """Return how often the person is named with one of the titles."""
        return sum(self._titled[who, title] for title in titles)

    def surnamed(self, who: int, surname: str) -> int:
        """Return how often the person is named with the surname."""
        return self._surnamed[who, surname]

    def called(self, who: int, given: str) -> int:
        """Return how often the person is named with the given name. "Sir John" does not count."""
        return self._called[who, given]

    def is_of_another_rank(self, who: int, name: Name, times: int) -> bool:
        """Return whether the person often has another rank: General Tilney is neither Captain Tilney nor Mr. Tilney."""
        if name.title not in RANKS:
            return False
        others = (self._titled[who, rank] for rank in RANKS if rank != name.title)
        return any(min(times, other) >= max(_MIN_RANK_COUNT, _MIN_RANK_SHARE * max(times, other)) for other in others)

    def is_told_apart(self, who: int, name: Name, times: int) -> bool:
        """Return whether "Mr. John Knightley" is so frequent that "Mr. Knightley" must be another person."""
        full = self._titled_in_full[who, name.title]
        return full >= _MIN_FULL_COUNT and full >= _MIN_FULL_SHARE * times
