"""Speech tags beside a quotation ("said Holmes", "she asked him"), and what they look like in several languages.

A tag has a verb of speech and its subject. Where there is none, a beat may still show who speaks (Iruka grinned.): see
`narration`.
"""

import re
from collections.abc import Sequence
from functools import cache

from audiobook.attribution.grammar.clauses import VERBS, last_subject, subject_of
from audiobook.attribution.grammar.narration import Stretch
from audiobook.attribution.grammar.phrases import Piece
from audiobook.attribution.grammar.tag_forms import (
    Side,
    Tag,
    introducing,
    inverted,
    is_somebody,
    may_be_verb,
    nominal,
    skip_adverbs,
    straight,
)
from audiobook.languages import Language, known_languages, merge_speech_words
from audiobook.languages.en.lexicon import grammar, speech_verbs

_PRONOUNS = "he|she|I|they|we|it|you|one"
_PHRASE = r"(?:the|a|an|his|her|my|our|their)\s+\w+(?:\s+\w+)?"
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’]*(?:\s+[^\W\d_a-zà-ÿ][\w.'’]*){0,2}"


def tag_pattern() -> re.Pattern[str]:
    """Return a pattern that matches where a tag begins: verb and subject, or subject and verb with little behind them.

    It knows the tags of all known languages.
    """
    return _compile(known_languages())


@cache
def _compile(languages: tuple[Language, ...]) -> re.Pattern[str]:
    english = _any_of(speech_verbs().strong)
    inverted = rf"{english}\s+(?:{_PRONOUNS}|{_PHRASE}|{_NAME})\b"
    ends = r"(?=\s*(?:[,.;:!?—–-]|$|\w+ly\b|to\b|in\b|as\b|with\b|and\b))"
    straight = rf"(?:{_PRONOUNS}|{_PHRASE}|{_NAME})\s+(?:\w+ly\s+|had\s+)?{english}\b{ends}"
    words = merge_speech_words(languages)
    pronouns = _any_of(words.he | words.she | words.other_pronouns)
    foreign = rf"{_any_of(words.verbs | words.weak_verbs)}(?:-t)?(?:[-\s]+(?:{pronouns}|\w+)\b)"
    return re.compile(rf"(?:{inverted}|{straight}|{foreign})")


def _any_of(verbs: frozenset[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, verbs), key=lambda verb: (-len(verb), verb))) + ")"


__all__ = ["Side", "Tag", "tag_after", "tag_at_stop", "tag_before"]

_LEADS_IN = re.compile(r"[,:—–-]\s*$|\b(?:that|with|and|was|only)\s*$")
_LEADS_IN_ALONE = re.compile(r":\s*$|\bwith[,—–-]*\s*$")  # makes a tag even without a verb of speech
_BE = grammar("be")
_CAME = grammar("came")
_GOING_ON = grammar("going on")
_BEFORE_SUBJECT = grammar("plain adjectives") | frozenset(
    ["as", "young", "little"]
)  # "as Holmes said", "poor Tom said"


def tag_after(stretch: Stretch, spoken: str) -> Tag | None:
    """The tag at the start of the narration right behind the quotation whose words are `spoken`."""
    pieces = stretch.opening
    if not pieces:
        return None
    last = spoken.rstrip("\"'”’»“ _*")[-1:]
    first = 1 if pieces[0].text in _BEFORE_SUBJECT and len(pieces) > 1 else skip_adverbs(pieces, 0, 3)
    piece = pieces[first]
    if piece.kind in VERBS or may_be_verb(pieces, first, last):
        return inverted(pieces, first, "after", last != ".") or nominal(pieces, first)
    if piece.text in _CAME:
        return nominal(pieces, first)
    if piece.phrase is None or piece.kind == "object" or _opens_next(stretch, last, piece):
        return None
    return straight(pieces, first, last, stretch.words.lstrip(" ,—–-")[:1].islower())


def tag_before(stretch: Stretch) -> Tag | None:
    """The tag at the end of the narration right before a quotation."""
    leads_in = _LEADS_IN.search(stretch.words) is not None
    if not leads_in and not stretch.words[-1:].isalnum():
        return None
    pieces = stretch.ending
    for near in (True, False):
        for i in range(len(pieces) - 1, -1, -1):
            tag = introducing(pieces, i, leads_in, near)
            if tag is not None:
                return tag
    alone = _LEADS_IN_ALONE.search(stretch.words)
    if alone is None or (alone[0][0] == "w" and not _BE.isdisjoint(piece.text for piece in pieces)):  # "was met with"
        return None
    return _without_verb(pieces, stretch.end)


def tag_at_stop(stretch: Stretch) -> Tag | None:
    """The tag at the end of the narration right before a quotation, though a full stop ends it: "Poirot went on." """
    if not stretch.words.endswith("."):
        return None
    pieces = stretch.ending
    for i in range(len(pieces) - 1, max(-1, len(pieces) - 4), -1):
        following = pieces[i + 1].text if i + 1 < len(pieces) else ""
        if pieces[i].text in _GOING_ON or f"{pieces[i].text}-{following}" in _GOING_ON:
            subject = subject_of(pieces, i)
            return Tag(pieces[i].text, subject, "before", False, pieces[i].end) if subject is not None else None
    return None


def _without_verb(pieces: Sequence[Piece], end: int) -> Tag | None:
    """The lead-in that has no verb of speech: "Holmes turned to me:", "From Holmes:"."""
    named = len(pieces) in (2, 3) and pieces[0].text == "from"
    subject = pieces[1].phrase if named else last_subject(pieces)
    return Tag("", subject, "before", False, end) if subject is not None and is_somebody(subject) else None


def _opens_next(stretch: Stretch, last: str, first: Piece) -> bool:
    """Whether the narration only introduces the quotation behind it: "Yes." He went on: "And you?" """
    words = stretch.words
    if words[-1:] not in (",", ":") or stretch.end == len(stretch.text):
        return False
    if words[0] == ";":
        return True
    capital = stretch.text[first.start].isupper() and first.text != "i"
    return capital and (last == "." or (last in "?!" and first.phrase is not None and first.phrase.kind != "name"))
