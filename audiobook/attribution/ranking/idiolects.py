"""How everybody talks: the words of the turns that sure tags give them, against those of the whole book's talk.

"Papa" is said by the daughters only, "fu'" by who speaks dialect. A turn sounds like somebody by the ratio of how
likely its words are for them and for anybody (naive Bayes with a Dirichlet prior).
"""

import re
from collections import Counter
from functools import cache
from math import log

from audiobook.attribution.parsed_book import ParsedBook

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")
_PRIOR = 300.0  # words of anybody's that count beside a person's own
_FEWEST = 2  # turns that have a word before it shows anything
_MOST = 8.0  # of the ratio's logarithm, either way


class Idiolects:
    """Whose talk a turn sounds like."""

    def __init__(self, parsed: ParsedBook) -> None:
        spoken: list[frozenset[str]] = []
        self._speakers: list[int | None] = []
        self._said: dict[int, Counter[str]] = {}
        everybody = Counter[str]()
        for turn in parsed.turns:
            text = parsed.passages[turn.passage].text[turn.start : turn.end]
            words = frozenset(_WORD.findall(text.lower()))
            everybody.update(words)
            tagged = parsed.person_of(turn.tag.subject) if turn.tag is not None and turn.tag.sure else None
            if tagged is not None:
                self._said.setdefault(tagged, Counter()).update(words)
            spoken.append(words)
            self._speakers.append(tagged)
        common = {word: times for word, times in everybody.items() if times >= _FEWEST}
        whole = sum(common.values())
        self._expected = {word: _PRIOR * times / whole for word, times in common.items()}
        self._known = [words & common.keys() for words in spoken]
        self._table = cache(self._table_of)

    def sounds_like(self, who: int, index: int) -> float:
        """The logarithm of how much likelier the turn's words are from the person than from anybody."""
        weights, silent = self._table(who)
        words = self._known[index]
        if self._speakers[index] == who:
            said = self._said[who]
            heard = sum(log((said[word] - 1 + self._expected[word]) / self._expected[word]) for word in words)
        else:
            heard = sum(weights[word] for word in words if word in weights)
        return round(max(-_MOST, min(_MOST, heard - silent * len(words))), 2)

    def _table_of(self, who: int) -> tuple[dict[str, float], float]:
        """What each of the person's words gains, and what any word loses by how many others they say."""
        said = self._said.get(who, Counter[str]())
        expected = self._expected
        known = {word: times for word, times in said.items() if word in expected}
        weights = {word: log((times + expected[word]) / expected[word]) for word, times in known.items()}
        return weights, log((sum(known.values()) + _PRIOR) / _PRIOR)
