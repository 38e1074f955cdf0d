"""A book parsed for attribution: its passages, turns and people, and where each person is mentioned."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audiobook.attribution.characters.context_nouns import NounReferents
from audiobook.attribution.characters.descriptions import find_descriptions, resolve_nouns
from audiobook.attribution.characters.genders_and_ages import infer_name_genders, resolve_ages, resolve_genders
from audiobook.attribution.characters.interactions import find_interactions
from audiobook.attribution.characters.merging import (
    find_bare_introductions,
    merge_aliases,
    merge_answering,
    merge_described,
    merge_introduced,
    merge_revealed,
    propagate_introductions,
)
from audiobook.attribution.characters.naming import apply_gender_edits, apply_name_edits
from audiobook.attribution.characters.narrator import find_narrator
from audiobook.attribution.characters.people import Person, gather_people
from audiobook.attribution.characters.person_names import select_person_names
from audiobook.attribution.grammar.names import Name, NameMention, count_capitals
from audiobook.attribution.grammar.phrases import Phrase, make_noun_key
from audiobook.attribution.quotes.play_labels import find_label, make_label_tag, make_speaker_mention, make_speaker_tag
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.attribution.turns import NEAR_TURNS, Passage, Turn, find_paragraph_names, read_passage
from audiobook.languages import Language, get_language
from audiobook.languages.en.lexicon import load_persons, load_words
from audiobook.model.book import Book, Paragraph
from audiobook.model.edits import NO_EDITS, ScriptEdits
from audiobook.model.script import Gender


@dataclass(slots=True, kw_only=True)
class ParsedBook:
    """All that is known about a book before any turn gets a speaker."""

    passages: list[Passage]
    turns: list[Turn]
    people: list[Person]
    people_by_name: dict[Name, int]  # name → number of the person
    nouns: dict[str, int]  # noun → person known only by this noun ("old man")
    narrator: int | None  # the first-person narrator, with or without a name
    # Per passage: (offset, person) in the narration.
    mentions: list[list[tuple[int, int]]] = field(default_factory=list)
    mention_ranges: list[dict[int, tuple[int, int]]] = field(
        default_factory=list
    )  # per passage: offsets of each person's first and last mention
    families: dict[str, list[int]] = field(default_factory=dict)  # surname → people
    edited_people: dict[str, int] = field(default_factory=dict)  # name in the user's edits → person

    def person_of(self, phrase: Phrase | None) -> int | None:
        """Return the person to whom a phrase refers directly."""
        if phrase is None:
            return None
        if phrase.kind == "name" and phrase.name is not None:
            return self.people_by_name.get(phrase.name.name)
        if phrase.kind == "noun":
            return self.nouns.get(make_noun_key(phrase))
        return self.narrator if phrase.pronoun == "i" else None

    def passage_beside(self, number: int, step: int) -> Passage | None:
        """Return the passage at a distance (negative: before), or None if it is in another scene."""
        other = number + step
        if not 0 <= other < len(self.passages) or self.passages[other].scene != self.passages[number].scene:
            return None
        return self.passages[other]

    def in_conversation(self, index: int, other: int) -> bool:
        """Return whether the other turn exists, is near, and is in the same scene."""
        if not 0 <= other < len(self.turns):
            return False
        here, there = self.turns[index].passage, self.turns[other].passage
        return abs(there - here) <= NEAR_TURNS and self.passages[there].scene == self.passages[here].scene


_NOT_PERSONS = load_words("never speak") | load_words("others")


def parse_book(
    book: Book, quotations: Sequence[Sequence[Sequence[Quotation]]], edits: ScriptEdits = NO_EDITS
) -> ParsedBook:
    """Parse a book. `quotations` are given per chapter and paragraph."""
    capitals = count_capitals(p.text for c in book.chapters for p in c.paragraphs if p.kind != "heading")
    known: dict[str, str] = {}
    passages: list[Passage] = []
    turns: list[Turn] = []
    all_mentions: list[NameMention] = []
    scene = 0
    language = get_language(book.facts.language)
    for c, (chapter, chapter_quotations) in enumerate(zip(book.chapters, quotations, strict=True)):
        scene += 1
        for p, (paragraph, spans) in enumerate(zip(chapter.paragraphs, chapter_quotations, strict=True)):
            scene += _count_breaks(paragraph)
            names = find_paragraph_names(paragraph, capitals, known)
            passage = Passage(chapter=c, paragraph=p, text=paragraph.text, scene=scene, names=[])
            passage_turns = _read_labelled(passage, spans, names, len(passages), language, speaker=paragraph.speaker)
            all_mentions.extend(names)
            passage.turns.extend(range(len(turns), len(turns) + len(passage_turns)))
            turns.extend(passage_turns)
            passages.append(passage)
    _apply_lead_ins(passages, turns)
    return _resolve_people(passages, turns, all_mentions, edits)


def _read_labelled(
    passage: Passage,
    spans: Sequence[Quotation],
    names: list[NameMention],
    index: int,
    language: Language,
    *,
    speaker: str,
) -> list[Turn]:
    """Return the turns of a passage. In a play, the label becomes the tag of the turns, and its name is added."""
    if speaker:
        mention = make_speaker_mention(speaker)
        passage_turns = read_passage(passage, spans, names, index, language)
        tag = make_speaker_tag(mention)
        if tag.subject.name is not None:
            passage.names = [mention, *passage.names]
            names.insert(0, mention)
        for turn in passage_turns:
            turn.tag, turn.joined = tag, turn is not passage_turns[0]
        return passage_turns
    label = find_label(passage.text, spans, names)
    if label is None:
        return read_passage(passage, spans, names, index, language)
    names[:] = [label, *(name for name in names if name.start >= label.end)]
    passage_turns = read_passage(passage, spans, names, index, language)
    passage_turns[0].tag = make_label_tag(passage.text, label)
    return passage_turns


def _count_breaks(paragraph: Paragraph) -> int:
    return int(paragraph.kind in ("heading", "break"))


def _apply_lead_ins(passages: Sequence[Passage], turns: Sequence[Turn]) -> None:
    """Give a tag at the end of a paragraph ("She said:") to the speech in the next one."""
    for passage, following in pairwise(passages):
        if passage.lead is None or not following.turns:
            continue
        turn = turns[following.turns[0]]
        if turn.tag is None and not following.text[: turn.start].strip():
            turn.tag = passage.lead


def _resolve_people(
    passages: list[Passage], turns: list[Turn], all_mentions: Sequence[NameMention], edits: ScriptEdits
) -> ParsedBook:
    names, forms = Counter[Name](), dict[Name, Counter[str]]()
    for mention in all_mentions:
        names[mention.name] += 1
        forms.setdefault(mention.name, Counter())[mention.surface] += 1
    find_bare_introductions(passages, turns)
    propagate_introductions(turns)
    likely = select_person_names(names, passages, turns)
    interactions = find_interactions(passages, turns)
    people, people_by_name = gather_people(likely, forms, infer_name_genders(passages, turns), interactions)
    merge_introduced(turns, people, people_by_name)
    merge_aliases(passages, people, people_by_name)
    merge_revealed(passages, turns, people, people_by_name)
    merge_answering(people, people_by_name, interactions)
    known = find_descriptions(passages, turns, people_by_name)
    merge_described(people, people_by_name, known)
    resolved_by_description = resolve_nouns(passages, turns, people_by_name, known.resolve)
    noun_referents = NounReferents(passages, turns, people, people_by_name)
    resolved_by_turns = resolve_nouns(passages, turns, people_by_name, noun_referents.resolve)
    _add_noun_forms(turns, people, people_by_name)
    nouns = _add_noun_people(turns, people)
    narrator = find_narrator(passages, turns, people, people_by_name)
    moves, edited_people = apply_name_edits(edits, people, people_by_name, narrator)
    nouns = {noun: moves.get(who, who) for noun, who in nouns.items()}
    narrator = None if narrator is None else moves.get(narrator, narrator)
    parsed = ParsedBook(
        passages=passages,
        turns=turns,
        people=people,
        people_by_name=people_by_name,
        nouns=nouns,
        narrator=narrator,
        edited_people=edited_people,
    )
    _index_mentions(
        parsed, [[*one, *two] for one, two in zip(resolved_by_description, resolved_by_turns, strict=True)], moves
    )
    resolve_genders(passages, turns, parsed.mentions, people, narrator)
    resolve_ages(passages, people, people_by_name)
    apply_gender_edits(edits, people, edited_people)
    return parsed


def _index_mentions(
    parsed: ParsedBook, noun_mentions: Sequence[Sequence[tuple[int, int]]], moves: Mapping[int, int]
) -> None:
    """Record in the parsed book who speaks by tags, the people of each family, and the mentions of each person.

    `noun_mentions` are the mentions by nouns, per passage. `moves` are the merges that the user decided.
    """
    people, people_by_name = parsed.people, parsed.people_by_name
    for turn in parsed.turns:
        speaker = parsed.person_of(turn.tag.subject) if turn.tag else None
        if speaker is not None:
            people[speaker].spoke += 1
    for person in people:
        for surname in person.surnames if person.forms else ():
            parsed.families.setdefault(surname, []).append(person.number)
    for passage, by_nouns in zip(parsed.passages, noun_mentions, strict=True):
        named = [(m.start, people_by_name[m.name]) for m in passage.names if m.name in people_by_name]
        passage_mentions = sorted({*named, *((at, moves.get(who, who)) for at, who in by_nouns)})
        parsed.mentions.append(passage_mentions)
        parsed.mention_ranges.append(_find_ranges(passage_mentions))


def _find_ranges(passage_mentions: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for at, who in passage_mentions:
        spans[who] = (spans[who][0] if who in spans else at, at)
    return spans


def _add_noun_forms(turns: Sequence[Turn], people: Sequence[Person], people_by_name: Mapping[Name, int]) -> None:
    """Add the nouns in tags with a name to the forms of that person's name.

    A tag may name what is not a person ("a proud Oaks Hall"). Such a name is not in `people_by_name`.
    """
    for turn in turns:
        subject = turn.tag.subject if turn.tag else None
        if subject is None or subject.kind != "name" or subject.name is None or not subject.head:
            continue
        who = people_by_name.get(subject.name.name)
        if who is not None:
            people[who].forms[_make_form(subject, subject.name)] += 1


def _make_form(subject: Phrase, name: NameMention) -> str:
    """Return the form of the name in a phrase: "the girl", or "Aunt Bea" for "my aunt Bea"."""
    if subject.text.lower().startswith("my ") and subject.text != name.surface:
        return subject.text[3:4].upper() + subject.text[4:]
    return _make_definite(subject, make_noun_key(subject))


def _add_noun_people(turns: Sequence[Turn], people: list[Person]) -> dict[str, int]:
    """Add a person for each noun that is the subject of a tag."""
    nouns: dict[str, int] = {}
    for turn in turns:
        phrase = turn.tag.subject if turn.tag else None
        if phrase is None or phrase.kind != "noun" or turn.tag is None:
            continue
        key = make_noun_key(phrase)
        if not key or phrase.head in _NOT_PERSONS or (not turn.tag.sure and phrase.head not in load_persons()):
            continue
        if key not in nouns:
            nouns[key] = len(people)
            kind = load_persons().get(phrase.head)
            gender: Gender | None = kind.gender if kind else None
            people.append(Person(len(people), noun=key, gender=gender, age=kind.age if kind else None))
        person = people[nouns[key]]
        person.count += 1
        person.forms[_make_definite(phrase, key)] += 1
    return nouns


def _make_definite(phrase: Phrase, key: str) -> str:
    text = phrase.text
    return text if phrase.owned or text.lower() == key or not text.lower().endswith(key) else f"the {text[-len(key) :]}"
