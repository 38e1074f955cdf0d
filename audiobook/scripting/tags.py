"""Tags ("said Holmes", "the old man answered", "she asked him") and beats (Iruka grinned.) beside a quotation.

A tag has a verb of speech and its subject. A beat has only somebody doing something, in the same paragraph as the
quotation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.scripting.clauses import BASES, PARTICIPLES, VERBS, all_subjects, first_subject, last_subject, subject_of
from audiobook.scripting.lexicon import grammar, persons
from audiobook.scripting.names import NameMention
from audiobook.scripting.phrases import Phrase, Piece, read_pieces

Side = Literal["before", "after", "label"]
Manner = Literal["asks", "answers", "goes_on", "calls", "thinks", ""]
_MANNERS: tuple[Manner, ...] = ("asks", "answers", "goes_on", "calls", "thinks")

_SENTENCE_START = re.compile(r"(?:(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?;]['’\")\]]*|\*)\s+(?=\S)")
_LEADS_IN = re.compile(r"[,:—–-]\s*$|\b(?:that|with|and|was|only)\s*$")
_MOST_BEFORE = 240  # characters of narration looked at on either side
_WORDS_BEFORE_VERB = 9
_NEAR = 6  # pieces between a weak verb and the quotation it introduces
_PARTICLES = grammar("particles") | grammar("auxiliaries")
_NOT_OF_A_NAME = grammar("prepositions") | grammar("joining") | grammar("object pronouns") | grammar("be")
_CAME = grammar("came")
_INTRODUCING = grammar("joining") | frozenset(["with", "by", "at", "in"])
_SAYING_NOTHING = grammar("saying nothing")
_OF_WORDS = frozenset(["all", "that", "what", "words"])  # "was all that she said", "were the words she spoke"


@dataclass(frozen=True, slots=True)
class Tag:
    """A verb of speech and its subject beside a quotation."""

    verb: str  # empty for a lead-in without one: 'Holmes turned to me: "…"'
    subject: Phrase
    side: Side
    sure: bool  # a verb that only ever introduces speech, or one that the punctuation proves
    end: int  # where its words end in the paragraph
    listener: Phrase | None = None  # "said Holmes to Watson"

    @property
    def manner(self) -> Manner:
        """What its verb shows of the place of the words in the talk; empty where it shows nothing."""
        return next((manner for manner in _MANNERS if self.verb in grammar(f"manner {manner}")), "")


def tag_after(text: str, start: int, end: int, names: Sequence[NameMention], spoken: str) -> Tag | None:
    """The tag in the narration from `start` to `end`, right behind the quotation whose words are `spoken`."""
    pieces = _clause(read_pieces(text, start, min(end, start + _MOST_BEFORE), names))
    if not pieces:
        return None
    last = spoken.rstrip("\"'”’»“ _*")[-1:]
    first = _skip(pieces, 0, 3)
    piece = pieces[first]
    if piece.kind in VERBS or _may_be_verb(pieces, first, last):
        return _inverted(pieces, first, "after", last != ".") or _nominal(pieces, first)
    if piece.text in _CAME:
        return _nominal(pieces, first)
    if piece.phrase is None or piece.kind == "object" or _opens_next(text, start, end, last, piece):
        return None
    return _straight(pieces, first, last, text[start:end].lstrip(" ,—–-")[:1].islower())


def tag_before(text: str, start: int, end: int, names: Sequence[NameMention]) -> Tag | None:
    """The tag in the narration from `start` to `end`, right before a quotation."""
    start = last_sentence(text, max(start, end - _MOST_BEFORE), end)
    leads_in = _LEADS_IN.search(text, start, end) is not None
    if not leads_in and not text[start:end].rstrip()[-1:].isalnum():
        return None
    pieces = [p for p in read_pieces(text, start, end, names, most=48) if p.kind != "end"]
    for near in (True, False):
        for i in range(len(pieces) - 1, -1, -1):
            tag = _introducing(pieces, i, leads_in, near)
            if tag is not None:
                return tag
    subject = last_subject(pieces)
    if subject is not None and text[start:end].rstrip()[-1:] == ":" and _is_somebody(subject):
        return Tag("", subject, "before", False, end)
    return None


def first_phrase(text: str, start: int, end: int, names: Sequence[NameMention]) -> Phrase | None:
    """Whom the sentence opening at `start` is about: the first person it names."""
    pieces = _clause(read_pieces(text, start, min(end, start + _MOST_BEFORE), names))
    return first_subject(pieces)


def narration_subjects(text: str, start: int, end: int, names: Sequence[NameMention]) -> list[Phrase]:
    """The subjects of all clauses of the narration from `start` to `end`, in order."""
    return list(all_subjects(read_pieces(text, start, end, names, most=end - start)))


def last_sentence(text: str, start: int, end: int) -> int:
    """Where the last sentence between `start` and `end` begins."""
    begin = start
    for match in _SENTENCE_START.finditer(text, start, end):
        if text[match.end() : end].strip():
            begin = match.end()
    return begin


def next_sentence(text: str, start: int, end: int) -> int:
    """Where the first sentence that begins behind `start` begins; at `start` if none does before `end`."""
    match = _SENTENCE_START.search(text, start, end)
    return match.end() if match else start


def _clause(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces up to the end of the first sentence, without the marks that open it."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "end" and kept:
            break
        if kept or piece.kind not in ("mark", "end"):
            kept.append(piece)
    return kept


def _skip(pieces: Sequence[Piece], at: int, most: int) -> int:
    """The place behind up to so many adverbs."""
    beyond = min(at + most, len(pieces) - 1)
    while at < beyond and pieces[at].kind == "word" and _is_adverb(pieces[at].text):
        at += 1
    return at


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _PARTICLES


def _may_be_verb(pieces: Sequence[Piece], at: int, last: str) -> bool:
    """Whether a word unknown as a verb of speech stands as one: "supplied Margaret", behind a quotation left open."""
    if last == "." or at + 1 >= len(pieces) or not pieces[at].text.endswith("ed"):
        return False
    beyond = pieces[at + 2].kind if at + 2 < len(pieces) else "end"
    return pieces[at].kind == "word" and pieces[at + 1].kind == "phrase" and beyond in ("mark", "end")


def _opens_next(text: str, start: int, end: int, last: str, first: Piece) -> bool:
    """Whether the narration only introduces the quotation behind it: "Yes." He went on: "And you?" """
    if text[start:end].rstrip()[-1:] not in (",", ":") or end == len(text):
        return False
    if text[start:end].lstrip()[:1] == ";":
        return True
    capital = text[first.start].isupper() and first.text != "i"
    return capital and (last == "." or (last in "?!" and first.phrase is not None and first.phrase.kind != "name"))


def _straight(pieces: Sequence[Piece], first: int, last: str, lowered: bool) -> Tag | None:
    """ "Holmes said": the subject first."""
    subject = pieces[first].phrase
    beat = not lowered and last != "," and subject is not None and subject.kind != "name"  # "Yes!" He laughed.
    open_ended = last != "."
    for i, piece in enumerate(pieces[first + 1 : first + 1 + _WORDS_BEFORE_VERB], first + 1):
        near = i - first <= 3
        strong = piece.kind in ("verb", "participle", "base")
        weak = piece.kind in ("weak verb", "weak participle", "weak base") and (open_ended or lowered) and near
        if (strong or (weak and not beat)) and not _says_nothing(pieces, i):
            subject = subject_of(pieces, i)
            if subject is not None:
                sure = near and (open_ended or lowered)
                return Tag(piece.text, subject, "after", sure, piece.end, _listener(pieces, i))
    return _unknown(pieces, first) if last == "," else None


def _unknown(pieces: Sequence[Piece], first: int) -> Tag | None:
    """ "Ronny summed up", "he flashed": a verb that is not known for one of speech, behind a comma."""
    subject = pieces[first].phrase
    at = _skip(pieces, first + 1, 2) if first + 1 < len(pieces) else first
    if subject is None or not pieces[at].text.endswith("ed") or pieces[at].kind != "word":
        return None
    return Tag(pieces[at].text, subject, "after", True, pieces[at].end, _listener(pieces, at))


def _says_nothing(pieces: Sequence[Piece], verb: int) -> bool:
    return verb + 1 < len(pieces) and pieces[verb + 1].text in _SAYING_NOTHING


def _introducing(pieces: Sequence[Piece], i: int, leads_in: bool, near: bool) -> Tag | None:
    """The tag that the piece makes before a quotation: near ones are strong verbs, or stand close to it."""
    piece = pieces[i]
    if piece.kind == "words" and near:
        return _owned_words(pieces, i, leads_in)
    if piece.kind not in VERBS | PARTICIPLES | BASES:
        return None
    if near and piece.kind.startswith("weak") and len(pieces) - i > _NEAR:
        return None
    tag = _inverted(pieces, i, "before", leads_in) if i == 0 and piece.kind in VERBS else None
    if tag is None and (subject := subject_of(pieces, i)) is not None:
        if piece.kind.startswith("weak") and not _is_somebody(subject):
            return None
        tag = Tag(piece.text, subject, "before", leads_in and near, piece.end, _listener(pieces, i))
    return tag


def _is_somebody(phrase: Phrase) -> bool:
    """Whether the phrase names a person beyond doubt."""
    return phrase.kind != "noun" or phrase.head in persons()


def _owned_words(pieces: Sequence[Piece], i: int, leads_in: bool) -> Tag | None:
    """ "Emma's answer was", "with Joe's remark," at the end of a lead-in."""
    phrase = pieces[i].phrase
    rest = [piece.text for piece in pieces[i + 1 :] if piece.kind != "mark"]
    governed = i > 0 and pieces[i - 1].kind != "mark" and pieces[i - 1].text not in _INTRODUCING
    if (
        phrase is None
        or governed
        or len(rest) > 2
        or not all(word in _CAME or _is_adverb(word) or word == "been" for word in rest)
    ):
        return None
    return Tag(pieces[i].text, phrase, "before", leads_in, pieces[i].end)


def _inverted(pieces: Sequence[Piece], verb: int, side: Side, open_ended: bool) -> Tag | None:
    """ "said Holmes", "called out poor Holmes": the verb first, then its subject."""
    at = _skip(pieces, verb + 1, 3) if verb + 1 < len(pieces) else len(pieces)
    while at < min(verb + 5, len(pieces)) and pieces[at].kind == "word" and pieces[at].text not in _NOT_OF_A_NAME:
        at += 1  # "poor"
    if at >= len(pieces) or pieces[at].kind not in ("phrase", "words"):
        return None
    phrase = _named(pieces, at)
    bare = pieces[at - 1].kind != "word" or _is_adverb(pieces[at - 1].text)
    if phrase is None or phrase.pronoun == "it" or not (bare or phrase.kind == "name"):
        return None
    sure = pieces[verb].kind == "verb" or open_ended
    return Tag(pieces[verb].text, phrase, side, sure, pieces[at].end, _listener(pieces, at))


def _named(pieces: Sequence[Piece], at: int) -> Phrase | None:
    """The subject that begins there: itself, or the name behind it ("his wife, Mrs. Hall", "the voice of Mr. Haq")."""
    phrase = pieces[at].phrase
    if phrase is None or phrase.kind != "noun" or at + 2 >= len(pieces):
        return phrase
    link, other = pieces[at + 1].text, pieces[at + 2].phrase
    if other is None or other.kind != "name":
        return phrase
    ends = at + 3 >= len(pieces) or pieces[at + 3].kind in ("mark", "end")
    return other if (link == "of" and phrase.head == "voice") or (link == "," and ends) else phrase


def _nominal(pieces: Sequence[Piece], first: int) -> Tag | None:
    """ "was Emma's answer", "came his voice", "was all that she said": whose words they were."""
    for i in range(first + 1, min(first + 6, len(pieces))):
        piece = pieces[i]
        if piece.kind == "words" and piece.phrase is not None:
            return Tag(piece.text, piece.phrase, "after", True, piece.end)
        if piece.phrase is not None and piece.phrase.head == "voice":
            named = _named(pieces, i)
            return Tag("voice", named, "after", True, piece.end) if named else None
        if piece.kind == "phrase" and pieces[i - 1].text.split()[-1] in _OF_WORDS:
            return Tag("said", piece.phrase, "after", True, piece.end) if piece.phrase else None
        if piece.kind == "mark":
            return None
    return None


def _listener(pieces: Sequence[Piece], verb: int) -> Phrase | None:
    """Whom the words are said to: "to Watson", "asked Harriet", "told me"."""
    for i in range(verb + 1, min(verb + 5, len(pieces))):
        piece = pieces[i]
        if piece.kind == "object" or (piece.phrase is not None and piece.phrase.kind == "name"):
            return piece.phrase if i == verb + 1 or pieces[i - 1].text == "to" else None
        if piece.kind != "word":
            return None
    return None
