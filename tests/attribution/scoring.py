"""How right a script is about an annotated story, by the measures that novels are scored with.

dialogue   precision, recall and F1 over letters and digits; thoughts set in italics count neither for nor against
voice      share of quotations heard in their speaker's own voice: each predicted speaker stands for at most one
           person, under the best one-to-one assignment
named      share whose predicted speaker bears a name of the right person
gender     share of the quotations of women and men whose predicted speaker is known as one
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audiobook.model.script import NARRATOR, Character, Line, Script
from tests.attribution.annotations import NOBODY, TYPES, Person, Quotation, Story
from tests.attribution.assignment import best_pairs

TITLES = re.compile(
    r"\b(?:mr|mrs|miss|ms|dr|doctor|sir|lady|lord|herr|frau|fräulein|father|guard|sergeant|captain|lieutenant|court"
    r"|councillor|von|aunt|auntie|uncle|old|young|the|a|my)\b"
)

Votes = Counter[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A quotation that is heard in the wrong voice."""

    quotation: Quotation
    guess: str | None  # the predicted speaker; None where it is narration, or nobody is known
    text: str  # how it begins

    def __str__(self) -> str:
        return f"{self.quotation.type}: {self.quotation.speaker}, not {self.guess or 'nobody'}: {self.text}"


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of so many."""

    right: int
    of: int

    def __float__(self) -> float:
        return self.right / self.of if self.of else 1.0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.of + other.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of one story, or of several added up."""

    precision: Share  # letters marked as dialogue that are
    recall: Share  # letters of dialogue that are marked
    voice: Share
    types: dict[str, Share]  # voice, by explicit, anaphoric, implicit
    named: Share
    gender: Share
    misses: tuple[Miss, ...]

    @property
    def f1(self) -> float:
        """Precision and recall in one."""
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
    """What the script of a story is worth."""
    lines = [line for line in script.lines() if line.kind != "narration" and line.start is not None]
    precision, recall = _dialogue(lines, story)
    heard = [(q, _guess(q, lines, story.text)) for q in story.quotations if q.speaker not in NOBODY]
    heard = [(q, guess) for q, guess in heard if not is_italic(q, story.text) or guess is not None]
    voices = _voices(heard)
    misses = tuple(
        Miss(quotation=q, guess=guess, text=beginning(story, q))
        for q, guess in heard
        if guess is None or voices.get(guess) != q.speaker
    )
    missed = Counter(miss.quotation.type for miss in misses)
    counted = Counter(q.type for q, _ in heard)
    known = {c.name: c for c in script.characters}
    forms = _forms(story.cast)
    genders = {p.name: p.gender for p in story.cast if p.gender}
    sexed = [(q, guess) for q, guess in heard if q.speaker in genders]
    return Score(
        precision=precision,
        recall=recall,
        voice=Share(len(heard) - len(misses), len(heard)),
        types={kind: Share(counted[kind] - missed[kind], counted[kind]) for kind in TYPES},
        named=Share(sum(bool(_names(guess, known) & forms[q.speaker]) for q, guess in heard), len(heard)),
        gender=Share(sum(_gender(guess, known, script) == genders[q.speaker] for q, guess in sexed), len(sexed)),
        misses=misses,
    )


def total(scores: Iterable[Score]) -> Score:
    """Several scores as one, each quotation and letter counting the same."""
    first, *others = scores
    for other in others:
        first += other
    return first


def is_italic(quotation: Quotation, text: str) -> bool:
    """Whether it is a thought set in italics, which a script may leave to the narrator."""
    return text[quotation.spans[0].start - 1] == "_"


def beginning(story: Story, quotation: Quotation) -> str:
    """How a quotation begins, and on which line of the story's file."""
    span = quotation.spans[0]
    words = " ".join(story.text[span.start : span.end].split())
    number = story.text.count("\n", 0, span.start) + 1
    return f"{story.name}.txt:{number}: {words[:60]}"


def _dialogue(lines: Iterable[Line], story: Story) -> tuple[Share, Share]:
    """Precision and recall over letters and digits."""
    true, free = set[int](), set[int]()
    for quotation in story.quotations:
        letters = free if is_italic(quotation, story.text) else true
        for span in quotation.spans:
            letters.update(_ink(story.text, span.start, span.end))
    said = {at for line in lines for at in _ink(story.text, line.start or 0, line.end or 0)} - free
    hit = len(said & true)
    return Share(hit, len(said)), Share(hit, len(true))


def _ink(text: str, start: int, end: int) -> Iterator[int]:
    return (at for at in range(start, end) if text[at].isalnum())


def _guess(quotation: Quotation, lines: Iterable[Line], text: str) -> str | None:
    """The speaker of most of the quotation's letters."""
    letters = sum(1 for span in quotation.spans for _ in _ink(text, span.start, span.end))
    votes: Votes = Counter()
    for line in lines:
        for span in quotation.spans:
            start, end = max(line.start or 0, span.start), min(line.end or 0, span.end)
            votes[line.speaker] += sum(1 for _ in _ink(text, start, end))
    votes[None] += letters - sum(votes.values())  # what is told, not said
    return max(votes, key=lambda speaker: (votes[speaker], speaker or ""))


def _voices(heard: Iterable[tuple[Quotation, str | None]]) -> dict[str, str]:
    """Whose voice each predicted speaker is."""
    votes = Counter((guess, quotation.speaker) for quotation, guess in heard if guess is not None)
    guesses = sorted({guess for guess, _ in votes})
    people = sorted({person for _, person in votes})
    pairs = best_pairs([[votes[guess, person] for person in people] for guess in guesses])
    return {guesses[row]: people[column] for row, column in pairs.items()}


def _forms(cast: Iterable[Person]) -> dict[str, set[str]]:
    """Every name each person goes by; those without titles, and single parts of them, where they are one person's."""
    listed = {p.name: {normal(form) for form in (p.name, *p.aliases)} for p in cast}
    parts = {name: {part for form in forms for part in _parts(form)} for name, forms in listed.items()}
    claims = Counter(part for found in parts.values() for part in found)
    return {name: forms | {p for p in parts[name] if claims[p] == 1} for name, forms in listed.items()}


def _parts(form: str) -> set[str]:
    words = TITLES.sub(" ", form).split()
    return {" ".join(words), *words} - {""}


def _names(guess: str | None, known: dict[str, Character]) -> set[str]:
    if guess is None:
        return set()
    aliases = known[guess].aliases if guess in known else ()
    return {normal(form) for form in (guess, *aliases)}


def _gender(guess: str | None, known: dict[str, Character], script: Script) -> str | None:
    character = known.get((script.narrator if guess == NARRATOR else guess) or "")
    return character.gender if character else None


def normal(name: str) -> str:
    """A name without case, punctuation or spacing differences."""
    return " ".join(re.sub(r"[^\w ]+", " ", name.lower()).split())
