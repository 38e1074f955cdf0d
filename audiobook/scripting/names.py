"""Names as they stand in the text: "Mr. John Knightley", "Kakashi-sensei", "the Mock Turtle"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from audiobook.scripting.capitals import CAPITALISED, Capitals, bare
from audiobook.scripting.lexicon import HONORIFICS, KIN, TITLE_SPELLINGS, grammar, titles

_LINK = re.compile(r"\.?(?: of(?: the)?| de(?: la)?| du| von(?: der)?| van(?: der)?| da| di| del) ")
_NOBLE = grammar("noble")
_ABBREVIATED = grammar("abbreviated")
_BEFORE_SURNAME = grammar("before surname")
_EPITHETS = grammar("epithets")
_TRADES = grammar("trades")
_POLITE = frozenset({"mr", "mrs", "miss", "m", "mme", "mlle"})
_ADDRESS = grammar("address")
_POSSESSIVE_AFTER = re.compile(r"['’]s?\b|['’](?=\s)|\ss(?=\s)")
_THE_BEFORE = re.compile(r"\b[Tt]he $")


class Name(NamedTuple):
    """A name taken apart. Equal for every way of spacing and spelling its title."""

    title: str  # "mr", "aunt", "sir"; empty where there is none
    words: tuple[str, ...]  # the name itself, in the book's spelling
    the: bool = False  # stands behind "the": "the Mock Turtle"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at its place in a paragraph's text."""

    start: int
    end: int  # exclusive, without a possessive ending
    name: Name
    surface: str  # as written
    possessive: bool


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str  # as written, a name in capitals in its usual case
    role: str  # "title", "name", "initial", "epithet"
    possessive: bool


def find_names(text: str, capitals: Capitals, known: dict[str, str]) -> list[NameMention]:
    """The names in a paragraph, in order. `known` remembers each word's role from one call to the next."""
    return [m for run in _runs(text, capitals, known) if run and (m := _mention(text, run)) is not None]


def _runs(text: str, capitals: Capitals, known: dict[str, str]) -> Iterator[list[_Token]]:
    run: list[_Token] = []
    for match in CAPITALISED.finditer(text):
        word = bare(match[0])
        role = _known_role(word, capitals, known)
        if word.lower() in _TRADES and _comes_before_name(text, match.end(), capitals, known):
            role = "title"
        if role == "other" and not (run and _names_after_title(text, run[-1], match.start(), word)):
            continue
        end = match.start() + len(word)
        possessive = _POSSESSIVE_AFTER.match(text, end) is not None
        token = _Token(match.start(), end, capitals.usual(word), role, possessive)
        if run and not _joins(text, run, token):
            yield _without_epithet(run)
            run = []
        run.append(token)
    yield _without_epithet(run)


def _known_role(word: str, capitals: Capitals, known: dict[str, str]) -> str:
    if word not in known:
        known[word] = _role(word, capitals)
    return known[word]


def _comes_before_name(text: str, end: int, capitals: Capitals, known: dict[str, str]) -> bool:
    """Whether the word that ends there stands before a name, as "Guard" does in "Guard Hession"."""
    following = CAPITALISED.match(text, end + 1) if text.startswith(" ", end) else None
    return following is not None and _known_role(bare(following[0]), capitals, known) == "name"


def _without_epithet(run: list[_Token]) -> list[_Token]:
    """The run without a word like "Old" that no name follows: it is a part of "Long Pat", not of "Old Mr. Pell"."""
    while run and (run[-1].role == "epithet" or (run[0].role == "epithet" and (len(run) < 2 or run[1].role != "name"))):
        run = run[:-1] if run[-1].role == "epithet" else run[1:]
    return run


def _role(word: str, capitals: Capitals) -> str:
    if word.lower() in titles():
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


def _names_after_title(text: str, last: _Token, at: int, word: str) -> bool:
    """Whether a title makes a name of a word that else is none: "Mrs. Hall"."""
    gap = text[last.end : at]
    return last.word.lower() in _BEFORE_SURNAME and gap in (" ", ". ") and len(word) > 1


def _mention(text: str, run: list[_Token]) -> NameMention | None:
    title_count = 0
    while title_count < len(run) and run[title_count].role == "title":
        title_count += 1
    words = [_without_honorific(t.word) for t in run[title_count:]]
    title = _title(run[title_count - 1].word) if title_count else ""
    the = _THE_BEFORE.search(text, max(0, run[0].start - 4), run[0].start) is not None
    if not words:
        alone = run[-1].word.lower()
        if (len(alone.rstrip(".")) <= 3 and alone not in KIN) or (alone in _ADDRESS and not the):
            return None  # "Mr. and Mrs. Weston", "Good Lord"
        if len(run) > 1 and _title(run[-2].word) in _POLITE:
            return None  # "Madame General"
        words, title, title_count = [run[-1].word], "", 0
    if all(t.role == "initial" for t in run[title_count:]) and not title:
        return None
    name = Name(title, tuple(words), the)
    surface = ("the " if the else "") + text[run[0].start : run[-1].end]
    return NameMention(run[0].start, run[-1].end, name, surface, run[-1].possessive)


def _title(word: str) -> str:
    low = word.lower().rstrip(".")
    return TITLE_SPELLINGS.get(low, low)


def _without_honorific(word: str) -> str:
    stem, dash, honorific = word.rpartition("-")
    return stem if dash and honorific.lower() in HONORIFICS else word
