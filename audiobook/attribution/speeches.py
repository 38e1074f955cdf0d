"""Quotations of a paragraph that are one speech, and what their wording shows about the turn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.grammar.tags import Tag
from audiobook.languages.en.lexicon import load_words

Ending = Literal["asks", "exclaims", "breaks off", "goes on", "stops"]

_ENDINGS: dict[str, Ending] = {"?": "asks", "!": "exclaims", "-": "breaks off", "—": "breaks off", "–": "breaks off"}
_ENDINGS |= {"…": "breaks off", ",": "goes on", ";": "goes on", ":": "goes on"}
_CLOSING = "\"'”’»“‘«›)_* "
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ANSWERS = load_words("answers")
_ASKS = load_words("asking words")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a quotation begins and ends."""

    ending: Ending  # by the last mark
    answers: bool  # it begins with "yes", "no", "of course"
    asks: bool  # it begins with a question word: "who", "do"
    continues: bool  # it begins in lower case: it is the rest of a sentence


def read_wording(spoken: str) -> Wording:
    """Read the wording of a quotation. `spoken` includes the quotation marks."""
    last = spoken.rstrip(_CLOSING)[-1:]
    match = _FIRST_WORD.search(spoken)
    first = match[0] if match else ""
    small = first.lower()
    return Wording(_ENDINGS.get(last, "stops"), small in _ANSWERS, small in _ASKS, first[:1].islower())


_STOP = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?][\"'’”)\]]*(?=\s|$)")
_MAX_SENTENCES = 1  # sentences that may end between two quotations of one speech,
_MAX_SENTENCES_ABOUT_SPEAKER = 2  # and the number if the last of them has the speaker as its subject


class Turn(Protocol):
    """The fields of a turn that are read here. `joined` is set."""

    start: int
    end: int
    tag: Tag | None
    joined: bool
    before: Phrase | None
    after: Phrase | None
    wording: Wording


def join_speeches(text: str, turns: Sequence[Turn]) -> None:
    """Set `joined` for each of a paragraph's turns, in order, that goes on with the speech of the turn before."""
    for turn, following in pairwise(turns):
        if turn.tag is not None and _is_rest(text, turn, following):
            following.tag, following.joined = turn.tag, True
        following.joined = following.joined or _continues_speech(text, turn, following)


def _is_rest(text: str, turn: Turn, following: Turn) -> bool:
    """Return whether a turn is the rest of a sentence that a tag interrupts: "I," said he, as she came, "am here"."""
    cut = text[turn.start : turn.end].rstrip("\"'”’»“_* ")[-1:] == ","
    gap = text[turn.end : following.start].rstrip()
    tag = turn.tag
    behind = tag is not None and tag.side == "after" and tag.sure and tag.end <= following.start
    return behind and cut and gap[-1:] == "," and following.wording.continues


def _continues_speech(text: str, turn: Turn, following: Turn) -> bool:
    gap = text[turn.end : following.start]
    if not gap.strip():
        return False
    stops = len(_STOP.findall(gap))
    if stops > _MAX_SENTENCES_ABOUT_SPEAKER:
        return False
    tag, own = turn.tag, following.tag
    if own is None or own.subject.start < turn.end or (tag and own.subject.start == tag.subject.start):
        return _stays_with_speaker(turn, following, stops)
    return stops <= _MAX_SENTENCES and _have_same_speaker(tag, own)


def _stays_with_speaker(turn: Turn, following: Turn, stops: int) -> bool:
    """Return whether the narration between two turns is about the speaker, where the second turn has no tag."""
    about = following.before
    if stops and _names_another(about, turn.tag):
        return False
    if stops > _MAX_SENTENCES:
        return about is not None and about.kind == "pronoun" and about.pronoun != "it"
    if turn.tag is not None and turn.tag.side == "after":
        return True
    # "Tea?" Bob smiled. "Please." Kate sat down: a sentence about each of two people.
    other = following.after
    if about is None or other is None or other.kind != "name":
        return True
    return about.kind != "name" or about.text == other.text


def _names_another(about: Phrase | None, tag: Tag | None) -> bool:
    """Return whether the sentence between two turns names another person than the tag of the first."""
    if about is None or tag is None or about.kind != "name" or tag.subject.kind != "name":
        return False
    return about.text.split()[-1] != tag.subject.text.split()[-1]


def _have_same_speaker(tag: Tag | None, own: Tag) -> bool:
    """Return whether the second of two tags repeats the speaker of the first, by name or by a pronoun."""
    if tag is None:
        return own.side == "before" and own.subject.kind == "pronoun"
    if tag.subject.text.lower() == own.subject.text.lower():
        return True
    if own.subject.kind != "pronoun" or tag.subject.kind == "pronoun":
        return False
    return own.side == "after" and tag.subject.gender in (None, own.subject.gender)
