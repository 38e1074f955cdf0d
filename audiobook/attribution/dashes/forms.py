"""Wording of speech and narration in dash dialogue: tags, actions, grammatical persons and tenses."""

import re
from collections.abc import Iterator
from functools import cache

from audiobook.attribution.dashes.fragments import Boundary
from audiobook.attribution.grammar.tags import build_tag_pattern
from audiobook.languages.en.dash_dialogue import (
    DEEDS,
    DID_THEN,
    HOW_OFTEN,
    INTERJECTIONS,
    PAST_WORDS,
    PERSONAL_WORDS,
    PRESENT_WORDS,
    PRONOUNS_FIRST,
    PRONOUNS_LAST,
    THIRD_WORDS,
    WHOM,
)
from audiobook.languages.en.lexicon import load_speech_verbs
from audiobook.languages.letters import CAPITALS

_PERSONAL = re.compile(rf"\b(?:{PERSONAL_WORDS})\b", re.IGNORECASE)
_PRESENT = re.compile(rf"\b(?:{PRESENT_WORDS})\b|\w['’](?:s|ll|re|ve|m|d)\b")
_CONTRACTED = re.compile(r"\w['’](?:ll|re|ve|m|t)\b")
_PAST = re.compile(rf"\b(?:{PAST_WORDS})\b")
_THIRD = re.compile(rf"\b(?:{THIRD_WORDS})\b", re.IGNORECASE)
_INTERJECTION = re.compile(rf"(?:{INTERJECTIONS})\b", re.IGNORECASE)
_SUBJECT = (
    r"(?:[Hh]e|[Ss]he|[Tt]hey|I|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y)\s+\w+(?:\s+\w+)?"
    rf"|(?:[{CAPITALS}][\w.'’]+\s+){{0,2}}[{CAPITALS}][\w'’]+)"
)
_PAST_ACTION = rf"(?:{DEEDS})"
# An action in the present tense.
_PRESENT_ACTION = re.compile(
    r"(\W*(?:(?:[Aa]nd|[Bb]ut|[Tt]hen|So|As|When) )?(?:[Hh]e|[Ss]he|[Tt]hey|(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir)\s+\w+"
    r"(?:\s+\w+)?|(?:[A-Z][\w.]+\s+){0,2}[A-Z]\w+)(?:\s+\w+ly|\s+all|\s+both)?)"
    r"(?:\s+(?P<helper>is|are|has|have|does|do)(?P<no>n['’]t)?|(?P<short>['’]s|['’]re)|\s+(?P<verb>[a-z]{2,}?)(?:e?s))\b"
)
TOLD = re.compile(
    rf"\W*(?:(?:[Aa]nd|[Bb]ut|[Tt]hen|So|As|When) )?{_SUBJECT}\s+(?:\w+ly\s+|all\s+|both\s+)?{_PAST_ACTION}\b"
)
# A tag with a verb that is not listed as a speech verb ("flashed Lucy").
ODD_TAG = re.compile(
    rf"(?:\w{{2,}}ed\s+(?:he|she|they|(?:the|his|her)\s+\w+|[{CAPITALS}]\w+)|was\s+(?:the|his|her)\s+\w+"
    rf"|{_SUBJECT}\s+\w{{2,}}ed)\b"
)
_HOW_OFTEN = rf"(?:{HOW_OFTEN})"
_WHOM = re.compile(rf"\s+(?:{WHOM})\b")
_PRONOUN = re.compile(rf"^(?:{PRONOUNS_FIRST})\b|\b(?:{PRONOUNS_LAST})$")
_FIRST = re.compile(r"[^\W\d_]+")
_SURE_TAGS = frozenset(("tag", "bare tag", "he said"))
# The kind of tag that a fragment is for the next one, by the feature of its words.
TAGS = {
    "tag": "tag",
    "bare tag": "bare tag",
    "he said": "'he said'",
    **dict.fromkeys(
        (f"subject and verb of speech behind a {boundary}" for boundary in ("comma", "dash", "stop")), "tag"
    ),
}


def convert_to_past(words: str) -> str:
    """Return the words of a fragment with its verb of action in the past tense."""
    does = _PRESENT_ACTION.match(words)
    if does is None:
        return words
    if does["verb"] and words[does.start("verb") : does.end()] in _load_speech_verbs():
        return words
    if does["helper"]:
        did = f" {DID_THEN[does['helper']]}{does['no'] or ''}"
    else:
        did = " was" if does["short"] else f" {does['verb']}ed"
    return does[1] + did + words[does.end() :]


def extract_form_features(words: str, boundary: Boundary) -> Iterator[str]:
    """Yield the features of tags, and other features of the wording."""
    tag = tuple(_find_tag_features(words, boundary))
    yield from tag
    yield "any"
    if tag and tag[0] in _SURE_TAGS:
        return  # "I said": the first person is that of the tag
    if TOLD.match(words):
        yield "somebody did"
    if _INTERJECTION.match(words):
        yield "interjection"
    if words.rstrip()[-1:] in {"!", "?"}:
        yield "ends in ! or ?"
    yield from _find_person_features(words)


def _find_tag_features(words: str, boundary: Boundary) -> Iterator[str]:
    first = _FIRST.match(words)
    tag = build_tag_pattern().match(words)
    if tag and words[tag.end() :].strip(" ,;:.\n"):
        yield "tag"
    elif tag:
        yield "he said" if _PRONOUN.search(tag.group()) else "bare tag"
    elif says := _build_says_pattern().match(words):
        yield f"subject and verb of speech behind a {boundary}"
        yield from _find_listener_features(words, says.end(), boundary)
    elif ODD_TAG.match(words):
        yield f"odd tag behind a {boundary}"
    elif first and first.group().lower() in _load_speech_verbs():
        yield "verb of speech first"
    if first and first.group().endswith("ing"):
        yield "-ing first"


def _find_listener_features(words: str, end: int, boundary: Boundary) -> Iterator[str]:
    """Yield what follows a subject and a speech verb: nothing, or the listener."""
    if not words[end:].strip(" ,;:.—–\n"):
        yield f"bare subject and verb of speech behind a {boundary}"
    elif _WHOM.match(words, end):
        yield f"subject and verb of speech and whom behind a {boundary}"


def _find_person_features(words: str) -> Iterator[str]:
    present = _PRESENT.search(words) is not None
    if _CONTRACTED.search(words):
        yield "contracted"
    if present:
        yield "present"
    elif _PAST.search(words):
        yield "past"
    if _PERSONAL.search(words):
        yield "I or you"
    elif _THIRD.search(words):
        yield "third person"


@cache
def _load_speech_verbs() -> frozenset[str]:
    verbs = load_speech_verbs()
    return verbs.strong | verbs.weak


@cache
def _build_says_pattern() -> re.Pattern[str]:
    verbs = "|".join(sorted(_load_speech_verbs(), key=lambda verb: (-len(verb), verb)))
    return re.compile(rf"{_SUBJECT}\s+(?:{_HOW_OFTEN}\s+)?(?:{verbs})\b")
