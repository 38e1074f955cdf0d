"""Short and pet forms of names: Meg for Margaret, Kit for Kitty, Skaggsy for Skaggs."""

from collections.abc import Iterator

from audiobook.scripting.lexicon import nicknames

_PET_ENDINGS = ("sie", "sy", "ie", "ey", "y")
_SHORTEST = 3  # letters left without the ending; those of "Bet"


def is_short_of(one: str, other: str) -> bool:
    """Whether one of two given names is the list's short form of the other."""
    low, high = one.lower(), other.lower()
    return high in nicknames().get(low, ()) or low in nicknames().get(high, ())


def names_behind(word: str) -> Iterator[str]:
    """The names that a word may be short for, or a shorter form of, the listed ones first."""
    low = word.lower()
    fulls = sorted(nicknames().get(low, ()))
    yield from (full.capitalize() for full in fulls)
    for short in sorted(nicknames()):
        if short != low and short[:_SHORTEST] == low[:_SHORTEST] and not nicknames()[short].isdisjoint(fulls):
            yield short.capitalize()
    yield from _without_pet_ending(word)
    yield from (stem + ending for stem in (word, word + word[-1]) for ending in _PET_ENDINGS)


def _without_pet_ending(word: str) -> Iterator[str]:
    for ending in _PET_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST:
            yield stem
            if stem[-1] == stem[-2] and len(stem) > _SHORTEST:
                yield stem[:-1]
