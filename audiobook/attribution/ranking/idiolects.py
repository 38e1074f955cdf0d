"""Idiolects: the words that each person uses more often than other speakers of the book.

Only the daughters say "Papa", only a speaker of dialect says "fu'". The score of a turn is the ratio of the
probabilities of its words for the person and for any speaker (naive Bayes with a Dirichlet prior). A person's words are
those of turns with a sure tag.
"""

import re
from collections import Counter
from functools import cache
from math import log

from audiobook.attribution.parsed_book import ParsedBook

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")
_PRIOR = 300.0  # words of any speaker that are added to a person's own
_MIN_TURNS = 2  # turns that must have a word before it counts
_MAX_SCORE = 8.0  # most of the logarithm of the ratio, either way


class Idiolects:
    """Compares the words of a turn with those of each person."""

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
        common = {word: times for word, times in everybody.items() if times >= _MIN_TURNS}
        total = sum(common.values())
        self._expected = {word: _PRIOR * times / total for word, times in common.items()}
        self._known = [words & common.keys() for words in spoken]
        self._table = cache(self._make_table)

    def score_turn(self, who: int, index: int) -> float:
        """Return the log-ratio of the probabilities of the turn's words for the person and for any speaker."""
        weights, loss = self._table(who)
        words = self._known[index]
        if self._speakers[index] == who:
            said = self._said[who]
            gain = sum(log((said[word] - 1 + self._expected[word]) / self._expected[word]) for word in words)
        else:
            gain = sum(weights[word] for word in words if word in weights)
        return round(max(-_MAX_SCORE, min(_MAX_SCORE, gain - loss * len(words))), 2)

    def _make_table(self, who: int) -> tuple[dict[str, float], float]:
        """Return the gain of each of the person's words, and the loss of any word by the number of words they say."""
        said = self._said.get(who, Counter[str]())
        expected = self._expected
        known = {word: times for word, times in said.items() if word in expected}
        weights = {word: log((times + expected[word]) / expected[word]) for word, times in known.items()}
        return weights, log((sum(known.values()) + _PRIOR) / _PRIOR)
