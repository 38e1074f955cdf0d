"""Finds names in a text: which capitalised words are names, and where a speaker or the narrator gives their own name.

A capital at the start of a sentence is no evidence. A capital within a sentence makes a name, unless the book also
writes the word in lower case.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from audiobook.languages.en.lexicon import (
    HONORIFICS,
    KIN,
    TITLE_SPELLINGS,
    load_given_names,
    load_not_names,
    load_speech_verbs,
    load_titles,
    load_words,
)
from audiobook.languages.letters import CAPITALS, SMALL_LETTERS

CAPITALISED = re.compile(rf"(?<![^\W_])(?<![\w]['’])[{CAPITALS}](?:[^\W_]|['’\-](?=[^\W_]))*")
_SPELLED_OUT = re.compile(r"[^\W\d_](?:-[^\W\d_]){2,}")  # "L-a-f-a-y-e" says how a name is written, and is none
_SMALL = re.compile(rf"(?<![\w'’\-])[{SMALL_LETTERS}]{{2,}}")
_OPENING = re.compile(r"(?:^|[.!?:…\"“”«»„‘‚—–_*(\[]|--)[\s'‘’\"“]*$")
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Capt|Col|Gen|Lieut|Rev|Prof|Messrs)\. $")
_POSSESSIVE = re.compile(r"['’]s?$")
_BESIDE_SPEECH = re.compile(
    rf"(?:\b(?:said|asked|cried|replied|answered|exclaimed|whispered|says)\s+([{CAPITALS}][\w\-]+))"
    rf"|(?:([{CAPITALS}][\w\-]+)\s+(?:said|asked|cried|replied|answered|exclaimed|whispered|says)\b)"
)
# A word that is usually not a name is one if it has a capital within sentences this often and stands beside "said" this
# often. If no list has it as a given name, both must also be this many times more frequent than the word in lower case.
_MIN_WITHIN, _MIN_BESIDE_SPEECH, _DOMINANCE = 8, 2, 5
_SUFFIXES_OF_COMMON_WORDS = ("ly", "ing")


def strip_possessive(word: str) -> str:
    """Return the word without a possessive ending."""
    return _POSSESSIVE.sub("", word) if word[-1] in "s'’" else word


@dataclass(frozen=True, slots=True, kw_only=True)
class Capitals:
    """Counts of each word: in lower case, with a capital within a sentence or at its start, and beside "said"."""

    small: Counter[str]
    within: Counter[str]
    opening: Counter[str]
    beside_speech: Counter[str]

    def restore_case(self, word: str) -> str:
        """Return a word in capitals with one capital, if the book also writes it that way."""
        if len(word) < 3 or not word.isupper():
            return word
        capitalized = word.capitalize()
        return capitalized if self.within[capitalized] + self.beside_speech[capitalized] else word

    def is_name(self, word: str) -> bool:
        """Return whether the capitalised word is more likely a name, or part of one, than a common word."""
        low = word.lower().replace("’", "'")
        small, within, spoken = self.small[word.lower()], self.within[word], self.beside_speech[word]
        listed = low in load_given_names()
        if low in load_not_names() or low in load_speech_verbs().strong:
            often = within >= _MIN_WITHIN if listed else within >= _DOMINANCE * small
            return often and spoken >= (_MIN_BESIDE_SPEECH if listed else _DOMINANCE)
        if within or spoken:
            return (within + spoken) > small * (0.2 if listed else 0.7)
        return small == 0 and (listed or not low.endswith(_SUFFIXES_OF_COMMON_WORDS))


def _opens(text: str, at: int) -> bool:
    """Return whether a sentence begins there. The full stop of a title ends none."""
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
            word = strip_possessive(match[0])
            (opening if _opens(text, match.start()) else within)[word] += 1
        for match in _BESIDE_SPEECH.finditer(text):
            word = strip_possessive(match[1] or match[2])
            if word.lower() not in load_titles():
                beside[word] += 1
    return Capitals(small=small, within=within, opening=opening, beside_speech=beside)


_LINK = re.compile(r"\.?(?: of(?: the)?| de(?: la)?| du| von(?: der)?| van(?: der)?| da| di| del) ")
_NOBLE = load_words("noble")
_ABBREVIATED = load_words("abbreviated")
_BEFORE_SURNAME = load_words("before surname")
_EPITHETS = load_words("epithets")
_TRADES = load_words("trades")
_POLITE = frozenset({"mr", "mrs", "miss", "m", "mme", "mlle"})
_ADDRESS = load_words("address")
_POSSESSIVE_AFTER = re.compile(r"['’]s?\b|['’](?=\s)|\ss(?=\s)")
_THE_BEFORE = re.compile(r"\b[Tt]he $")


class Name(NamedTuple):
    """A name without spacing and spelling differences of its title, so that equal names compare equal."""

    title: str  # "mr", "aunt", "sir"; empty if there is none
    words: tuple[str, ...]  # the name itself, as the book spells it
    the: bool = False  # it follows "the": "the Mock Turtle"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at its position in the text of a paragraph."""

    start: int
    end: int  # exclusive, without a possessive ending
    name: Name
    surface: str  # as written
    possessive: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str  # as written, but a name in capitals in its usual case
    role: str  # "title", "name", "initial", "epithet"
    possessive: bool


