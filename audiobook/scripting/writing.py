"""A decided stage written out as a script: lines, characters, evidence in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from audiobook.book import Book, Paragraph
from audiobook.script import DOUBTFUL, NARRATOR, Character, Line, Manner, Place, Script, ScriptChapter
from audiobook.scripting.deciding import Decision
from audiobook.scripting.lines import split_paragraph
from audiobook.scripting.naming import name_people
from audiobook.scripting.people import Person
from audiobook.scripting.pinning import Pins, cut_lines
from audiobook.scripting.quotations import Quotation
from audiobook.scripting.reasons import reason_for
from audiobook.scripting.stage import Stage
from audiobook.scripting.tag_forms import Tag, loudness

Quotations = Sequence[Sequence[Sequence[Quotation]]]  # per chapter and paragraph


def write_out(book: Book, quotations: Quotations, stage: Stage, decisions: Sequence[Decision], pins: Pins) -> Script:
    """The script of the book."""
    names = _names(stage)
    speeches = iter(_speeches(stage, decisions, names))
    named = {name: names[who] for name, who in stage.meant.items()}
    chapters: list[ScriptChapter] = []
    for chapter, found in zip(book.chapters, quotations, strict=True):
        lines: list[Line] = []
        for number, (paragraph, spans) in enumerate(zip(chapter.paragraphs, found, strict=True), 1):
            own = _lines(Place(chapter=chapter.number, paragraph=number, line=1), paragraph, spans, speeches)
            pinned = pins.get((chapter.number, number))
            lines += own if pinned is None else cut_lines(paragraph, own, pinned, named)
        chapters.append(ScriptChapter(number=chapter.number, title=chapter.title, lines=tuple(lines)))
    teller = stage.narrator if stage.narrator is not None and names[stage.narrator] != NARRATOR else None
    return Script(
        facts=book.facts,
        characters=_characters(chapters, stage.people, names, teller),
        chapters=tuple(chapters),
        narrator=None if teller is None else names[teller],
    )


def write_undecided(book: Book, quotations: Quotations) -> Script:
    """The book's script before anybody has decided who speaks: dialogue is nobody's."""
    chapters = []
    for chapter, found in zip(book.chapters, quotations, strict=True):
        lines: list[Line] = []
        for number, (paragraph, spans) in enumerate(zip(chapter.paragraphs, found, strict=True), 1):
            lines += _lines(Place(chapter=chapter.number, paragraph=number, line=1), paragraph, spans, repeat(_NOBODYS))
        chapters.append(ScriptChapter(number=chapter.number, title=chapter.title, lines=tuple(lines)))
    return Script(facts=book.facts, characters=(), chapters=tuple(chapters))


def _names(stage: Stage) -> list[str]:
    names = name_people(stage.people)
    teller = None if stage.narrator is None else stage.people[stage.narrator]
    if teller is not None and teller.noun == "narrator" and not teller.called:
        names[teller.number] = NARRATOR
    return names


@dataclass(frozen=True, slots=True)
class _Speech:
    """What is written down of a turn."""

    speaker: str | None = None
    confidence: float = 0.0
    evidence: str = ""
    runner_up: str | None = None  # of a guess
    manner: Manner = "said"


_NOBODYS = _Speech()


def _speeches(stage: Stage, decisions: Sequence[Decision], names: Sequence[str]) -> list[_Speech]:
    speeches: list[_Speech] = []
    for index, decision in enumerate(decisions):
        evidence = reason_for(stage, index, decisions, names)
        turn = stage.turns[index]
        manner = speeches[-1].manner if turn.joined and speeches else _manner(turn.tag)
        if decision.person is None or is_crowd(stage, index):
            speeches.append(_Speech(evidence=evidence, manner=manner))
        else:
            guess = decision.confidence < DOUBTFUL and decision.runner_up is not None
            runner_up = names[decision.runner_up] if guess and decision.runner_up is not None else None
            speeches.append(_Speech(names[decision.person], decision.confidence, evidence, runner_up, manner))
    return speeches


def _manner(tag: Tag | None) -> Manner:
    """How a tag has it said; a verb that may be no tag's says nothing."""
    return (loudness(tag) if tag is not None and tag.sure else None) or "said"


def is_crowd(stage: Stage, index: int) -> bool:
    """Whether a tag says that several people speak at once."""
    tag = stage.turns[index].tag
    return tag is not None and tag.subject.pronoun == "they"


def _lines(place: Place, paragraph: Paragraph, spans: Sequence[Quotation], speeches: Iterator[_Speech]) -> list[Line]:
    lines: list[Line] = []
    for segment in split_paragraph(paragraph, spans):
        span = paragraph.source_span(segment.start, segment.end)
        line = Line(
            place=replace(place, line=len(lines) + 1),
            kind="narration",
            speaker=NARRATOR,
            text=paragraph.text[segment.start : segment.end],
            start=span[0] if span else None,
            end=span[1] if span else None,
            block=paragraph.kind,
        )
        if segment.quotation is not None:
            speech = next(speeches)
            line = replace(
                line,
                kind="dialogue",
                speaker=speech.speaker,
                confidence=speech.confidence,
                evidence=speech.evidence,
                runner_up=speech.runner_up,
                manner="thought" if segment.quotation.kind == "thought" else speech.manner,
            )
        lines.append(line)
    return lines


def _characters(
    chapters: Sequence[ScriptChapter], people: Sequence[Person], names: Sequence[str], teller: int | None
) -> tuple[Character, ...]:
    lines: Counter[str] = Counter()
    words: Counter[str] = Counter()
    speakers: set[str | None] = set()
    for chapter in chapters:
        for line in chapter.lines:
            speakers.add(line.speaker)
            if line.kind == "dialogue" and line.speaker is not None:
                lines[line.speaker] += 1
                words[line.speaker] += len(line.text.split())
    characters = [
        _character(p, names[p.number], lines, words)
        for p in people
        if names[p.number] != NARRATOR and (names[p.number] in speakers or p.number == teller or p.settled)
    ]
    return tuple(sorted(characters, key=lambda c: (-c.words, -c.lines, c.name)))


def _character(person: Person, name: str, lines: Counter[str], words: Counter[str]) -> Character:
    forms = sorted(person.forms, key=lambda form: (-person.forms[form], form))
    return Character(
        name=name,
        aliases=tuple(form for form in forms if form != name),
        gender=person.gender,
        age=person.age,
        lines=lines[name],
        words=words[name],
        pinned=person.settled,
    )
