"""Identifies the language of a text by its script, its letters and its frequent words.

A script that only one language has shows the language. Languages with the same script are distinguished by their most
frequent words, which are a third of any text, and by letters that a language does not have. For a book, a sample of
20,000 characters is read, which takes a few milliseconds.
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from audiobook.languages.codes import get_primary_language, normalize_language
from audiobook.languages.scripts import SCRIPTS, find_script

DEFAULT = "en"  # of a book that states no language and whose text shows none

_SAMPLE = 20_000  # characters
_EXCERPT = 400  # characters of one excerpt

_SYLLABIC = {"han": 3, "kana": 2, "ko": 2}  # letters of an alphabet that correspond to one character of the script
_LEAST_KANA = 0.04  # least share of kana among kana and Han characters for Japanese
_LEAST_LETTERS = 8  # least number of letters, for a script that only one language has
_LEAST_SCORE = 0.1  # least score of a language that overrules a statement
_LEAST_SHARE = 0.6  # least share of the letters in the script of the book
# Vowel points of Hebrew and Arabic. Only some texts have them.
_MARKS = dict.fromkeys((*range(0x591, 0x5C8), *range(0x64B, 0x653), 0x670, 0x640))
_VOWEL_SIGNS = "\u0900-\u0963\u0970-\u0dff"  # vowel signs of Indian scripts, which do not count as letters
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_VOWEL_SIGNS}]|'(?=[^\W\d_]))*")

# Languages so similar that a statement counts more than a small difference in the words.
_NEAR = (
    {"da", "nb", "nn"}, {"hr", "sr", "bs", "sh"}, {"cs", "sk"}, {"id", "ms"}, {"gl", "pt"}, {"bg", "mk"},
    {"hi", "mr", "ne", "sa", "mai", "bho", "kok"}, {"af", "nl", "fy", "nds"}, {"ru", "be", "uk"},
    {"es", "ca", "gl", "ast", "an"}, {"ca", "oc"}, {"it", "scn", "nap", "vec", "co"}, {"en", "sco", "enm"},
    {"de", "lb", "gsw", "nds"}, {"zh", "yue", "hak"}, {"el", "grc"}, {"fa", "tg", "ps"}, {"tr", "az"}, {"ga", "gd"},
    {"kk", "ky", "tt"},
)  # fmt: skip
# Language of a script → other languages in this script for which there are no word lists.
_SHARING = {
    "zh": {"yue", "hak", "lzh", "wuu", "nan"}, "bn": {"bn", "as"}, "am": {"am", "ti"}, "my": {"my", "shn"},
    "bo": {"bo", "dz"},
    "hy": {"hy", "hyw"}, "el": {"el", "grc"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """The language that a text shows."""

    tag: str
    words: int  # number of words read; of letters, for a script that only one language has
    scores: Mapping[str, float]  # language → score per word: 0 does not fit, 0.25 is usual for the language

    def is_likely(self) -> bool:
        """Return whether it is a better guess than English."""
        return self._leads(DEFAULT, 0.06, 1.6)

    def is_stronger_than(self, stated: str) -> bool:
        """Return whether it overrules the language that the book states, given by its primary subtag."""
        own, other = self.scores[self.tag], self.scores.get(stated, 0.0)
        if not self._leads(stated, _LEAST_SCORE if stated in _list_languages() else _LEAST_SCORE * 2, 4):
            return False
        is_near = any({stated, self.tag} <= group for group in _NEAR)
        return other <= (0.6 if is_near else 0.8) * own

    def _leads(self, other: str, least: float, margin: float) -> bool:
        own = self.scores[self.tag]
        return own >= least and self.words * (own - self.scores.get(other, 0.0)) >= margin


def choose_language(stated: str, text: str) -> str:
    """Return the language of a book as a BCP 47 tag: by its text if that is clear, else as stated, else English.

    A statement that agrees with the text is kept, because it may also name a region.
    """
    tag, found = normalize_language(stated), identify_language(text)
    if found is None:
        return tag or DEFAULT
    if not tag:
        return found.tag if found.is_likely() else DEFAULT
    primary = get_primary_language(tag)
    if primary == found.tag or primary in _SHARING.get(found.tag, ()) or not found.is_stronger_than(primary):
        return tag
    return found.tag


def take_sample(paragraphs: Sequence[str]) -> str:
    """Return excerpts at equal distances in a book."""
    length = sum(map(len, paragraphs))
    if length <= _SAMPLE:
        return "\n".join(paragraphs)
    every = _EXCERPT * length / _SAMPLE
    taken: list[str] = []
    at, due = 0, 0.0
    for paragraph in paragraphs:
        start = max(0.0, due - at)
        while start < len(paragraph):
            taken.append(paragraph[int(start) : int(start) + _EXCERPT])
            start += every
            due += every
        at += len(paragraph)
    return "\n".join(taken)


def identify_language(text: str) -> Identified | None:
    """Return the language that a text seems to be in, or None if it has too few letters."""
    text = unicodedata.normalize("NFC", text.casefold())
    letters = Counter(text)
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        script = find_script(letter)
        scripts[script] += count * _SYLLABIC.get(script, 1)
    del scripts[""]
    if not scripts:
        return None
    han, kana = scripts["han"], scripts["kana"]
    total = sum(scripts.values())
    script, most = scripts.most_common(1)[0]
    if script in {"han", "kana"}:
        script, most = ("ja" if kana >= _LEAST_KANA * (han + kana) else "zh"), han + kana
    if script in _list_languages_by_words():
        return _identify_by_words(text, letters, script, most / total)
    if most < _LEAST_LETTERS:
        return None
    share = most / total
    return Identified(tag=script, words=most, scores={script: share if share >= _LEAST_SHARE else 0.0})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    tag: str
    script: str
    letters: frozenset[str]  # empty if all letters of the script are used


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    languages: tuple[_Language, ...]
    words: Mapping[str, tuple[int, ...]]  # word → numbers of the languages in which it is frequent


def _identify_by_words(text: str, letters: Mapping[str, int], script: str, share: float) -> Identified | None:
    tables = _load()
    words = Counter(_WORD.findall(text.replace("’", "'").translate(_MARKS)))
    total = sum(words.values())
    if not total:
        return None
    scores = [0.0] * len(tables.languages)
    for word, count in words.items():
        known = tables.words.get(word, ())
        for number in known:
            scores[number] += count / len(known) ** 0.5
    ranked: dict[str, float] = {}
    for number, language in enumerate(tables.languages):
        if language.script == script:
            foreign = sum(n for letter, n in letters.items() if _is_foreign(letter, language))
            score = max(0.0, (scores[number] - foreign) / total) * share
            ranked[language.tag] = max(score, ranked.get(language.tag, 0.0))
    return Identified(tag=max(ranked, key=ranked.__getitem__), words=total, scores=ranked)


def _is_foreign(letter: str, language: _Language) -> bool:
    return bool(language.letters) and letter not in language.letters and find_script(letter) == language.script


@functools.cache
def _list_languages_by_words() -> frozenset[str]:
    return frozenset(language.script for language in _load().languages)


@functools.cache
def _list_languages() -> frozenset[str]:
    return frozenset(language.tag for language in _load().languages) | SCRIPTS


@functools.cache
def _load() -> _Tables:
    text = files("audiobook.languages").joinpath("frequent_words.txt").read_text(encoding="utf-8")
    languages: list[_Language] = []
    words: dict[str, list[int]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        tag, special, *frequent = line.split()
        letters = _read_letters(special)
        for word in dict.fromkeys(word.translate(_MARKS) for word in frequent):
            words.setdefault(word, []).append(len(languages))
        script = next(script for letter in "".join(frequent) if (script := find_script(letter)))
        languages.append(_Language(tag=tag, script=script, letters=letters))
    return _Tables(languages=tuple(languages), words={word: tuple(known) for word, known in words.items()})


def _read_letters(special: str) -> frozenset[str]:
    """Return the letters of "а-яё": ranges and single letters. The letters a to z are always included."""
    if special == "*":
        return frozenset()
    found = set("abcdefghijklmnopqrstuvwxyz")
    for first, last, single in re.findall(r"(.)-(.)|(.)", special):
        found |= {single} if single else set(map(chr, range(ord(first), ord(last) + 1)))
    return frozenset(found)


def is_in_conflict(stated: str, language: str) -> bool:
    """Return whether a book states another language than the one in which it is read."""
    tag = normalize_language(stated)
    return bool(tag) and get_primary_language(tag) != get_primary_language(language)
