"""The forms of a speech tag: "said Holmes", "Holmes said", "was Emma's answer", "with Joe's remark"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.attribution.grammar.clauses import BASES, PARTICIPLES, VERBS, find_subject
from audiobook.attribution.grammar.phrases import Chunk, Phrase
from audiobook.languages.en.grammar import WORDS_SPOKEN
from audiobook.languages.en.lexicon import load_persons, load_words

Side = Literal["before", "after", "label"]
DialogueAct = Literal["asks", "answers", "goes_on", "calls", "thinks", ""]

_DIALOGUE_ACTS: tuple[DialogueAct, ...] = ("asks", "answers", "goes_on", "calls", "thinks")
_LOUDNESSES: tuple[Literal["whispered", "shouted"], ...] = ("whispered", "shouted")
_SPEECH = VERBS | PARTICIPLES | BASES
_MAX_CHUNKS_BEFORE_VERB = 9
_MAX_DISTANCE = 6  # most chunks between a weak verb and the quotation that it introduces
_MAX_CLOSE_DISTANCE = 3  # most chunks between a verb and the evidence that it belongs to a tag
_PARTICLES = load_words("particles") | load_words("auxiliaries")
_NOT_OF_A_NAME = load_words("prepositions") | load_words("joining") | load_words("object pronouns") | load_words("be")
_VERBS_OF_ARRIVAL = load_words("came")
_COMMON_VERBS = load_words("common verbs")
_INTRODUCING = load_words("joining") | frozenset(["with", "by", "at", "in"])
_SAYING_NOTHING = load_words("saying nothing")
_UNIT_ENDS = ("mark", "end")


@dataclass(frozen=True, slots=True)
class Tag:
    """A speech tag: a speech verb and its subject, beside a quotation."""

    verb: str  # empty for a lead-in without a verb: 'Holmes turned to me: "…"'
    subject: Phrase
    side: Side
    sure: bool  # the verb always introduces speech, or the punctuation proves it
    end: int  # the end of its words in the paragraph
    listener: Phrase | None = None  # "said Holmes to Watson"

    @property
    def dialogue_act(self) -> DialogueAct:
        """Return the dialogue act that its verb shows. It is empty if the verb shows none."""
        return next(
            (dialogue_act for dialogue_act in _DIALOGUE_ACTS if self.verb in load_words(f"manner {dialogue_act}")), ""
        )


def read_loudness(tag: Tag) -> Literal["whispered", "shouted"] | None:
    """Return whether the verb says that the words are whispered or shouted."""
    return next((way for way in _LOUDNESSES if tag.verb in load_words(f"loudness {way}")), None)


def match_verb_first(chunks: Sequence[Chunk], verb: int, side: Side, open_ended: bool) -> Tag | None:
    """Match a tag whose verb comes first: "said Holmes", "called out poor Holmes"."""
    at = skip_adverbs(chunks, verb + 1, 3) if verb + 1 < len(chunks) else len(chunks)
    while at < min(verb + 5, len(chunks)) and chunks[at].kind == "word" and chunks[at].text not in _NOT_OF_A_NAME:
        at += 1  # "poor"
    if at >= len(chunks) or chunks[at].kind not in ("phrase", "words"):
        return None
    phrase = _read_name(chunks, at)
    bare = chunks[at - 1].kind != "word" or _is_adverb(chunks[at - 1].text)
    if phrase is None or phrase.pronoun == "it" or not (bare or phrase.kind == "name"):
        return None
    sure = chunks[verb].kind == "verb" or open_ended
    return Tag(chunks[verb].text, phrase, side, sure, chunks[at].end, _find_listener(chunks, at))


def match_subject_first(chunks: Sequence[Chunk], first: int, last: str, lowered: bool) -> Tag | None:
    """Match a tag whose subject comes first, after a quotation that ends with `last`: "Holmes said"."""
    subject = chunks[first].phrase
    lowered = lowered or last == ","
    beat = not lowered and subject is not None and subject.kind != "name"  # "Yes!" He laughed.
    proved = lowered or last != "."
    for i, chunk in enumerate(chunks[first + 1 : first + 1 + _MAX_CHUNKS_BEFORE_VERB], first + 1):
        near = i - first <= _MAX_CLOSE_DISTANCE
        if chunk.kind not in _SPEECH or _says_nothing(chunks, i):
            continue
        if chunk.kind.startswith("weak") and (beat or not near or not proved):
            continue
        if (subject := find_subject(chunks, i)) is not None:
            sure = near and proved and not (beat and _has_object(chunks, i))
            return Tag(chunk.text, subject, "after", sure, chunk.end, _find_listener(chunks, i))
    return _match_unknown_verb(chunks, first) if last == "," else None


def match_nominal(chunks: Sequence[Chunk], first: int) -> Tag | None:
    """Match a tag with a noun for words: "was Emma's answer", "came his voice", "was all that she said"."""
    for i in range(first + 1, min(first + 6, len(chunks))):
        chunk = chunks[i]
        if chunk.kind == "words" and chunk.phrase is not None:
            return Tag(chunk.text, chunk.phrase, "after", True, chunk.end)
        if chunk.phrase is not None and chunk.phrase.head == "voice":
            named = _read_name(chunks, i)
            return Tag("voice", named, "after", True, chunk.end) if named else None
        if chunk.phrase is not None and _is_owner_of_words(chunks, i):
            return Tag("said", chunk.phrase, "after", True, chunk.end)
        if chunk.kind == "mark":
            return None
    return None


def _is_owner_of_words(chunks: Sequence[Chunk], i: int) -> bool:
    """Return whether the words are those of this person: "was all that she said", "was the view of Mr. Hall"."""
    before, phrase = chunks[i - 1].text.split()[-1], chunks[i].phrase
    if phrase is None or chunks[i].kind == "object":
        return False
    return before in WORDS_SPOKEN or (before in ("from", "of") and phrase.kind == "name")


def match_lead_in(chunks: Sequence[Chunk], i: int, leads_in: bool, near: bool) -> Tag | None:
    """Return the tag that the chunk makes before a quotation.

    With `near`, the verb must be strong or close to the quotation.
    """
    chunk = chunks[i]
    if chunk.kind == "words" and near:
        return _match_owned_words(chunks, i, leads_in)
    if chunk.kind not in _SPEECH:
        return None
    weak = chunk.kind.startswith("weak")
    if near and weak and len(chunks) - i > _MAX_DISTANCE:
        return None
    if i == 0 and chunk.kind in VERBS and (tag := match_verb_first(chunks, i, "before", leads_in)) is not None:
        return tag
    subject = find_subject(chunks, i)
    last = len(chunks) - i <= _MAX_CLOSE_DISTANCE
    if subject is None or (weak and not last and not is_person(subject)):
        return None
    sure = near and (leads_in or (last and not weak))
    return Tag(chunk.text, subject, "before", sure, chunk.end, _find_listener(chunks, i))


def is_person(phrase: Phrase) -> bool:
    """Return whether the phrase is certainly a person."""
    return phrase.kind != "noun" or phrase.head in load_persons()


def skip_adverbs(chunks: Sequence[Chunk], at: int, most: int) -> int:
    """Return the index after at most `most` adverbs."""
    beyond = min(at + most, len(chunks) - 1)
    while at < beyond and chunks[at].kind == "word" and _is_adverb(chunks[at].text):
        at += 1
    return at


def is_possible_verb(chunks: Sequence[Chunk], at: int, last: str) -> bool:
    """Return whether an unknown verb may be a speech verb: "supplied Margaret", after an unfinished quotation."""
    if last == "." or at + 1 >= len(chunks) or not chunks[at].text.endswith("ed"):
        return False
    beyond = chunks[at + 2].kind if at + 2 < len(chunks) else "end"
    return chunks[at].kind == "word" and chunks[at + 1].kind == "phrase" and beyond in _UNIT_ENDS


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in _PARTICLES


def _match_unknown_verb(chunks: Sequence[Chunk], first: int) -> Tag | None:
    """Match a verb that is not listed as a speech verb, after a comma: "Ronny summed up", "he flashed"."""
    subject = chunks[first].phrase
    at = skip_adverbs(chunks, first + 1, 2) if first + 1 < len(chunks) else first
    done = chunks[at].text.endswith("ed") or chunks[at].text in _COMMON_VERBS
    if subject is None or not done or chunks[at].kind != "word":
        return None
    return Tag(chunks[at].text, subject, "after", True, chunks[at].end, _find_listener(chunks, at))


def _says_nothing(chunks: Sequence[Chunk], verb: int) -> bool:
    """Return whether the words after the verb show an act without speech: "said nothing", "tried to check her"."""
    if verb + 1 >= len(chunks):
        return False
    following = chunks[verb + 1].text
    if following == "to" and chunks[verb].kind.startswith("weak"):
        return verb + 2 < len(chunks) and chunks[verb + 2].kind == "word" and chunks[verb + 2].text not in _PARTICLES
    return following in _SAYING_NOTHING


def _has_object(chunks: Sequence[Chunk], verb: int) -> bool:
    """Return whether the verb has an object: "explained the situation"."""
    following = chunks[verb + 1] if verb + 1 < len(chunks) else None
    return following is not None and (following.phrase is not None or following.text in ("that", "how", "something"))


def _match_owned_words(chunks: Sequence[Chunk], i: int, leads_in: bool) -> Tag | None:
    """Match a noun for words at the end of a lead-in: "Emma's answer was", "with Joe's remark,"."""
    phrase = chunks[i].phrase
    if phrase is None or (i > 0 and chunks[i - 1].kind != "mark" and chunks[i - 1].text not in _INTRODUCING):
        return None
    rest = [chunk.text for chunk in chunks[i + 1 :] if chunk.kind != "mark"]
    if len(rest) > 2 or not all(word in _VERBS_OF_ARRIVAL or word == "been" or _is_adverb(word) for word in rest):
        return None
    return Tag(chunks[i].text, phrase, "before", leads_in, chunks[i].end)


def _read_name(chunks: Sequence[Chunk], at: int) -> Phrase | None:
    """Return the subject that begins there, or the name after it ("his wife, Mrs. Hall", "the voice of Mr. Haq")."""
    phrase = chunks[at].phrase
    if phrase is None or phrase.kind != "noun" or at + 2 >= len(chunks):
        return phrase
    link, other = chunks[at + 1].text, chunks[at + 2].phrase
    if other is None or other.kind != "name":
        return phrase
    ends = at + 3 >= len(chunks) or chunks[at + 3].kind in _UNIT_ENDS
    return other if (link == "of" and phrase.head == "voice") or (link == "," and ends) else phrase


def _find_listener(chunks: Sequence[Chunk], verb: int) -> Phrase | None:
    """Return the listener: "to Watson", "asked Harriet", "told me"."""
    for i in range(verb + 1, min(verb + 5, len(chunks))):
        chunk = chunks[i]
        if chunk.kind == "object" or (chunk.phrase is not None and chunk.phrase.kind == "name"):
            return chunk.phrase if i == verb + 1 or chunks[i - 1].text == "to" else None
        if chunk.kind != "word":
            return None
    return None
