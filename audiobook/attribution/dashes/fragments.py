"""A paragraph of dash dialogue split into fragments, and the words of each fragment.

A paragraph is split at its dashes, stops and commas: speech begins and ends only there. A dash within quotation marks
does not split, because the quoted text is a sign, a letter, a song or a quotation of another speaker.
"""

import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from audiobook.attribution.quotes.marks import find_marks
from audiobook.languages import Language, load_languages, merge_speech_words
from audiobook.languages.en.dash_dialogue import (
    ALSO_ENGLISH,
    FIRST_OR_SECOND,
    PAST,
    PAST_HELPERS,
    PRESENT_HELPERS,
    THIRD,
    WORD_KINDS,
)
from audiobook.languages.en.lexicon import load_speech_verbs

# open: only paragraphs begin with a dash. resumed: speech after narration does, too. paired: a dash also closes speech.
DashStyle = Literal["open", "resumed", "paired"]
Boundary = Literal["start", "dash", "comma", "stop"]

DASH = r"(?:--+|[—–―]|(?<=\s)-(?=[\s\w]))"
_QUOTING = frozenset({"double", "guillemet"})  # families of marks; single marks may be apostrophes
_BARE = ' \t\n\xa0“”„"«»'

_DASH_BOUNDARY = re.compile(rf"\s*{DASH}\s*[,.;:]?\s*(?=[^\s,.;:])")
_BOUNDARY = re.compile(
    rf"(?P<dash>{_DASH_BOUNDARY.pattern})|(?P<comma>[,;:][\"”’»)]*\s+)(?!\s|{DASH})"
    rf"|(?P<stop>(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bM)[.!?…]+[\"”’»)]*\s+)(?!\s|{DASH})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DashConvention:
    """How a book uses dashes for speech, and the wording of its narration."""

    style: DashStyle = "open"
    own: str = "— "  # the dash that begins paragraphs of speech, and the space after it
    first_person: bool = False  # the story has a first-person narrator
    present_tense: bool = False  # the narration is in the present tense
    word_log_odds: Mapping[str, float] = field(
        default_factory=dict, compare=False, repr=False
    )  # word → log-odds of speech

    def is_like(self, mark: str) -> bool:
        """Return whether a dash within a paragraph has the glyph of those at the start, with any space around it."""
        glyph, like = mark.strip(" ,.;:\n\xa0"), self.own.strip()
        return glyph == like or (len(glyph) == len(like) == 1 and "-" not in (glyph, like))

    def begins_speech(self, mark: str) -> bool:
        """Return whether a dash within a paragraph looks like those at the start of paragraphs."""
        return self.is_like(mark) and (mark[-1:].isspace() == self.own[-1:].isspace() or mark[:1].isspace())


@dataclass(frozen=True, slots=True)
class Fragment:
    """A span of a paragraph between two boundaries at which speech may begin or end."""

    start: int  # offset of the dash that begins it, or of its words
    words: int  # offset of its words
    end: int
    boundary: Boundary
    mark: str  # the mark at its boundary, with the space around it


def split_fragments(text: str, begin: int) -> Iterator[Fragment]:
    """Yield a paragraph's fragments. The words of the first one start at `begin`."""
    start, words, mark = 0, begin, text[:begin]
    boundary: Boundary = "start"
    quoted = [end for stretch in _find_quoted(text) for end in stretch]
    for match in _BOUNDARY.finditer(text, begin):
        if match["dash"] and bisect(quoted, match.start()) % 2:
            continue
        at = match.start() if match["dash"] else match.end()
        yield Fragment(start, words, at, boundary, mark)
        start, words, mark = at, match.end(), match.group()
        boundary = "dash" if match["dash"] else "comma" if match["comma"] else "stop"
    yield Fragment(start, words, len(text), boundary, mark)


def _find_quoted(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans between quotation marks, as (start, end).

    A mark at the start of the paragraph that is not closed opens a span to the end.
    """
    opened = None
    for mark in find_marks(text):
        if mark.family not in _QUOTING:
            continue
        if opened is None:
            opened = None if mark.shape == "close" else mark.end
        elif mark.shape != "open":
            yield opened, mark.end
            opened = None
    if opened is not None and not text[:opened].strip(_BARE):
        yield opened, len(text)


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHAPE_LENGTH = 3  # words at the start of a fragment whose kinds are features
_MAX_NON_VERB_LENGTH = 4  # letters; shorter words in -ed are not verbs
_MAX_LOG_ODDS = 2.0  # most log-odds of a word, either way
_MIN_COUNT, _SHRINKAGE = 2, 3.0  # occurrences for a word to count at all, and those at which it counts by half


_ENDINGS = (("'s", "O"), ("ed", "E"), ("ing", "G"), ("ly", "L"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a fragment, or of several."""

    forms: tuple[str, ...]  # in lower case
    shape: str  # a letter for the kind of each of the first words
    signs: str  # u: you or I; k: contracted; r: present; p: past; t: third person
    log_odds: float  # above 0 if the words are more frequent in speech than in narration

    @property
    def count(self) -> int:
        """Return the number of words."""
        return len(self.forms)


def read_words(text: str, word_log_odds: Mapping[str, float], *, begins_sentence: bool) -> Words:
    """Read the words of a text. A capital at the start of a sentence does not make a name."""
    found = _WORD.findall(text)
    as_english = _map_to_english(load_languages())
    forms = tuple(as_english.get(form, form) for form in map(_normalize, found))
    return Words(
        forms,
        "".join(
            _classify_word(word, form, first=begins_sentence and not at)
            for at, (word, form) in enumerate(zip(found[:_SHAPE_LENGTH], forms, strict=False))
        ),
        _find_signs(forms),
        sum(word_log_odds.get(form, 0.0) for form in forms),
    )


@cache
def _map_to_english(languages: tuple[Language, ...]) -> dict[str, str]:
    """Return the words of tags in other languages → the English word of the same kind."""
    words = merge_speech_words(languages)
    verbs = (words.verbs | words.weak_verbs) - ALSO_ENGLISH
    return dict.fromkeys(verbs, "said") | dict.fromkeys(words.he, "he") | dict.fromkeys(words.she, "she")


def merge_words(one: Words, other: Words) -> Words:
    """Join the words of two fragments."""
    signs = "".join(sign for sign in "ukrpt" if sign in one.signs or sign in other.signs)
    return Words(one.forms + other.forms, one.shape, signs, one.log_odds + other.log_odds)


def estimate_word_log_odds(said: Iterable[str], told: Iterable[str]) -> dict[str, float]:
    """Estimate each word's log-odds of speech, from texts of the book that are surely speech or surely narration."""
    speech, narration = (
        Counter(_normalize(word) for text in texts for word in _WORD.findall(text)) for texts in (said, told)
    )
    all_said, all_told = speech.total(), narration.total()
    share = all_said / (all_said + all_told + 1)
    word_log_odds: dict[str, float] = {}
    for word in sorted(speech.keys() | narration.keys()):
        times = speech[word] + narration[word]
        if times >= _MIN_COUNT:
            odds = math.log((speech[word] + share + 0.2) / (all_said + 20))
            odds -= math.log((narration[word] + 1 - share + 0.2) / (all_told + 20))
            word_log_odds[word] = round(max(-_MAX_LOG_ODDS, min(_MAX_LOG_ODDS, odds * times / (times + _SHRINKAGE))), 3)
    return word_log_odds


def _normalize(word: str) -> str:
    return word.lower().replace("’", "'")


def _classify_word(word: str, form: str, *, first: bool) -> str:
    """Return a letter for the kind of a word, by its form."""
    if form in WORD_KINDS and form not in PAST:
        return WORD_KINDS[form]
    verb = _classify_verb(form)
    if verb:
        return verb
    if word[0].isupper() and not first:
        return "N"
    if form in WORD_KINDS:
        return WORD_KINDS[form]
    by_ending = next((kind for ending, kind in _ENDINGS if form.endswith(ending)), None)
    return by_ending or ("K" if "'" in form else "Y" if word[0].isupper() else "x")


def _classify_verb(form: str) -> str | None:
    verbs = load_speech_verbs()
    return "S" if form in verbs.strong else "V" if form in verbs.weak else None


@cache
def _find_sign(form: str) -> str:
    """Return the signs of one word."""
    contracted = "'" in form and not form.endswith("'s")
    past = form in PAST_HELPERS or form in PAST or (form.endswith("ed") and len(form) > _MAX_NON_VERB_LENGTH)
    return "".join(
        sign
        for sign, there in (
            ("u", form in FIRST_OR_SECOND or form.startswith(("i'", "you'", "we'"))),
            ("k", contracted),
            ("r", form in PRESENT_HELPERS),
            ("p", past),
            ("t", form in THIRD),
        )
        if there
    )


def _find_signs(forms: Iterable[str]) -> str:
    shown = set().union(*map(_find_sign, forms))
    return "".join(sign for sign in "ukrpt" if sign in shown)
