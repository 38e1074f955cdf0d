"""Split text into comparable words, and decide which words sound alike.

A recogniser writes what it hears: "gray" for "grey", "Ona" for "Oona", "some one" for "someone". So words are compared
without case, accents and punctuation. Words that are spelled differently count as the same if they sound alike: if
their consonants are equal, voiced or not, or if nearly all their sounds are equal.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DROPPED = re.compile(r"['’]")
# Spellings of the same sound, in the order in which they are replaced.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=[^aeiou])e$", ""),
        (r"^(?:k|g)n", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^ps", "s"),
        (r"mb$", "m"),
        (r"ough|augh|eigh|igh", "a"),
        (r"ph", "f"),
        (r"tch|ch|sh|(?<!^)(?:c|t)i(?=[ao])|s(?=ure|ion)", "j"),
        (r"dg(?=[eiy])|g(?=[eiy])", "j"),
        (r"th", "t"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"x", "ks"),
        (r"qu", "kw"),
        (r"[ckqg]+", "k"),
        (r"[vf]+", "f"),
        (r"[zs]+", "s"),
        (r"[dt]+", "t"),
        (r"[bp]+", "p"),
        (r"[mn]+", "n"),
        (r"(?<=[aeiou])r(?![aeiouy])|(?<!^)[hw]", ""),
        (r"[aeiouy]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)
_MIN_SHARE = 0.6  # share of the sounds of two words that must be common, in order; for consonants, more than half
_MIN_SHARE_OF_RUNS = (
    0.75  # the same for two runs of words, for sounds and for consonants: long runs always have something in common
)


def split_words(text: str) -> list[str]:
    """The words of a text, in order: lower case, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    return [_DROPPED.sub("", word) for word in _WORD.findall(plain)]


def sound_alike(one: str, other: str) -> bool:
    """Whether two words may sound the same."""
    if one == other or _same_consonants(one, other):
        return True
    sounds, consonants = _common_shares(one, other)
    return sounds >= _MIN_SHARE and consonants > 0.5


def runs_sound_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two runs of words may sound the same, such as "some one" and "someone"."""
    first, second = "".join(one), "".join(other)
    if not first or not second:
        return False
    return (
        first == second or _same_consonants(first, second) or min(_common_shares(first, second)) >= _MIN_SHARE_OF_RUNS
    )


def _common_shares(one: str, other: str) -> tuple[float, float]:
    """The shares of sounds, and of consonants, that two words have in common."""
    return _common_share(_phonetic_form(one), _phonetic_form(other)), _common_share(
        _consonants(one), _consonants(other)
    )


def _same_consonants(one: str, other: str) -> bool:
    return _consonants(one) == _consonants(other) != ""


def _consonants(word: str) -> str:
    return _phonetic_form(word).replace("a", "")


def _common_share(one: str, other: str) -> float:
    longer = max(len(one), len(other))
    return count_common(one, other) / longer if longer else 0.0


def count_common(one: str, other: str) -> int:
    """The length of the longest common subsequence of two texts."""
    row = [0] * (len(other) + 1)
    for letter in one:
        last = 0
        for at, its in enumerate(other, 1):
            last, row[at] = row[at], last + 1 if letter == its else max(row[at], row[at - 1])
    return row[-1]


@lru_cache(maxsize=65_536)
def _phonetic_form(word: str) -> str:
    """A rough phonetic form of a word: voiced consonants become unvoiced, all vowels the same."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
