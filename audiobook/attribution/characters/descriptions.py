"""Resolves nouns to named persons: "the captain" is Captain Halloran, "the driver" is "Osric, the driver".

A noun is linked to a person by their title, by an apposition or a statement in the narration, or by an introduction. It
then refers to this person wherever no other person is linked to it. A noun that fits many people ("the boy") is
resolved only in the chapter in which the link was found.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from audiobook.attribution.grammar.names import Name, NameMention
from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.turns import NEAR_TURNS, Passage, Turn
from audiobook.languages.en.grammar import DEFINITE, MINE
from audiobook.languages.en.lexicon import KIN, TITLE_SPELLINGS, load_persons, load_words
from audiobook.languages.en.people import TITLE_NOUNS

_OFFICES = frozenset(TITLE_SPELLINGS.get(word, word) for word in load_words("offices"))
_ANYBODY = load_words("anybody")
_PLAIN_ADJECTIVES = load_words("plain adjectives")
_NOT_OFFICES = _ANYBODY | KIN | load_words("address")
_NOUN = r"(?:[a-z]+ ){0,2}?(?P<noun>[A-Za-z][a-z]+)"
_NOUN_AFTER = re.compile(
    rf"(?:,| (?:was|is|had been)|, who (?:was|is|had been)) (?:the|a|an|our|their) {_NOUN}(?=[.;!?)—]|$|,(?! and\b)"
    r"| (?:of|at|who|with|in|from|to|on|for)\b)"
)
_NOUN_BEFORE = re.compile(rf"\b[Tt]he {_NOUN}, $")
_MY_KIN_BEFORE = re.compile(r"\b[Mm]y (?P<noun>[a-z]+),? $")
_APPOSITION_END = re.compile(r"[.;!?)—]|,(?! and\b)")
_LOOK_BACK = 40  # characters
_TURNS_AROUND = 4  # turns of the same paragraph on either side
_DOMINANCE = 5  # links to one person that are needed for each link to another

NounEvidence = tuple[int, str, int]  # (chapter, noun, person)
Resolve = Callable[[Phrase, int], int | None]  # (phrase, chapter) → the person whom the phrase refers to


class Descriptions:
    """Nouns and the persons to whom they refer."""

    def __init__(self, said: Iterator[NounEvidence]) -> None:
        near: dict[tuple[int, str], Counter[int]] = {}
        anywhere: dict[str, Counter[int]] = {}
        for chapter, noun, who in said:
            near.setdefault((chapter, noun), Counter())[who] += 1
            if noun not in _ANYBODY:
                anywhere.setdefault(noun, Counter())[who] += 1
        self._in_chapter = {key: _find_dominant(bearers) for key, bearers in near.items()}
        self._in_book = {noun: _find_dominant(bearers) for noun, bearers in anywhere.items()}

    def find_referent(self, noun: str, chapter: int | None = None) -> int | None:
        """Return the person to whom the noun refers in the chapter, or in the whole book if there is no chapter."""
        who = self._in_book.get(noun)
        return self._in_chapter.get((chapter, noun)) if who is None and chapter is not None else who

    def resolve(self, phrase: Phrase, chapter: int) -> int | None:
        """Return the person to whom a noun phrase refers."""
        noun = read_definite_noun(phrase)
        return self.find_referent(noun, chapter) if noun else None


def read_definite_noun(phrase: Phrase | None) -> str:
    """Return the noun of a phrase that refers to one known person.

    The result is empty for a phrase that may refer to anybody: "a captain", "the other captain".
    """
    if phrase is None or phrase.kind != "noun":
        return ""
    words = phrase.text.lower().split()
    if words == [MINE, phrase.head] and phrase.head in KIN:
        return " ".join(words)
    heard = words[-1] == "voice" and phrase.head != "voice"  # "a boy's voice"
    if heard:
        words = words[:-1]
    if not (words[0] in DEFINITE or heard) or not _PLAIN_ADJECTIVES.issuperset(words[1:-1]):
        return ""
    return TITLE_SPELLINGS.get(phrase.head, phrase.head)


def _find_dominant(bearers: Counter[int]) -> int | None:
    ranked = bearers.most_common(2)
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= _DOMINANCE * ranked[1][1] else None


def find_descriptions(
    passages: Sequence[Passage], turns: Sequence[Turn], people_by_name: Mapping[Name, int]
) -> Descriptions:
    """Find the nouns that refer to people with names."""
    return Descriptions(_collect_evidence(passages, turns, people_by_name))


def _collect_evidence(
    passages: Sequence[Passage], turns: Sequence[Turn], people_by_name: Mapping[Name, int]
) -> Iterator[NounEvidence]:
    for passage in passages:
        spoken = (m for i in passage.turns for m in (*turns[i].addressed, *turns[i].spoken_of, *turns[i].introduces))
        stated = [(mention, noun) for mention in passage.names for noun in find_stated_nouns(passage.text, mention)]
        titled = [(mention, noun) for mention in (*passage.names, *spoken) for noun in _find_title_nouns(mention)]
        for mention, noun in (*stated, *titled):
            if mention.name in people_by_name:
                yield passage.chapter, noun, people_by_name[mention.name]
    for index, turn in enumerate(turns):
        introduced = {people_by_name[m.name] for m in turn.introduces if m.name in people_by_name}
        if len(introduced) == 1 and (noun := _find_speaker_noun(passages, turns, index)):
            yield passages[turn.passage].chapter, noun, introduced.pop()


def _find_title_nouns(mention: NameMention) -> Iterator[str]:
    """Yield the nouns that the titles before a name imply: "the Reverend Mr Tansley" is a vicar."""
    if not mention.name.title:
        return
    for word in mention.surface.lower().split()[: -len(mention.name.words)]:
        title = TITLE_SPELLINGS.get(word.rstrip("."), word.rstrip("."))
        yield from TITLE_NOUNS.get(title, (title,) if _is_office(title) else ())
        if title in KIN:
            yield f"{MINE} {title}"


def _is_office(title: str) -> bool:
    """Return whether a title is also a noun for the person: "Guard Hession" is a guard."""
    return title in _OFFICES or (title in load_persons() and title not in _NOT_OFFICES)


def find_stated_nouns(text: str, mention: NameMention) -> Iterator[str]:
    """Yield the nouns for people that the narration puts beside a name: "Osric, the driver"."""
    kin = _MY_KIN_BEFORE.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    if kin and kin["noun"] in KIN:
        yield f"{MINE} {kin['noun']}"
    if mention.possessive:
        return
    after = _NOUN_AFTER.match(text, mention.end)
    if after is None and _APPOSITION_END.match(text, mention.end):
        after = _NOUN_BEFORE.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    noun = after["noun"].lower() if after else ""
    if noun in load_persons() and noun not in _ANYBODY and noun not in KIN:
        yield TITLE_SPELLINGS.get(noun, noun)


def _find_speaker_noun(passages: Sequence[Passage], turns: Sequence[Turn], index: int) -> str:
    """Return the noun for the speaker of a turn: from its tag, another tag beside it, or the tag two turns back."""
    turn = turns[index]
    if turn.tag is not None:
        noun = read_definite_noun(turn.tag.subject)
        return noun or _find_noun_nearby(turns, index)
    if noun := _find_noun_nearby(turns, index):
        return noun
    back = _find_turn_two_back(passages, turns, index)
    return read_definite_noun(back.tag.subject) if back is not None and back.tag is not None else ""


def _find_turn_two_back(passages: Sequence[Passage], turns: Sequence[Turn], index: int) -> Turn | None:
    """Return the last turn of the dialogue paragraph two before the turn, if both gaps are short."""
    answered = passages[turns[index - 1].passage].turns[0] if index else 0
    near = answered and turns[index].passage - turns[answered - 1].passage <= NEAR_TURNS
    return turns[answered - 1] if near else None


def _find_noun_nearby(turns: Sequence[Turn], index: int) -> str:
    """Return the noun on which all tags around a turn in its paragraph agree."""
    about = turns[max(0, index - _TURNS_AROUND) : index + _TURNS_AROUND + 1]
    tags = [turn.tag for turn in about if turn.passage == turns[index].passage]
    nouns = {read_definite_noun(tag.subject) for tag in tags if tag is not None and tag.subject.kind != "pronoun"}
    return nouns.pop() if len(nouns) == 1 else ""


def resolve_nouns(
    passages: Sequence[Passage], turns: Sequence[Turn], people_by_name: Mapping[Name, int], resolve: Resolve
) -> list[list[tuple[int, int]]]:
    """Replace each noun phrase that `resolve` resolves by the name of that person.

    Return the (offset, person) pairs of these phrases, per passage.
    """
    names: dict[int, Name] = {}
    for name, who in people_by_name.items():
        names.setdefault(who, name)
    return [_resolve_passage(passage, turns, names, resolve) for passage in passages]


def _resolve_passage(
    passage: Passage, turns: Sequence[Turn], names: Mapping[int, Name], resolve: Resolve
) -> list[tuple[int, int]]:
    seen: dict[int, int] = {}

    def replace_by_name(phrase: Phrase) -> Phrase:
        who = resolve(phrase, passage.chapter)
        if who is None or who not in names:
            return phrase
        if passage.text.startswith(phrase.text, phrase.start):  # otherwise it is in the passage that leads in
            seen[phrase.start] = who
        return replace(phrase, kind="name", name=NameMention(phrase.start, phrase.end, names[who], phrase.text, False))

    passage.first = passage.first and replace_by_name(passage.first)
    passage.last = passage.last and replace_by_name(passage.last)
    passage.subjects = [replace_by_name(phrase) for phrase in passage.subjects]
    for index in passage.turns:
        turn = turns[index]
        turn.before, turn.after = (
            turn.before and replace_by_name(turn.before),
            turn.after and replace_by_name(turn.after),
        )
        turn.tag = turn.tag and replace(turn.tag, subject=replace_by_name(turn.tag.subject))
    return sorted(seen.items())
