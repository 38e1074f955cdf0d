"""Find the person of our own cast who says each turn, according to the annotations.

A character may correspond to several people of our cast, or to none. The person with most of the character's tags and
names is right. If a certain tag names another person of the same character, that one is right, because the ranker
cannot know better.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook.attribution.characters.people import Person
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.model.book import Book
from tools.training.annotations import NOBODY, Annotations, Quotation, QuotationType, plain

_MANY_TAGS = 3  # number of tags that make a noun the usual name of a person who has no other name


@dataclass(frozen=True, slots=True)
class Label:
    """The speaker of a turn."""

    character: str
    type: QuotationType
    person: int | None  # None if nobody in our cast is this character


def label_turns(book: Book, parsed: ParsedBook, annotations: Annotations) -> list[Label | None]:
    """The label of every turn; None if the annotations have no single speaker for it."""
    quotations = list(_quotations_of_turns(book, parsed, annotations.quotations))
    tags = _tags(parsed, quotations)
    whose = _characters(parsed, annotations, tags)
    foremost = _foremost(parsed.people, whose, tags)
    return [
        None
        if quotation is None or quotation.speaker in NOBODY
        else Label(quotation.speaker, quotation.type, _right(parsed, index, quotation.speaker, whose, foremost))
        for index, quotation in enumerate(quotations)
    ]


def _quotations_of_turns(book: Book, parsed: ParsedBook, quotations: Sequence[Quotation]) -> Iterator[Quotation | None]:
    """The quotation that overlaps most with each turn."""
    spans = sorted((start, end, number) for number, q in enumerate(quotations) for start, end in q.spans)
    for turn in parsed.turns:
        passage = parsed.passages[turn.passage]
        there = book.chapters[passage.chapter].paragraphs[passage.paragraph].source_span(turn.start, turn.end)
        covered = Counter[int]()
        at = max(0, bisect_right(spans, (there[0],)) - 1) if there else len(spans)
        while there and at < len(spans) and spans[at][0] < there[1]:
            start, end, number = spans[at]
            covered[number] += max(0, min(end, there[1]) - max(start, there[0]))
            at += 1
        best = max(covered, key=lambda number: (covered[number], -number), default=None)
        yield quotations[best] if best is not None and covered[best] else None


def _tags(parsed: ParsedBook, quotations: Sequence[Quotation | None]) -> dict[int, Counter[str]]:
    """For each person, the characters of the turns that have a certain tag for that person."""
    tags: dict[int, Counter[str]] = defaultdict(Counter)
    for turn, quotation in zip(parsed.turns, quotations, strict=True):
        if quotation is not None and quotation.speaker not in NOBODY and turn.tag is not None and turn.tag.sure:
            who = parsed.person_of(turn.tag.subject)
            if who is not None:
                tags[who][quotation.speaker] += 1
    return tags


def _characters(parsed: ParsedBook, annotations: Annotations, tags: Mapping[int, Counter[str]]) -> dict[int, str]:
    """The character of each person: by tags, else by names."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for character, names in annotations.names.items():
        for name in sorted(names):
            bearers[name].append(character)
    whose: dict[int, str] = {}
    for person in parsed.people:
        votes: dict[str, float] = defaultdict(float)
        for form, times in person.forms.items():
            for character in bearers.get(plain(form), ()):
                votes[character] += times / len(bearers[plain(form)])
        shown: Mapping[str, float] = tags.get(person.number) or votes
        if shown:
            whose[person.number] = max(shown, key=lambda character: (shown[character], character))
    if parsed.narrator is not None and parsed.narrator not in whose and annotations.narrators:
        whose[parsed.narrator] = min(annotations.narrators)
    return whose


def _foremost(people: Sequence[Person], whose: Mapping[int, str], tags: Mapping[int, Counter[str]]) -> dict[str, int]:
    """The person that the ranker should choose, of several who are the same character."""
    own: dict[str, list[int]] = defaultdict(list)
    for number, character in whose.items():
        own[character].append(number)
    return {
        character: max(numbers, key=lambda n: _standing(people[n], character, numbers, tags))
        for character, numbers in own.items()
    }


def _standing(
    person: Person, character: str, numbers: Sequence[int], tags: Mapping[int, Counter[str]]
) -> tuple[bool, int, int]:
    """The order of preference: names before nouns, unless only nouns have tags; then by tags, then by mentions."""
    times = {number: tags[number][character] if number in tags else 0 for number in numbers}
    others = sum(times.values()) - times[person.number]
    usual = not person.noun or person.noun == "narrator" or (times[person.number] > _MANY_TAGS and not others)
    return usual, times[person.number], person.count


def _right(
    parsed: ParsedBook, index: int, character: str, whose: Mapping[int, str], foremost: Mapping[str, int]
) -> int | None:
    tag = parsed.turns[index].tag
    tagged = parsed.person_of(tag.subject) if tag is not None and tag.sure else None
    if tagged is not None and whose.get(tagged) == character and not parsed.people[tagged].noun:
        return tagged
    return foremost.get(character)
