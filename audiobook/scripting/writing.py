"""A decided stage written out as a script: lines, characters, evidence in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audiobook.book import Book, Paragraph
from audiobook.script import NARRATOR, Character, Line, Place, Script, ScriptChapter
from audiobook.scripting.deciding import Decision
from audiobook.scripting.lexicon import persons, titles
from audiobook.scripting.lines import split_paragraph
from audiobook.scripting.people import Person
from audiobook.scripting.quotations import Quotation
from audiobook.scripting.reasons import reason_for
from audiobook.scripting.stage import Stage

Quotations = Sequence[Sequence[Sequence[Quotation]]]  # per chapter and paragraph


def write_out(
    book: Book, quotations: Quotations, stage: Stage, decisions: Sequence[Decision], source: str | None
) -> Script:
    """The script of the book."""
    names = name_people(stage.people)
    if stage.narrator is not None and stage.people[stage.narrator].noun == "narrator":
        names[stage.narrator] = NARRATOR
    speeches = _speeches(stage, decisions, names)
    chapters: list[ScriptChapter] = []
    at = 0
    for chapter, found in zip(book.chapters, quotations, strict=True):
        lines: list[Line] = []
        for number, (paragraph, spans) in enumerate(zip(chapter.paragraphs, found, strict=True), 1):
            count = sum(q.kind != "other" for q in spans)
            lines.extend(
                _lines(
                    Place(chapter=chapter.number, paragraph=number, line=1), paragraph, spans, speeches[at : at + count]
                )
            )
            at += count
        chapters.append(ScriptChapter(number=chapter.number, title=chapter.title, lines=tuple(lines)))
    teller = stage.narrator if stage.narrator is not None and names[stage.narrator] != NARRATOR else None
    characters = _characters(chapters, stage.people, names, teller)
    return Script(
        facts=book.facts,
        characters=characters,
        chapters=tuple(chapters),
        narrator=None if teller is None else names[teller],
        source=source,
    )


Speech = tuple[str | None, float, str]  # speaker, confidence, evidence


def _speeches(stage: Stage, decisions: Sequence[Decision], names: Sequence[str]) -> list[Speech]:
    speeches: list[Speech] = []
    for index, decision in enumerate(decisions):
        evidence = reason_for(stage, index, decisions, names)
        if decision.person is None or is_crowd(stage, index):
            speeches.append((None, 0.0, evidence))
        else:
            speeches.append((names[decision.person], decision.confidence, evidence))
    return speeches


def is_crowd(stage: Stage, index: int) -> bool:
    """Whether a tag says that several people speak at once."""
    tag = stage.turns[index].tag
    return tag is not None and tag.subject.pronoun == "they"


def _lines(place: Place, paragraph: Paragraph, spans: Sequence[Quotation], speeches: Sequence[Speech]) -> list[Line]:
    told = iter(speeches)
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
            speaker, confidence, evidence = next(told)
            line = replace(line, kind="dialogue", speaker=speaker, confidence=confidence, evidence=evidence)
            line = replace(line, manner="thought" if segment.quotation.kind == "thought" else "said")
        lines.append(line)
    return lines


def _characters(
    chapters: Sequence[ScriptChapter], people: Sequence[Person], names: Sequence[str], teller: int | None
) -> tuple[Character, ...]:
    lines: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for chapter in chapters:
        for line in chapter.lines:
            if line.kind == "dialogue" and line.speaker is not None:
                lines[line.speaker] += 1
                words[line.speaker] += len(line.text.split())
    speaking = [p for p in people if names[p.number] != NARRATOR and (lines[names[p.number]] or p.number == teller)]
    characters = [_character(p, names[p.number], lines, words) for p in speaking]
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
    )


def name_people(people: Sequence[Person]) -> list[str]:
    """A different name for everybody: the form that the book uses most, the fullest of equals; no title for a name."""
    taken: set[str] = {NARRATOR}
    names: list[str] = []
    for person in people:
        forms = sorted(person.forms, key=lambda form: (_is_title(form), -person.forms[form], -len(form), form))
        name = next((f for f in map(_capital, filter(None, (person.own_form, *forms))) if f not in taken), None)
        if name is None:
            first = _capital(forms[0]) if forms else "Somebody"
            name = next(f"{first} ({n})" for n in range(2, len(people) + 3) if f"{first} ({n})" not in taken)
        taken.add(name)
        names.append(name)
    return names


def _is_title(form: str) -> bool:
    """Whether a form is nothing but a title or a noun: "the Colonel"."""
    word = form.lower().removeprefix("the ")
    return word in titles() or word in persons()


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]
