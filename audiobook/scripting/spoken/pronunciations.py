"""The book's own pronunciations, put in early and kept from every later rule.

A respelled word travels through the other rules as one private-use character, and becomes its spelling at the end.
"""

import re
from collections import defaultdict
from functools import lru_cache

from audiobook.cast import Pronunciation

_FIRST_SEAL = 0xF0000  # a plane of 65,534 code points that mean nothing to anybody else
_LAST_SEAL = 0xFFFFD
_SEAL = re.compile(f"[{chr(_FIRST_SEAL)}-{chr(_LAST_SEAL)}]")
_START = re.compile(r"(?<!\w)[^\W_]+|[^\w\s]")

_Entries = dict[str, list[tuple[re.Pattern[str], str]]]


def respell(text: str, pronunciations: tuple[Pronunciation, ...]) -> str:
    """The text with each whole word that has a pronunciation sealed; the longest that fits wins."""
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
    """The text with every sealed word spelled as its pronunciation says."""
    if not pronunciations:
        return text
    return _SEAL.sub(lambda seal: pronunciations[ord(seal.group()) - _FIRST_SEAL].spoken, text)


def used_in(text: str, pronunciations: tuple[Pronunciation, ...]) -> set[Pronunciation]:
    """The pronunciations that a text makes use of."""
    return {pronunciations[ord(seal) - _FIRST_SEAL] for seal in _SEAL.findall(respell(text, pronunciations))}


@lru_cache(maxsize=8)
def _entries(pronunciations: tuple[Pronunciation, ...]) -> _Entries:
    """Patterns by the lower-cased first word they begin with, longest first."""
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