def find_names(text: str, capitals: Capitals, known: dict[str, str]) -> list[NameMention]:
    """Return the names in a paragraph, in order. `known` keeps the role of each word between calls."""
    return [m for run in _find_runs(text, capitals, known) if run and (m := _make_mention(text, run)) is not None]


def _find_runs(text: str, capitals: Capitals, known: dict[str, str]) -> Iterator[list[_Token]]:
    run: list[_Token] = []
    for match in CAPITALISED.finditer(text):
        word = strip_possessive(match[0])
        if _SPELLED_OUT.fullmatch(word):
            continue
        role = _look_up_role(word, capitals, known)
        if word.lower() in _TRADES and _comes_before_name(text, match.end(), capitals, known):
            role = "title"
        if role == "other" and not (run and _is_name_after_title(text, run[-1], match.start(), word)):
            continue
        end = match.start() + len(word)
        possessive = _POSSESSIVE_AFTER.match(text, end) is not None
        token = _Token(match.start(), end, capitals.restore_case(word), role, possessive)
        if run and not _joins(text, run, token):
            yield _strip_epithets(run)
            run = []
        run.append(token)
    yield _strip_epithets(run)


def _look_up_role(word: str, capitals: Capitals, known: dict[str, str]) -> str:
    if word not in known:
        known[word] = _find_role(word, capitals)
    return known[word]


def _comes_before_name(text: str, end: int, capitals: Capitals, known: dict[str, str]) -> bool:
    """Return whether the word that ends there precedes a name, like "Guard" in "Guard Hession"."""
    following = CAPITALISED.match(text, end + 1) if text.startswith(" ", end) else None
    return following is not None and _look_up_role(strip_possessive(following[0]), capitals, known) == "name"


def _strip_epithets(run: list[_Token]) -> list[_Token]:
    """Return the tokens without an epithet that no name follows: "Old" is not part of "Old Mr. Pell"."""
    while run and (run[-1].role == "epithet" or (run[0].role == "epithet" and (len(run) < 2 or run[1].role != "name"))):
        run = run[:-1] if run[-1].role == "epithet" else run[1:]
    return run


def _find_role(word: str, capitals: Capitals) -> str:
    if word.lower() in load_titles():
        return "title"
    if word.lower() in _EPITHETS and capitals.within[word]:
        return "epithet"
    if len(word) == 1:
        return "initial" if word not in "IOA" else "other"
    if word.isupper() and len(word) > 2 and not capitals.within[word]:
        return "other"
    _, dash, honorific = word.rpartition("-")
    if dash and honorific.lower() in HONORIFICS:
        return "name"
    return "name" if capitals.is_name(word) else "other"


def _joins(text: str, run: list[_Token], token: _Token) -> bool:
    last = run[-1]
    if last.possessive:
        return False
    gap = text[last.end : token.start]
    if gap == " ":
        return not (token.role == "title" and last.role == "name")
    if gap == ". ":
        return last.role == "initial" or last.word.lower() in _ABBREVIATED
    if _LINK.fullmatch(gap) is None or token.role == "title":
        return False
    return " of" not in gap or run[0].word.lower() in _NOBLE


