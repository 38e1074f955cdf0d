"""The stage: a book's passages, turns and people, with everybody's entrances, ready for finding who says what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audiobook.attribution.characters.acquaintance import find_acquaintance
from audiobook.attribution.characters.ages import settle_ages
from audiobook.attribution.characters.context_nouns import Bearers
from audiobook.attribution.characters.descriptions import find_descriptions, put_names_to_nouns
from audiobook.attribution.characters.genders import hear_genders, settle_genders
from audiobook.attribution.characters.joining import (
    join_called,
    join_described,
    join_introduced,
    join_otherwise,
    join_revealed,
    names_given_alone,
    share_introductions,
)
from audiobook.attribution.characters.naming import grant_genders, grant_names
from audiobook.attribution.characters.narrator import find_narrator
from audiobook.attribution.characters.people import Person, gather_people
from audiobook.attribution.characters.personhood import find_persons
from audiobook.attribution.grammar.names import Name, NameMention, count_capitals
from audiobook.attribution.grammar.phrases import Phrase, noun_key
from audiobook.attribution.quotes.play_labels import find_label, label_tag, mention_of_speaker, speaker_tag
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.attribution.turns import NEAR_TURNS, Passage, Turn, names_of, read_passage
from audiobook.languages import Language, language_for
from audiobook.languages.en.lexicon import grammar, persons
from audiobook.model.book import Book, Paragraph
from audiobook.model.edits import NO_EDITS, ScriptEdits
from audiobook.model.script import Gender


@dataclass(slots=True, kw_only=True)
class Stage:
    """Everything known about a book before anybody is given a line."""

    passages: list[Passage]
    turns: list[Turn]
    people: list[Person]
    found: dict[Name, int]  # a name's person
    nouns: dict[str, int]  # "old man": the person known by that noun only
    narrator: int | None  # the person who tells the story in the first person; named or not
    entrances: list[list[tuple[int, int]]] = field(default_factory=list)  # per passage: (offset, person) in narration
    spans: list[dict[int, tuple[int, int]]] = field(default_factory=list)  # per passage: first and last entrances
    families: dict[str, list[int]] = field(default_factory=dict)  # a surname's people
    meant: dict[str, int] = field(default_factory=dict)  # whom the names mean that a person's decisions use

    def person_of(self, phrase: Phrase | None) -> int | None:
        """The person a phrase names outright."""
        if phrase is None:
            return None
        if phrase.kind == "name" and phrase.name is not None:
            return self.found.get(phrase.name.name)
        if phrase.kind == "noun":
            return self.nouns.get(noun_key(phrase))
        return self.narrator if phrase.pronoun == "i" else None

    def passage_beside(self, number: int, step: int) -> Passage | None:
        """The passage so many after one (before, if negative); None where that is of another scene."""
        other = number + step
        if not 0 <= other < len(self.passages) or self.passages[other].scene != self.passages[number].scene:
            return None
        return self.passages[other]

    def in_conversation(self, index: int, other: int) -> bool:
        """Whether there is such another turn, near the first and in its scene."""
        if not 0 <= other < len(self.turns):
            return False
        here, there = self.turns[index].passage, self.turns[other].passage
        return abs(there - here) <= NEAR_TURNS and self.passages[there].scene == self.passages[here].scene


_NOBODY = grammar("never speak") | grammar("others")


def set_stage(book: Book, quotations: Sequence[Sequence[Sequence[Quotation]]], edits: ScriptEdits = NO_EDITS) -> Stage:
    """The stage for a book whose quotations are given per chapter and paragraph."""
    capitals = count_capitals(p.text for c in book.chapters for p in c.paragraphs if p.kind != "heading")
    known: dict[str, str] = {}
    passages: list[Passage] = []
    turns: list[Turn] = []
    everyone: list[NameMention] = []
    scene = 0
    language = language_for(book.facts.language)
    for c, (chapter, found) in enumerate(zip(book.chapters, quotations, strict=True)):
        scene += 1
        for p, (paragraph, spans) in enumerate(zip(chapter.paragraphs, found, strict=True)):
            scene += _parts(paragraph)
            names = names_of(paragraph, capitals, known)
            passage = Passage(chapter=c, paragraph=p, text=paragraph.text, scene=scene, names=[])
            fresh = _read_labelled(passage, spans, names, len(passages), language, speaker=paragraph.speaker)
            everyone.extend(names)
            passage.turns.extend(range(len(turns), len(turns) + len(fresh)))
            turns.extend(fresh)
            passages.append(passage)
    _lead_in(passages, turns)
    return _people(passages, turns, everyone, edits)


def _read_labelled(
    passage: Passage,
    spans: Sequence[Quotation],
    names: list[NameMention],
    index: int,
    language: Language,
    *,
    speaker: str,
) -> list[Turn]:
    """The turns of a passage; in a play, each with its label as its tag, and the label among the names."""
    if speaker:
        mention = mention_of_speaker(speaker)
        fresh = read_passage(passage, spans, names, index, language)
        tag = speaker_tag(mention)
        if tag.subject.name is not None:
            passage.names = [mention, *passage.names]
            names.insert(0, mention)
        for turn in fresh:
            turn.tag, turn.joined = tag, turn is not fresh[0]
        return fresh
    label = find_label(passage.text, spans, names)
    if label is None:
        return read_passage(passage, spans, names, index, language)
    names[:] = [label, *(name for name in names if name.start >= label.end)]
    fresh = read_passage(passage, spans, names, index, language)
    fresh[0].tag = label_tag(passage.text, label)
    return fresh


def _parts(paragraph: Paragraph) -> int:
    return int(paragraph.kind in ("heading", "break"))


def _lead_in(passages: Sequence[Passage], turns: Sequence[Turn]) -> None:
    """Give the speech that a paragraph's ending introduces ("She said:") that tag."""
    for passage, following in pairwise(passages):
        if passage.lead is None or not following.turns:
            continue
        turn = turns[following.turns[0]]
        if turn.tag is None and not following.text[: turn.start].strip():
            turn.tag = passage.lead


