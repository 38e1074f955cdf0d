"""A text as the words that are compared, and whether two of them may be one word heard twice.

A recogniser writes what it hears: "gray" for "grey", "Ona" for "Oona", "some one" for "someone". So words are compared
without case, accents and marks, and what differs by its letters still counts as said where it sounds alike: where the
consonants are the same, voiced or not, or nearly all sounds are.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DROPPED = re.compile(r"['’]")
# Letters that are written differently for one sound, in the order in which they are looked for.
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
_NEAR = 0.6  # of the sounds of two words, in their order, that must be common; of their consonants, more than a half
_NEAR_RUNS = 0.75  # likewise of two runs of words, and of their consonants: long ones always have something in common


def words_of(text: str) -> list[str]:
    """The words of a text, in order: lower case, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    return [_DROPPED.sub("", word) for word in _WORD.findall(plain)]


def alike(one: str, other: str) -> bool:
    """Whether two words may be the same sound."""
    if one == other or _same_consonants(one, other):
        return True
    sounds, consonants = _shares(one, other)
    return sounds >= _NEAR and consonants > 0.5


def alike_runs(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two runs of words may be the same sounds: "some one" and "someone"."""
    first, second = "".join(one), "".join(other)
    if not first or not second:
        return False
    return first == second or _same_consonants(first, second) or min(_shares(first, second)) >= _NEAR_RUNS


def _shares(one: str, other: str) -> tuple[float, float]:
    """How much of all sounds, and of the consonants, two words have in common."""
    return _share(_sounded(one), _sounded(other)), _share(_bare(one), _bare(other))


def _same_consonants(one: str, other: str) -> bool:
    return _bare(one) == _bare(other) != ""


def _bare(word: str) -> str:
    return _sounded(word).replace("a", "")


def _share(one: str, other: str) -> float:
    longer = max(len(one), len(other))
    return common(one, other) / longer if longer else 0.0


def common(one: str, other: str) -> int:
    """The length of the longest run of letters, gaps allowed, that two texts have in the same order."""
    row = [0] * (len(other) + 1)
    for letter in one:
        last = 0
        for at, its in enumerate(other, 1):
            last, row[at] = row[at], last + 1 if letter == its else max(row[at], row[at - 1])
    return row[-1]


@lru_cache(maxsize=65_536)
def _sounded(word: str) -> str:
    """A word by its sounds, roughly: voiced as unvoiced, every vowel as one."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
