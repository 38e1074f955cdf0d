"""Words that a dictionary has: engines say these as people do, and guess at all others by their spelling.

The dictionary is pyspellchecker's list of words by frequency, of whatever language it has.
"""

import functools
import re
from collections.abc import Iterable
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_CLITIC = re.compile("d|ll|m|n|re|s|t|ve|(?:do(?:es)?|did|would|could|should|ha[sd]|is|was|were|are|need|must)n")
_BRITISH = (
    (re.compile("our"), "or"),
    (re.compile("ence"), "ense"),
    (re.compile("re(?=s?$)"), "er"),
    (re.compile("ae|oe"), "e"),
)
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "like", "less", "est")
_NUMERAL = re.compile("[ivxlcdm]+", re.IGNORECASE)
_SHORTEST_STEM = 3  # letters


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, without a genitive's ending."""
    return [_POSSESSIVE.sub("", match.group()) for match in _WORD.finditer(text)]


def has_dictionary(language: str) -> bool:
    """Whether there is a dictionary of the language (BCP 47)."""
    return _dictionary(_code(language)) is not None


def unknown(words: Iterable[str], language: str) -> list[str]:
    """Those of the words that the language's dictionary does not have, nor the word they are a form of."""
    known = _dictionary(_code(language))
    if known is None:
        return []
    return [word for word in words if not all(_is_known(part, known) for part in re.split("['’-]", word.lower()))]


def _is_known(word: str, known: Any) -> bool:
    if len(word) < _SHORTEST_STEM - 1 or _CLITIC.fullmatch(word) or _NUMERAL.fullmatch(word):
        return True
    spellings = (word, *(pattern.sub(american, word) for pattern, american in _BRITISH))
    return any(spelling in known or _is_form(spelling, known) for spelling in spellings)


def _is_form(word: str, known: Any) -> bool:
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(stem) >= _SHORTEST_STEM and (stem in known or stem + "e" in known) for stem in stems)


def _code(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


@functools.cache
def _dictionary(code: str) -> Any:
    from spellchecker import SpellChecker  # noqa: PLC0415  # reads a large file

    if code not in SpellChecker.languages():
        return None
    return SpellChecker(language=code, distance=1)
