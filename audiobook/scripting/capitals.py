"""Which capitalised words of a book are names.

A capital at the opening of a sentence says nothing; one in the middle does, unless the book also writes the word small.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audiobook.scripting.lexicon import given_names, not_names, speech_verbs, titles

CAPITALISED = re.compile(r"(?<![^\W_])(?<![\w]['’])[A-ZÀ-ÖØ-Þ](?:[^\W_]|['’\-](?=[^\W_]))*")
_SMALL = re.compile(r"(?<![\w'’\-])[a-zà-öø-ÿ]{2,}")
_OPENING = re.compile(r"(?:^|[.!?:…\"“”«»„‘‚—–_*(\[]|--)[\s'‘’\"“]*$")
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Capt|Col|Gen|Lieut|Rev|Prof|Messrs)\. $")
_POSSESSIVE = re.compile(r"['’]s?$")
_BESIDE_SPEECH = re.compile(
    r"(?:\b(?:said|asked|cried|replied|answered|exclaimed|whispered|says)\s+([A-ZÀ-ÖØ-Þ][\w\-]+))"
    r"|(?:([A-ZÀ-ÖØ-Þ][\w\-]+)\s+(?:said|asked|cried|replied|answered|exclaimed|whispered|says)\b)"
)
# Of a word that mostly is none, a name is made by standing so often within sentences, and beside "said"; and, where
# no list has it for a given name, by so many times for each time that it stands small.
_OFTEN, _SPEAKS, _BY_FAR = 8, 2, 5
_SUFFIXES_OF_COMMON_WORDS = ("ly", "ing")


def bare(word: str) -> str:
    """The word without a possessive ending."""
    return _POSSESSIVE.sub("", word) if word[-1] in "s'’" else word


@dataclass(frozen=True, slots=True, kw_only=True)
class Capitals:
    """How often each word of a book stands small, capitalised within a sentence, at its opening, and beside "said"."""

    small: Counter[str]
    within: Counter[str]
    opening: Counter[str]
    beside_speech: Counter[str]

    def usual(self, word: str) -> str:
        """The word with one capital, if it stands all in capitals and the book elsewhere writes it so."""
        if len(word) < 3 or not word.isupper():
            return word
        calm = word.capitalize()
        return calm if self.within[calm] + self.beside_speech[calm] else word

    def is_name(self, word: str) -> bool:
        """Whether the capitalised word is more likely a name, or a part of one, than a common word."""
        low = word.lower().replace("’", "'")
        small, within, spoken = self.small[word.lower()], self.within[word], self.beside_speech[word]
        listed = low in given_names()
        if low in not_names() or low in speech_verbs().strong:
            often = within >= _OFTEN if listed else within >= _BY_FAR * small
            return often and spoken >= (_SPEAKS if listed else _BY_FAR)
        if within or spoken:
            return (within + spoken) > small * (0.2 if listed else 0.7)
        return small == 0 and (listed or not low.endswith(_SUFFIXES_OF_COMMON_WORDS))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence opens there; behind the stop of a title none does."""
    if _TITLE_BEFORE.search(text, max(0, at - 8), at):
        return False
    return at == 0 or _OPENING.search(text, max(0, at - 6), at) is not None


def count_capitals(texts: Iterable[str]) -> Capitals:
    """Count the words of a book's paragraphs."""
    small: Counter[str] = Counter()
    within: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for text in texts:
        small.update(_SMALL.findall(text))
        for match in CAPITALISED.finditer(text):
            word = bare(match[0])
            (opening if _opens(text, match.start()) else within)[word] += 1
        for match in _BESIDE_SPEECH.finditer(text):
            word = bare(match[1] or match[2])
            if word.lower() not in titles():
                beside[word] += 1
    return Capitals(small=small, within=within, opening=opening, beside_speech=beside)