def _people(passages: list[Passage], turns: list[Turn], everyone: Sequence[NameMention], edits: ScriptEdits) -> Stage:
    names, forms = Counter[Name](), dict[Name, Counter[str]]()
    for mention in everyone:
        names[mention.name] += 1
        forms.setdefault(mention.name, Counter())[mention.surface] += 1
    names_given_alone(passages, turns)
    share_introductions(turns)
    likely = find_persons(names, passages, turns)
    acquaintance = find_acquaintance(passages, turns)
    people, found = gather_people(likely, forms, hear_genders(passages, turns), acquaintance)
    join_introduced(turns, people, found)
    join_otherwise(passages, people, found)
    join_revealed(passages, turns, people, found)
    join_called(people, found, acquaintance)
    known = find_descriptions(passages, turns, found)
    join_described(people, found, known)
    described = put_names_to_nouns(passages, turns, found, known.meant)
    bearers = Bearers(passages, turns, people, found)
    taking_turns = put_names_to_nouns(passages, turns, found, bearers.meant)
    _note_nouns(turns, people, found)
    nouns = _noun_people(turns, people)
    narrator = find_narrator(passages, turns, people, found)
    moves, meant = grant_names(edits, people, found, narrator)
    nouns = {noun: moves.get(who, who) for noun, who in nouns.items()}
    narrator = None if narrator is None else moves.get(narrator, narrator)
    stage = Stage(
        passages=passages, turns=turns, people=people, found=found, nouns=nouns, narrator=narrator, meant=meant
    )
    _place(stage, [[*one, *two] for one, two in zip(described, taking_turns, strict=True)], moves)
    settle_genders(passages, turns, stage.entrances, people, narrator)
    settle_ages(passages, people, found)
    grant_genders(edits, people, meant)
    return stage


def _place(stage: Stage, nouned: Sequence[Sequence[tuple[int, int]]], moves: Mapping[int, int]) -> None:
    """Note what the people of a stage do there: who speaks by tags, who is of one family, who enters where.

    `nouned` are a passage's people by nouns; `moves` whom a person's decisions made another.
    """
    people, found = stage.people, stage.found
    for turn in stage.turns:
        speaker = stage.person_of(turn.tag.subject) if turn.tag else None
        if speaker is not None:
            people[speaker].spoke += 1
    for person in people:
        for surname in person.surnames if person.forms else ():
            stage.families.setdefault(surname, []).append(person.number)
    for passage, by_nouns in zip(stage.passages, nouned, strict=True):
        named = [(m.start, found[m.name]) for m in passage.names if m.name in found]
        entered = sorted({*named, *((at, moves.get(who, who)) for at, who in by_nouns)})
        stage.entrances.append(entered)
        stage.spans.append(_spans(entered))


def _spans(entered: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for at, who in entered:
        spans[who] = (spans[who][0] if who in spans else at, at)
    return spans


def _note_nouns(turns: Sequence[Turn], people: Sequence[Person], found: Mapping[Name, int]) -> None:
    """Let the nouns that tags have for somebody with a name be ways in which the book names them.

    A tag may name what is no person ("a proud Oaks Hall"): such a name is not in `found`.
    """
    for turn in turns:
        subject = turn.tag.subject if turn.tag else None
        if subject is None or subject.kind != "name" or subject.name is None or not subject.head:
            continue
        who = found.get(subject.name.name)
        if who is not None:
            people[who].forms[_form(subject, subject.name)] += 1


def _form(subject: Phrase, name: NameMention) -> str:
    """How somebody is named by a phrase: "the girl", "Aunt Bea" where it says "my aunt Bea"."""
    if subject.text.lower().startswith("my ") and subject.text != name.surface:
        return subject.text[3:4].upper() + subject.text[4:]
    return _definite(subject, noun_key(subject))


def _noun_people(turns: Sequence[Turn], people: list[Person]) -> dict[str, int]:
    """A person for every noun that a tag gives speech to."""
    nouns: dict[str, int] = {}
    for turn in turns:
        phrase = turn.tag.subject if turn.tag else None
        if phrase is None or phrase.kind != "noun" or turn.tag is None:
            continue
        key = noun_key(phrase)
        if not key or phrase.head in _NOBODY or (not turn.tag.sure and phrase.head not in persons()):
            continue
        if key not in nouns:
            nouns[key] = len(people)
            kind = persons().get(phrase.head)
            gender: Gender | None = kind.gender if kind else None
            people.append(Person(len(people), noun=key, gender=gender, age=kind.age if kind else None))
        person = people[nouns[key]]
        person.count += 1
        person.forms[_definite(phrase, key)] += 1
    return nouns


def _definite(phrase: Phrase, key: str) -> str:
    text = phrase.text
    return text if phrase.owned or text.lower() == key or not text.lower().endswith(key) else f"the {text[-len(key) :]}"
