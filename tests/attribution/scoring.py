"""Scores a script against an annotated story, with the measures that novels are scored with.

dialogue   precision, recall and F1 over letters and digits; thoughts in italics are not counted
voice      share of quotations heard in their speaker's own voice: each predicted speaker stands for at most one
           person, under the best one-to-one assignment
named      share whose predicted speaker has a name of the right person
gender     share of the quotations of women and men whose predicted speaker has that gender
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audiobook.model.script import NARRATOR, Character, Line, Script
from tests.attribution.annotations import NOBODY, TYPES, Person, Quotation, Story
from tests.attribution.assignment import assign_pairs

TITLES = re.compile(
    r"\b(?:mr|mrs|miss|ms|dr|doctor|sir|lady|lord|herr|frau|fräulein|father|guard|sergeant|captain|lieutenant|court"
    r"|councillor|von|aunt|auntie|uncle|old|young|the|a|my)\b"
)

Votes = Counter[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A quotation that is heard in the wrong voice."""

    quotation: Quotation
    guess: str | None  # the predicted speaker; None for narration or an unknown speaker
    text: str  # how it begins

    def __str__(self) -> str:
        return f"{self.quotation.type}: {self.quotation.speaker}, not {self.guess or 'nobody'}: {self.text}"


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of a total."""

    right: int
    of: int

    def __float__(self) -> float:
        return self.right / self.of if self.of else 1.0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of one story, or the sum over several."""

    precision: Share  # share of the letters marked as dialogue that are dialogue
    recall: Share  # share of the letters of dialogue that are marked
    voice: Share
    types: dict[str, Share]  # voice, by explicit, anaphoric, implicit
    named: Share
    gender: Share
    misses: tuple[Miss, ...]

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        hit = self.precision.right
        return 2 * hit / max(self.precision.of + self.recall.of, 1)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            precision=self.precision + other.precision,
            recall=self.recall + other.recall,
            voice=self.voice + other.voice,
            types={kind: self.types[kind] + other.types[kind] for kind in TYPES},
            named=self.named + other.named,
            gender=self.gender + other.gender,
            misses=self.misses + other.misses,
        )


def score(script: Script, story: Story) -> Score:
    """Score the script of a story."""
    lines = [line for line in script.lines() if line.kind != "narration" and line.start is not None]
    precision, recall = _score_dialogue(lines, story)
    heard = [(q, _find_predicted(q, lines, story.text)) for q in story.quotations if q.speaker not in NOBODY]
    heard = [(q, guess) for q, guess in heard if not is_italic(q, story.text) or guess is not None]
    voices = _assign_voices(heard)
    misses = tuple(
        Miss(quotation=q, guess=guess, text=describe_beginning(story, q))
        for q, guess in heard
        if guess is None or voices.get(guess) != q.speaker
    )
    missed = Counter(miss.quotation.type for miss in misses)
    counted = Counter(q.type for q, _ in heard)
    known = {c.name: c for c in script.characters}
    forms = _list_forms(story.cast)
    genders = {p.name: p.gender for p in story.cast if p.gender}
    with_gender = [(q, guess) for q, guess in heard if q.speaker in genders]
    return Score(
        precision=precision,
        recall=recall,
        voice=Share(len(heard) - len(misses), len(heard)),
        types={kind: Share(counted[kind] - missed[kind], counted[kind]) for kind in TYPES},
        named=Share(sum(bool(_list_names(guess, known) & forms[q.speaker]) for q, guess in heard), len(heard)),
        gender=Share(
            sum(_find_gender(guess, known, script) == genders[q.speaker] for q, guess in with_gender), len(with_gender)
        ),
        misses=misses,
    )


def sum_scores(scores: Iterable[Score]) -> Score:
    """Return the sum of scores. Each quotation and each letter has the same weight."""
    first, *others = scores
    for other in others:
        first += other
    return first


def is_italic(quotation: Quotation, text: str) -> bool:
    """Return whether it is a thought in italics, which a script may leave to the narrator."""
    return text[quotation.spans[0].start - 1] == "_"


def describe_beginning(story: Story, quotation: Quotation) -> str:
    """Return how a quotation begins, with its line in the file of the story."""
    span = quotation.spans[0]
    words = " ".join(story.text[span.start : span.end].split())
    number = story.text.count("\n", 0, span.start) + 1
    return f"{story.name}.txt:{number}: {words[:60]}"


def _score_dialogue(lines: Iterable[Line], story: Story) -> tuple[Share, Share]:
    """Return precision and recall over letters and digits."""
    true, free = set[int](), set[int]()
    for quotation in story.quotations:
        letters = free if is_italic(quotation, story.text) else true
        for span in quotation.spans:
            letters.update(_list_letters(story.text, span.start, span.end))
    said = {at for line in lines for at in _list_letters(story.text, line.start or 0, line.end or 0)} - free
    hit = len(said & true)
    return Share(hit, len(said)), Share(hit, len(true))


def _list_letters(text: str, start: int, end: int) -> Iterator[int]:
    return (at for at in range(start, end) if text[at].isalnum())


def _find_predicted(quotation: Quotation, lines: Iterable[Line], text: str) -> str | None:
    """Return the speaker of most letters of the quotation."""
    letters = sum(1 for span in quotation.spans for _ in _list_letters(text, span.start, span.end))
    votes: Votes = Counter()
    for line in lines:
        for span in quotation.spans:
            start, end = max(line.start or 0, span.start), min(line.end or 0, span.end)
            votes[line.speaker] += sum(1 for _ in _list_letters(text, start, end))
    votes[None] += letters - sum(votes.values())  # narration
    return max(votes, key=lambda speaker: (votes[speaker], speaker or ""))


def _assign_voices(heard: Iterable[tuple[Quotation, str | None]]) -> dict[str, str]:
    """Assign each predicted speaker to the person whose voice it is."""
    votes = Counter((guess, quotation.speaker) for quotation, guess in heard if guess is not None)
    guesses = sorted({guess for guess, _ in votes})
    people = sorted({person for _, person in votes})
    pairs = assign_pairs([[votes[guess, person] for person in people] for guess in guesses])
    return {guesses[row]: people[column] for row, column in pairs.items()}


def _list_forms(cast: Iterable[Person]) -> dict[str, set[str]]:
    """Return the names of each person, including names without titles and single parts that only this person has."""
    listed = {p.name: {normalize(form) for form in (p.name, *p.aliases)} for p in cast}
    parts = {name: {part for form in forms for part in _split_form(form)} for name, forms in listed.items()}
    claims = Counter(part for found in parts.values() for part in found)
    return {name: forms | {p for p in parts[name] if claims[p] == 1} for name, forms in listed.items()}


def _split_form(form: str) -> set[str]:
    words = TITLES.sub(" ", form).split()
    return {" ".join(words), *words} - {""}


def _list_names(guess: str | None, known: dict[str, Character]) -> set[str]:
    if guess is None:
        return set()
    aliases = known[guess].aliases if guess in known else ()
    return {normalize(form) for form in (guess, *aliases)}


def _find_gender(guess: str | None, known: dict[str, Character], script: Script) -> str | None:
    character = known.get((script.narrator if guess == NARRATOR else guess) or "")
    return character.gender if character else None


def normalize(name: str) -> str:
    """Return a name without differences of case, punctuation and spacing."""
    return " ".join(re.sub(r"[^\w ]+", " ", name.lower()).split())