def _is_name_after_title(text: str, last: _Token, at: int, word: str) -> bool:
    """Return whether a title makes a name of a word that is not one otherwise: "Mrs. Hall"."""
    gap = text[last.end : at]
    return last.word.lower() in _BEFORE_SURNAME and gap in (" ", ". ") and len(word) > 1


def _make_mention(text: str, run: list[_Token]) -> NameMention | None:
    title_count = 0
    while title_count < len(run) and run[title_count].role == "title":
        title_count += 1
    words = [_strip_honorific(t.word) for t in run[title_count:]]
    title = _normalize_title(run[title_count - 1].word) if title_count else ""
    the = _THE_BEFORE.search(text, max(0, run[0].start - 4), run[0].start) is not None
    if not words:
        alone = run[-1].word.lower()
        if (len(alone.rstrip(".")) <= 3 and alone not in KIN) or (alone in _ADDRESS and not the):
            return None  # "Mr. and Mrs. Weston", "Good Lord"
        if len(run) > 1 and _normalize_title(run[-2].word) in _POLITE:
            return None  # "Madame General"
        words, title, title_count = [run[-1].word], "", 0
    if all(t.role == "initial" for t in run[title_count:]) and not title:
        return None
    name = Name(title, tuple(words), the)
    surface = ("the " if the else "") + text[run[0].start : run[-1].end]
    return NameMention(run[0].start, run[-1].end, name, surface, run[-1].possessive)


def _normalize_title(word: str) -> str:
    low = word.lower().rstrip(".")
    return TITLE_SPELLINGS.get(low, low)


def _strip_honorific(word: str) -> str:
    stem, dash, honorific = word.rpartition("-")
    return stem if dash and honorific.lower() in HONORIFICS else word


_OWN_NAME_BEFORE = re.compile(
    r"\b(?:(?:my|the) (?:full |own )?name(?:['’]s| is| was)|I am|I['’]m|(?:they|people|everybody|everyone) calls? me"
    r"|(?:you (?:can|may|must) |please |just )call me) $|^\W*name['’]s $",
    re.IGNORECASE,
)
_OWN_NAME_AFTER = re.compile(r"(?:['’]s| is|,) (?:the|my) name\b|, at your service\b")
_I_BEFORE = re.compile(r"(?<![\w'’])I, $")
_ALIAS = re.compile(
    r"[,;]? \(?(?:alias|otherwise(?: known as)?|(?:better|also|usually|commonly|generally) (?:known|called)(?: as)?"
    r"|(?:better |also |generally )?known(?: to [^,.;:]{1,30}| everywhere)? (?:as|by the (?:name|nickname|title) of)"
    r"|whose (?:real |true |other )?name (?:was|is)|or,? as [^,.;:]{1,40} call(?:s|ed)? (?:him|her),?)"
    r" (?:the )?['\"‘“]?"
)
_LOOK_BACK = 28  # characters; the longest of the phrases above


def introduces_speaker(text: str, mention: NameMention, start: int) -> bool:
    """Return whether the words after `start`, or those of the narrator, give the name as the speaker's own."""
    if mention.name.the or mention.name.words[0].lower() in load_titles():
        return False
    if _OWN_NAME_AFTER.match(text, mention.end):
        return True
    if mention.possessive:
        return False
    return _OWN_NAME_BEFORE.search(text, max(start, mention.start - _LOOK_BACK), mention.start) is not None


def names_narrator(text: str, mention: NameMention) -> bool:
    """Return whether the narration gives the name as the narrator's: "My name is Ada Thorne", "I, Ada Thorne,"."""
    alone = _I_BEFORE.search(text, max(0, mention.start - 4), mention.start) is not None
    return alone or introduces_speaker(text, mention, 0)


def is_alias(text: str, one: NameMention, other: NameMention) -> bool:
    """Return whether the words between two names say that both are the same person's."""
    return not one.possessive and _ALIAS.fullmatch(text, one.end, other.start) is not None
