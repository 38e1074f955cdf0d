"""Respell the words that have a pronunciation of their own, and look up which words a dictionary has.

The dictionaries are pyspellchecker's word lists.

`respell` replaces such a word by one private-use character, which no rule changes; `restore` puts the new spelling in
its place.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from audiobook.model.cast import Pronunciation

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
    """Return the words of a text as written, without genitive endings."""
    return [_POSSESSIVE.sub("", match.group()) for match in _WORD.finditer(text)]


def has_dictionary(language: str) -> bool:
    """Whether there is a dictionary of the language (BCP 47)."""
    return _dictionary(_code(language)) is not None


def unknown(words: Iterable[str], language: str) -> list[str]:
    """Return the words of which the language's dictionary has neither the form nor the base form."""
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


_FIRST_SEAL = 0xF0000  # of a private-use plane with 65,534 code points
_LAST_SEAL = 0xFFFFD
_SEAL = re.compile(f"[{chr(_FIRST_SEAL)}-{chr(_LAST_SEAL)}]")
_START = re.compile(r"(?<!\w)[^\W_]+|[^\w\s]")

_Entries = dict[str, list[tuple[re.Pattern[str], str]]]


def respell(text: str, pronunciations: tuple[Pronunciation, ...]) -> str:
    """Return the text with every whole word that has a pronunciation replaced; the longest match wins."""
    if not pronunciations:
        return text
    entries = _entries(pronunciations)
    parts: list[str] = []
    done = 0
    for start in _START.finditer(text):
        if start.start() < done or start.group().lower() not in entries:
            continue
        for pattern, seal in entries[start.group().lower()]:
            found = pattern.match(text, start.start())
            if found:
                parts += (text[done : start.start()], seal)
                done = found.end()
                break
    return "".join((*parts, text[done:]))


def restore(text: str, pronunciations: tuple[Pronunciation, ...]) -> str:
    """Return the text with every replaced word spelled as its pronunciation says."""
    if not pronunciations:
        return text
    return _SEAL.sub(lambda seal: pronunciations[ord(seal.group()) - _FIRST_SEAL].spoken, text)


def used_in(text: str, pronunciations: tuple[Pronunciation, ...]) -> set[Pronunciation]:
    """Return the pronunciations that a text uses."""
    return {pronunciations[ord(seal) - _FIRST_SEAL] for seal in _SEAL.findall(respell(text, pronunciations))}


@lru_cache(maxsize=8)
def _entries(pronunciations: tuple[Pronunciation, ...]) -> _Entries:
    """Return first word in lower case → patterns that begin with it, longest first."""
    if len(pronunciations) > _LAST_SEAL - _FIRST_SEAL:
        raise ValueError("more pronunciations than any book needs")
    entries: defaultdict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
    order = sorted(range(len(pronunciations)), key=lambda n: (-len(pronunciations[n].written), n))
    for number in order:
        entry = pronunciations[number]
        first = _START.match(entry.written.strip())
        if first:
            entries[first.group().lower()].append((_pattern(entry), chr(_FIRST_SEAL + number)))
    return dict(entries)


def _pattern(entry: Pronunciation) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, entry.written.split())).replace("'", "['’]").replace("’", "['’]")
    words = words.replace("['['’]]", "['’]")
    return re.compile(rf"{words}(?!\w)", 0 if entry.match_case else re.IGNORECASE)
