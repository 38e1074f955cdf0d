"""A text as the words that are compared, and whether two of them may be one word heard twice.

A recogniser writes what it hears: "gray" for "grey", "Ona" for "Oona", "some one" for "someone". So words are compared
without case, accents and marks, and what differs by its letters still counts as said where it sounds alike: where the
consonants are the same, voiced or not, or nearly all sounds are.
"""

import re
import unicodedata
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
_NEAR = 0.6  # of the sounds of two runs of words, in their order, that must be common


def words_of(text: str) -> list[str]:
    """The words of a text, in order: lower case, without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold()
    return [_DROPPED.sub("", word) for word in _WORD.findall(plain)]


def alike(one: str, other: str) -> bool:
    """Whether two words, or two runs of words written together, may be the same sound."""
    if one == other:
        return True
    first, second = _sounded(one), _sounded(other)
    if first.replace("a", "") == second.replace("a", "") != "":
        return True
    return bool(first and second) and 2 * common(first, second) >= _NEAR * 2 * max(len(first), len(second))


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
