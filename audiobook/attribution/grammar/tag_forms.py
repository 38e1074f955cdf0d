"""The forms a tag has: "said Holmes", "Holmes said", "was Emma's answer", "with Joe's remark"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.attribution.grammar.clauses import BASES, PARTICIPLES, VERBS, subject_of
from audiobook.attribution.grammar.phrases import Phrase, Piece
from audiobook.languages.en.clauses import WORDS_SPOKEN
from audiobook.languages.en.lexicon import grammar, persons

Side = Literal["before", "after", "label"]
Style = Literal["asks", "answers", "goes_on", "calls", "thinks", ""]

_MANNERS: tuple[Style, ...] = ("asks", "answers", "goes_on", "calls", "thinks")
_LOUDNESSES: tuple[Literal["whispered", "shouted"], ...] = ("whispered", "shouted")
_SPEECH = VERBS | PARTICIPLES | BASES
_WORDS_BEFORE_VERB = 9
_NEAR = 6  # pieces between a weak verb and the quotation it introduces
_CLOSE = 3  # pieces between a verb and what proves that it is a tag's
_PARTICLES = grammar("particles") | grammar("auxiliaries")
_NOT_OF_A_NAME = grammar("prepositions") | grammar("joining") | grammar("object pronouns") | grammar("be")
_CAME = grammar("came")
_COMMON_VERBS = grammar("common verbs")
_INTRODUCING = grammar("joining") | frozenset(["with", "by", "at", "in"])
_SAYING_NOTHING = grammar("saying nothing")
_UNIT_ENDS = ("mark", "end")


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
    def style(self) -> Style:
        """What its verb shows of the place of the words in the talk; empty where it shows nothing."""
        return next((style for style in _MANNERS if self.verb in grammar(f"manner {style}")), "")


def loudness(tag: Tag) -> Literal["whispered", "shouted"] | None:
    """Whether its verb says that the words are whispered or shouted."""
    return next((way for way in _LOUDNESSES if tag.verb in grammar(f"loudness {way}")), None)


def inverted(pieces: Sequence[Piece], verb: int, side: Side, open_ended: bool) -> Tag | None:
    """ "said Holmes", "called out poor Holmes": the verb first, then its subject."""
    at = skip_adverbs(pieces, verb + 1, 3) if verb + 1 < len(pieces) else len(pieces)
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


def straight(pieces: Sequence[Piece], first: int, last: str, lowered: bool) -> Tag | None:
    """ "Holmes said": the subject first, behind a quotation with the `last` mark."""
    subject = pieces[first].phrase
    lowered = lowered or last == ","
    beat = not lowered and subject is not None and subject.kind != "name"  # "Yes!" He laughed.
    proved = lowered or last != "."
    for i, piece in enumerate(pieces[first + 1 : first + 1 + _WORDS_BEFORE_VERB], first + 1):
        near = i - first <= _CLOSE
        if piece.kind not in _SPEECH or _says_nothing(pieces, i):
            continue
        if piece.kind.startswith("weak") and (beat or not near or not proved):
            continue
        if (subject := subject_of(pieces, i)) is not None:
            sure = near and proved and not (beat and _has_object(pieces, i))
            return Tag(piece.text, subject, "after", sure, piece.end, _listener(pieces, i))
    return _unknown(pieces, first) if last == "," else None


def nominal(pieces: Sequence[Piece], first: int) -> Tag | None:
    """ "was Emma's answer", "came his voice", "was all that she said": whose words they were."""
    for i in range(first + 1, min(first + 6, len(pieces))):
        piece = pieces[i]
        if piece.kind == "words" and piece.phrase is not None:
            return Tag(piece.text, piece.phrase, "after", True, piece.end)
        if piece.phrase is not None and piece.phrase.head == "voice":
            named = _named(pieces, i)
            return Tag("voice", named, "after", True, piece.end) if named else None
        if piece.phrase is not None and _is_whose_words(pieces, i):
            return Tag("said", piece.phrase, "after", True, piece.end)
        if piece.kind == "mark":
            return None
    return None


def _is_whose_words(pieces: Sequence[Piece], i: int) -> bool:
    """ "was all that she said", "broke from Janey", "was the view of Mr. Hall"."""
    before, phrase = pieces[i - 1].text.split()[-1], pieces[i].phrase
    if phrase is None or pieces[i].kind == "object":
        return False
    return before in WORDS_SPOKEN or (before in ("from", "of") and phrase.kind == "name")


def introducing(pieces: Sequence[Piece], i: int, leads_in: bool, near: bool) -> Tag | None:
    """The tag that the piece makes before a quotation; with `near`, only by a strong verb or one close to it."""
    piece = pieces[i]
    if piece.kind == "words" and near:
        return _owned_words(pieces, i, leads_in)
    if piece.kind not in _SPEECH:
        return None
    weak = piece.kind.startswith("weak")
    if near and weak and len(pieces) - i > _NEAR:
        return None
    if i == 0 and piece.kind in VERBS and (tag := inverted(pieces, i, "before", leads_in)) is not None:
        return tag
    subject = subject_of(pieces, i)
    last = len(pieces) - i <= _CLOSE
    if subject is None or (weak and not last and not is_somebody(subject)):
        return None
    sure = near and (leads_in or (last and not weak))
    return Tag(piece.text, subject, "before", sure, piece.end, _listener(pieces, i))


def is_somebody(phrase: Phrase) -> bool:
    """Whether the phrase names a person beyond doubt."""
    return phrase.kind != "noun" or phrase.head in persons()


def skip_adverbs(pieces: Sequence[Piece], at: int, most: int) -> int:
    """The place behind up to so many adverbs."""
    beyond = min(at + most, len(pieces) - 1)
    while at < beyond and pieces[at].kind == "word" and _is_adverb(pieces[at].text):
        at += 1
    return at


def may_be_verb(pieces: Sequence[Piece], at: int, last: str) -> bool:
    """Whether a word unknown as a verb of speech stands as one: "supplied Margaret", behind a quotation left open."""
    if last == "." or at + 1 >= len(pieces) or not pieces[at].text.endswith("ed"):
        return False
    beyond = pieces[at + 2].kind if at + 2 < len(pieces) else "end"
    return pieces[at].kind == "word" and pieces[at + 1].kind == "phrase" and beyond in _UNIT_ENDS


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _PARTICLES


def _unknown(pieces: Sequence[Piece], first: int) -> Tag | None:
    """ "Ronny summed up", "he flashed": a verb that is not known for one of speech, behind a comma."""
    subject = pieces[first].phrase
    at = skip_adverbs(pieces, first + 1, 2) if first + 1 < len(pieces) else first
    done = pieces[at].text.endswith("ed") or pieces[at].text in _COMMON_VERBS
    if subject is None or not done or pieces[at].kind != "word":
        return None
    return Tag(pieces[at].text, subject, "after", True, pieces[at].end, _listener(pieces, at))


def _says_nothing(pieces: Sequence[Piece], verb: int) -> bool:
    """Whether what follows shows an act without words: "said nothing", "tried to check her"."""
    if verb + 1 >= len(pieces):
        return False
    following = pieces[verb + 1].text
    if following == "to" and pieces[verb].kind.startswith("weak"):
        return verb + 2 < len(pieces) and pieces[verb + 2].kind == "word" and pieces[verb + 2].text not in _PARTICLES
    return following in _SAYING_NOTHING


def _has_object(pieces: Sequence[Piece], verb: int) -> bool:
    """Whether the verb goes on to what was said or done: "explained the situation"."""
    following = pieces[verb + 1] if verb + 1 < len(pieces) else None
    return following is not None and (following.phrase is not None or following.text in ("that", "how", "something"))


def _owned_words(pieces: Sequence[Piece], i: int, leads_in: bool) -> Tag | None:
    """ "Emma's answer was", "with Joe's remark," at the end of a lead-in."""
    phrase = pieces[i].phrase
    if phrase is None or (i > 0 and pieces[i - 1].kind != "mark" and pieces[i - 1].text not in _INTRODUCING):
        return None
    rest = [piece.text for piece in pieces[i + 1 :] if piece.kind != "mark"]
    if len(rest) > 2 or not all(word in _CAME or word == "been" or _is_adverb(word) for word in rest):
        return None
    return Tag(pieces[i].text, phrase, "before", leads_in, pieces[i].end)


def _named(pieces: Sequence[Piece], at: int) -> Phrase | None:
    """The subject that begins there: itself, or the name behind it ("his wife, Mrs. Hall", "the voice of Mr. Haq")."""
    phrase = pieces[at].phrase
    if phrase is None or phrase.kind != "noun" or at + 2 >= len(pieces):
        return phrase
    link, other = pieces[at + 1].text, pieces[at + 2].phrase
    if other is None or other.kind != "name":
        return phrase
    ends = at + 3 >= len(pieces) or pieces[at + 3].kind in _UNIT_ENDS
    return other if (link == "of" and phrase.head == "voice") or (link == "," and ends) else phrase


def _listener(pieces: Sequence[Piece], verb: int) -> Phrase | None:
    """Whom the words are said to: "to Watson", "asked Harriet", "told me"."""
    for i in range(verb + 1, min(verb + 5, len(pieces))):
        piece = pieces[i]
        if piece.kind == "object" or (piece.phrase is not None and piece.phrase.kind == "name"):
            return piece.phrase if i == verb + 1 or pieces[i - 1].text == "to" else None
        if piece.kind != "word":
            return None
    return None
