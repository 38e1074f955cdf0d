"""Finds the speech tag beside a quotation ("said Holmes", "she asked him"). A pattern covers several languages.

A tag has a speech verb and its subject. Without one, the sentence beside the quotation may still show the speaker
(Iruka grinned.): see `narration_spans`.
"""

import re
from collections.abc import Sequence
from functools import cache

from audiobook.attribution.grammar.clauses import VERBS, find_last_subject, find_subject
from audiobook.attribution.grammar.narration_spans import NarrationSpan
from audiobook.attribution.grammar.phrases import Chunk
from audiobook.attribution.grammar.tag_forms import (
    Side,
    Tag,
    is_person,
    is_possible_verb,
    match_lead_in,
    match_nominal,
    match_subject_first,
    match_verb_first,
    skip_adverbs,
)
from audiobook.languages import Language, load_languages, merge_speech_words
from audiobook.languages.en.lexicon import load_speech_verbs, load_words

_PRONOUNS = "he|she|I|they|we|it|you|one"
_PHRASE = r"(?:the|a|an|his|her|my|our|their)\s+\w+(?:\s+\w+)?"
_NAME = r"[^\W\d_a-zà-ÿ][\w.'’]*(?:\s+[^\W\d_a-zà-ÿ][\w.'’]*){0,2}"


def build_tag_pattern() -> re.Pattern[str]:
    """Return a pattern that matches the start of a tag: verb and subject, or subject and verb.

    It matches the tags of all known languages.
    """
    return _compile_pattern(load_languages())


@cache
def _compile_pattern(languages: tuple[Language, ...]) -> re.Pattern[str]:
    english = _join_alternatives(load_speech_verbs().strong)
    verb_first = rf"{english}\s+(?:{_PRONOUNS}|{_PHRASE}|{_NAME})\b"
    ends = r"(?=\s*(?:[,.;:!?—–-]|$|\w+ly\b|to\b|in\b|as\b|with\b|and\b))"
    subject_first = rf"(?:{_PRONOUNS}|{_PHRASE}|{_NAME})\s+(?:\w+ly\s+|had\s+)?{english}\b{ends}"
    words = merge_speech_words(languages)
    pronouns = _join_alternatives(words.he | words.she | words.other_pronouns)
    foreign = rf"{_join_alternatives(words.verbs | words.weak_verbs)}(?:-t)?(?:[-\s]+(?:{pronouns}|\w+)\b)"
    return re.compile(rf"(?:{verb_first}|{subject_first}|{foreign})")


def _join_alternatives(verbs: frozenset[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, verbs), key=lambda verb: (-len(verb), verb))) + ")"


__all__ = ["Side", "Tag", "find_tag_after", "find_tag_before", "find_tag_in_sentence"]

_LEADS_IN = re.compile(r"[,:—–-]\s*$|\b(?:that|with|and|was|only)\s*$")
_LEADS_IN_ALONE = re.compile(r":\s*$|\bwith[,—–-]*\s*$")  # makes a tag even without a speech verb
_BE = load_words("be")
_CAME = load_words("came")
_RESUMING_VERBS = load_words("going on")
_BEFORE_SUBJECT = load_words("plain adjectives") | frozenset(
    ["as", "young", "little"]
)  # "as Holmes said", "poor Tom said"


def find_tag_after(narration: NarrationSpan, spoken: str) -> Tag | None:
    """Return the tag at the start of the narration right after a quotation. `spoken` is the quotation."""
    chunks = narration.opening
    if not chunks:
        return None
    last = spoken.rstrip("\"'”’»“ _*")[-1:]
    first = 1 if chunks[0].text in _BEFORE_SUBJECT and len(chunks) > 1 else skip_adverbs(chunks, 0, 3)
    chunk = chunks[first]
    if chunk.kind in VERBS or is_possible_verb(chunks, first, last):
        return match_verb_first(chunks, first, "after", last != ".") or match_nominal(chunks, first)
    if chunk.text in _CAME:
        return match_nominal(chunks, first)
    if chunk.phrase is None or chunk.kind == "object" or _introduces_next(narration, last, chunk):
        return None
    return match_subject_first(chunks, first, last, narration.words.lstrip(" ,—–-")[:1].islower())


def find_tag_before(narration: NarrationSpan) -> Tag | None:
    """Return the tag at the end of the narration right before a quotation."""
    leads_in = _LEADS_IN.search(narration.words) is not None
    if not leads_in and not narration.words[-1:].isalnum():
        return None
    chunks = narration.ending
    for near in (True, False):
        for i in range(len(chunks) - 1, -1, -1):
            tag = match_lead_in(chunks, i, leads_in, near)
            if tag is not None:
                return tag
    alone = _LEADS_IN_ALONE.search(narration.words)
    if alone is None or (alone[0][0] == "w" and not _BE.isdisjoint(chunk.text for chunk in chunks)):  # "was met with"
        return None
    return _match_without_verb(chunks, narration.end)


def find_tag_in_sentence(narration: NarrationSpan) -> Tag | None:
    """Return the tag in the sentence before a quotation ("Poirot went on."), although a full stop ends it."""
    if not narration.words.endswith("."):
        return None
    chunks = narration.ending
    for i in range(len(chunks) - 1, max(-1, len(chunks) - 4), -1):
        following = chunks[i + 1].text if i + 1 < len(chunks) else ""
        if chunks[i].text in _RESUMING_VERBS or f"{chunks[i].text}-{following}" in _RESUMING_VERBS:
            subject = find_subject(chunks, i)
            return Tag(chunks[i].text, subject, "before", False, chunks[i].end) if subject is not None else None
    return None


def _match_without_verb(chunks: Sequence[Chunk], end: int) -> Tag | None:
    """Return the tag of a lead-in without a speech verb: "Holmes turned to me:", "From Holmes:"."""
    named = len(chunks) in (2, 3) and chunks[0].text == "from"
    subject = chunks[1].phrase if named else find_last_subject(chunks)
    return Tag("", subject, "before", False, end) if subject is not None and is_person(subject) else None


def _introduces_next(narration: NarrationSpan, last: str, first: Chunk) -> bool:
    """Return whether the narration only introduces the next quotation: "Yes." He went on: "And you?"."""
    words = narration.words
    if words[-1:] not in (",", ":") or narration.end == len(narration.text):
        return False
    if words[0] == ";":
        return True
    capital = narration.text[first.start].isupper() and first.text != "i"
    return capital and (last == "." or (last in "?!" and first.phrase is not None and first.phrase.kind != "name"))
