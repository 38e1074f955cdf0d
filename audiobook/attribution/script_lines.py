"""Decided turns → a script: lines, characters, and the evidence for each speaker in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from audiobook.attribution.characters.naming import name_people
from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.tag_forms import Tag, read_loudness
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.pinned_lines import LineEdits, split_pinned_lines
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.attribution.ranking.decoding import Decision
from audiobook.model.book import Book, Paragraph
from audiobook.model.script import DOUBTFUL, NARRATOR, Character, Line, Place, Script, ScriptChapter, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePart:
    """A part of a paragraph. The texts of the parts, joined, are the text of the paragraph."""

    start: int  # offset in the text of the paragraph
    end: int  # exclusive
    # Its quotation, if it is one; the part includes the marks and white space around it.
    quotation: Quotation | None = None

    @property
    def is_dialogue(self) -> bool:
        """Return whether it is spoken, or thought in words."""
        return self.quotation is not None


def split_paragraph(paragraph: Paragraph, quotations: Sequence[Quotation]) -> tuple[LinePart, ...]:
    """Split a paragraph into parts, in order. Quotations that are neither speech nor thought stay narration.

    White space belongs to the part before it, and at the start of the paragraph to the first part.
    """
    text = paragraph.text
    parts: list[LinePart] = []
    at = 0
    for quotation in quotations:
        if quotation.kind == "other":
            continue
        if text[at : quotation.start].strip():
            parts.append(LinePart(start=at, end=quotation.start))
            at = quotation.start
        end = _skip_space(text, quotation.end)
        parts.append(LinePart(start=at, end=end, quotation=quotation))
        at = end
    if at < len(text) or not parts:
        parts.append(LinePart(start=at, end=len(text)))
    return tuple(parts)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


_MAX_TAG_LENGTH = 50  # most characters of a tag that are quoted


def describe_evidence(parsed: ParsedBook, index: int, decisions: Sequence[Decision], names: Sequence[str]) -> str:
    """Return the clearest evidence for the decision on a turn, in words."""
    turn, who = parsed.turns[index], decisions[index].person
    if turn.tag is not None and turn.tag.subject.pronoun == "they":
        return f"several people: {_quote_tag(parsed, index, turn.tag)}"
    if who is None:
        return "nobody to choose from"
    if (named := _describe_direct(parsed, index, who)) is not None:
        return named
    if turn.joined or turn.continues:
        return "goes on with the same speech"
    beat = next((p for p in (turn.before, turn.after) if p is not None and parsed.person_of(p) == who), None)
    if beat is not None:
        return f"beside: {beat.text}"
    return _describe_neighbours(parsed, index, decisions, names)


def _describe_direct(parsed: ParsedBook, index: int, who: int) -> str | None:
    """Return evidence that names the speaker directly: a label, an introduction, or a tag."""
    turn = parsed.turns[index]
    if turn.tag is not None and turn.tag.side == "label":
        return f"label: {turn.tag.subject.text}"
    own = next((mention for mention in turn.introduces if parsed.people_by_name.get(mention.name) == who), None)
    if own is not None:
        return f"gives the name {own.surface}"
    if turn.tag is not None and parsed.person_of(turn.tag.subject) in (who, None):
        return f"tag: {_quote_tag(parsed, index, turn.tag)}"
    return None


def _quote_tag(parsed: ParsedBook, index: int, tag: Tag) -> str:
    """Return the tag as it is in the text, if it is short: "said Holmes", "Emma's answer"."""
    subject = tag.subject.text
    if tag.end == tag.subject.end and tag.verb:
        return f"{tag.verb} {subject}"
    words = parsed.passages[parsed.turns[index].passage].text[tag.subject.start : tag.end]
    if words.startswith(subject) and len(words) <= _MAX_TAG_LENGTH:
        return words
    return f"{subject} … {tag.verb}" if tag.verb else subject


def _describe_neighbours(parsed: ParsedBook, index: int, decisions: Sequence[Decision], names: Sequence[str]) -> str:
    who = decisions[index].person
    passage = parsed.turns[index].passage
    for other, where in ((index - 1, "the line before"), (index + 1, "the next line")):
        if not (0 <= other < len(parsed.turns)) or abs(parsed.turns[other].passage - passage) > 3:
            continue
        called = next((m for m in parsed.turns[other].addressed[-1:] if parsed.people_by_name.get(m.name) == who), None)
        if called is not None:
            return (
                f"answers '{called.surface}' in {where}" if other < index else f"called '{called.surface}' in {where}"
            )
    previous = decisions[index - 1].person if index else None
    if previous is not None and previous != who and passage - parsed.turns[index - 1].passage in (1, 2):
        return f"takes turns with {names[previous]}"
    if previous is not None and previous == who and passage == parsed.turns[index - 1].passage:
        return "same paragraph"
    return "most likely of those present"


Quotations = Sequence[Sequence[Sequence[Quotation]]]  # per chapter and paragraph


def build_script(
    book: Book, quotations: Quotations, parsed: ParsedBook, decisions: Sequence[Decision], line_edits: LineEdits
) -> Script:
    """Build the script of the book."""
    names = _name_people(parsed)
    speeches = iter(_make_speeches(parsed, decisions, names))
    named = {name: names[who] for name, who in parsed.edited_people.items()}
    chapters: list[ScriptChapter] = []
    for chapter, found in zip(book.chapters, quotations, strict=True):
        lines: list[Line] = []
        for number, (paragraph, spans) in enumerate(zip(chapter.paragraphs, found, strict=True), 1):
            own = _make_lines(Place(chapter=chapter.number, paragraph=number, line=1), paragraph, spans, speeches)
            pinned = line_edits.get((chapter.number, number))
            lines += own if pinned is None else split_pinned_lines(paragraph, own, pinned, named)
        chapters.append(ScriptChapter(number=chapter.number, title=chapter.title, lines=tuple(lines)))
    teller = parsed.narrator if parsed.narrator is not None and names[parsed.narrator] != NARRATOR else None
    return Script(
        facts=book.facts,
        characters=_make_characters(chapters, parsed.people, names, teller),
        chapters=tuple(chapters),
        narrator=None if teller is None else names[teller],
    )


def build_undecided_script(book: Book, quotations: Quotations) -> Script:
    """Build the script before the speakers are decided: dialogue has no speaker."""
    chapters = []
    for chapter, found in zip(book.chapters, quotations, strict=True):
        lines: list[Line] = []
        for number, (paragraph, spans) in enumerate(zip(chapter.paragraphs, found, strict=True), 1):
            lines += _make_lines(
                Place(chapter=chapter.number, paragraph=number, line=1), paragraph, spans, repeat(_UNDECIDED)
            )
        chapters.append(ScriptChapter(number=chapter.number, title=chapter.title, lines=tuple(lines)))
    return Script(facts=book.facts, characters=(), chapters=tuple(chapters))


def _name_people(parsed: ParsedBook) -> list[str]:
    names = name_people(parsed.people)
    teller = None if parsed.narrator is None else parsed.people[parsed.narrator]
    if teller is not None and teller.noun == "narrator" and not teller.called:
        names[teller.number] = NARRATOR
    return names


@dataclass(frozen=True, slots=True)
class _Speech:
    """What the script says about a turn."""

    speaker: str | None = None
    confidence: float = 0.0
    evidence: str = ""
    runner_up: str | None = None  # only if the speaker is a guess
    style: Style = "said"


_UNDECIDED = _Speech()


def _make_speeches(parsed: ParsedBook, decisions: Sequence[Decision], names: Sequence[str]) -> list[_Speech]:
    speeches: list[_Speech] = []
    for index, decision in enumerate(decisions):
        evidence = describe_evidence(parsed, index, decisions, names)
        turn = parsed.turns[index]
        style = speeches[-1].style if turn.joined and speeches else _find_style(turn.tag)
        if decision.person is None or is_crowd(parsed, index):
            speeches.append(_Speech(evidence=evidence, style=style))
        else:
            guess = decision.confidence < DOUBTFUL and decision.runner_up is not None
            runner_up = names[decision.runner_up] if guess and decision.runner_up is not None else None
            speeches.append(_Speech(names[decision.person], decision.confidence, evidence, runner_up, style))
    return speeches


def _find_style(tag: Tag | None) -> Style:
    """Return the manner in which the tag says the words are spoken. An uncertain tag says nothing."""
    return (read_loudness(tag) if tag is not None and tag.sure else None) or "said"


def is_crowd(parsed: ParsedBook, index: int) -> bool:
    """Return whether a tag says that several people speak at once."""
    tag = parsed.turns[index].tag
    return tag is not None and tag.subject.pronoun == "they"


def _make_lines(
    place: Place, paragraph: Paragraph, spans: Sequence[Quotation], speeches: Iterator[_Speech]
) -> list[Line]:
    lines: list[Line] = []
    for part in split_paragraph(paragraph, spans):
        span = paragraph.source_span(part.start, part.end)
        line = Line(
            place=replace(place, line=len(lines) + 1),
            kind="narration",
            speaker=NARRATOR,
            text=paragraph.text[part.start : part.end],
            start=span[0] if span else None,
            end=span[1] if span else None,
            block=paragraph.kind,
            language=paragraph.language,
        )
        if part.quotation is not None:
            speech = next(speeches)
            line = replace(
                line,
                kind="dialogue",
                speaker=speech.speaker,
                confidence=speech.confidence,
                evidence=speech.evidence,
                runner_up=speech.runner_up,
                style="thought" if part.quotation.kind == "thought" else speech.style,
            )
        lines.append(line)
    return lines


def _make_characters(
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
        _make_character(p, names[p.number], lines, words)
        for p in people
        if names[p.number] != NARRATOR and (names[p.number] in speakers or p.number == teller or p.settled)
    ]
    return tuple(sorted(characters, key=lambda c: (-c.words, -c.lines, c.name)))


def _make_character(person: Person, name: str, lines: Counter[str], words: Counter[str]) -> Character:
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
