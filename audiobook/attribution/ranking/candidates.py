"""The candidates for each turn: people named around it, and people mentioned recently."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.turns import Passage, Turn
from audiobook.languages.en.lexicon import load_words

EvidenceKind = Literal["name", "noun", "pronoun", "beat", "bare"]
EVIDENCE_KINDS: tuple[EvidenceKind, ...] = ("name", "noun", "pronoun", "beat", "bare")

_RELATIONS = load_words("relations")
_MAX_RECENT_CANDIDATES = 12  # recently mentioned people who are candidates
_MAX_RECENT = 60  # recently mentioned people who are ranked
_PARAGRAPHS_AHEAD = 2  # paragraphs after the turn's own that are read
_MAX_DISTANCE = 6000  # characters of the turn's paragraph on either side that are read
_MAX_PEOPLE = 30  # most people in one place; annotated novels have at most 14


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSet:
    """A turn and its candidates."""

    index: int  # of the turn
    evidence_kind: EvidenceKind  # the strongest evidence for the speaker beside the turn
    people: tuple[int, ...]
    recent: tuple[int, ...]  # people mentioned in the narration before, the last one first
    acted: tuple[int, ...]  # subjects of its clauses, the last one first


def classify_evidence(parsed: ParsedBook, turn: Turn) -> EvidenceKind:
    """Return the kind of evidence beside the turn: a tag with a name, noun or pronoun, only a sentence, or none."""
    if turn.tag is not None:
        kind = turn.tag.subject.kind
        if kind == "pronoun":
            return "name" if turn.tag.subject.pronoun == "i" and parsed.narrator is not None else "pronoun"
        if kind == "name" and parsed.person_of(turn.tag.subject) is None:
            return "noun"
        return kind
    return "beat" if turn.before or turn.after else "bare"


def find_candidates(parsed: ParsedBook) -> Iterator[CandidateSet]:
    """Yield the candidates of each turn in order."""
    seen, acted = _RecencyList(), _RecencyList()
    for number, passage in enumerate(parsed.passages):
        seen.ahead = iter(parsed.mentions[number])
        acted.ahead = iter(_find_subjects(parsed, passage))
        for index in passage.turns:
            turn = parsed.turns[index]
            seen.read_to(turn.start)
            acted.read_to(turn.start)
            yield _make_candidate_set(parsed, index, seen.list_latest(), acted.list_latest())
            for who in find_introduced(parsed, turn):
                seen.add(who)
        seen.read_to(len(passage.text))
        acted.read_to(len(passage.text))


class _RecencyList:
    """People by the order of their last mention."""

    def __init__(self) -> None:
        self._people: dict[int, None] = {}
        self._next: tuple[int, int] | None = None
        self.ahead: Iterator[tuple[int, int]] = iter(())  # mentions in the passage: (offset, person)

    def add(self, who: int) -> None:
        self._people.pop(who, None)
        self._people[who] = None

    def read_to(self, end: int) -> None:
        """Read the mentions of the passage before `end`."""
        self._next = self._next or next(self.ahead, None)
        while self._next is not None and self._next[0] < end:
            self.add(self._next[1])
            self._next = next(self.ahead, None)

    def list_latest(self) -> tuple[int, ...]:
        return tuple(islice(reversed(self._people), _MAX_RECENT))


def _find_subjects(parsed: ParsedBook, passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the subjects of a passage's narration."""
    for phrase in passage.subjects:
        who = parsed.person_of(phrase)
        if who is not None:
            yield phrase.start, who


def find_introduced(parsed: ParsedBook, turn: Turn) -> Iterator[int]:
    """Yield people whom a turn mentions other than by a name in the narration: by an introduction or a noun."""
    yield from (
        parsed.people_by_name[mention.name] for mention in turn.introduces if mention.name in parsed.people_by_name
    )
    if turn.tag is not None and turn.tag.subject.kind != "name":
        who = parsed.person_of(turn.tag.subject)
        if who is not None:
            yield who


def _make_candidate_set(
    parsed: ParsedBook, index: int, recent: tuple[int, ...], acted: tuple[int, ...]
) -> CandidateSet:
    turn = parsed.turns[index]
    named = tuple(_find_certain(parsed, turn))
    people = named or tuple(
        dict.fromkeys([*_take_distinct(_find_around(parsed, index)), *recent[:_MAX_RECENT_CANDIDATES]])
    )
    people = tuple(who for who in people if _may_be_subject(parsed, turn, who)) or people
    return CandidateSet(
        index=index, evidence_kind=classify_evidence(parsed, turn), people=people, recent=recent, acted=acted
    )


def _find_certain(parsed: ParsedBook, turn: Turn) -> Iterator[int]:
    """Yield the only possible speaker: by an introduction, a label, or a sure tag with a name."""
    introduced = {
        parsed.people_by_name[mention.name] for mention in turn.introduces if mention.name in parsed.people_by_name
    }
    if len(introduced) == 1:
        yield from introduced
    elif turn.tag is not None and (turn.tag.side == "label" or (turn.tag.sure and turn.tag.subject.kind == "name")):
        who = parsed.person_of(turn.tag.subject)
        if who is not None:
            yield who


def _may_be_subject(parsed: ParsedBook, turn: Turn, who: int) -> bool:
    """Return whether a sure tag's "he" or "she" allows this person: genders must fit, and the narrator says "I"."""
    if turn.tag is None or not turn.tag.sure or turn.tag.subject.pronoun not in ("male", "female"):
        return True
    return who != parsed.narrator and parsed.people[who].gender in (None, turn.tag.subject.gender)


def _find_around(parsed: ParsedBook, index: int) -> Iterator[int]:
    """Yield the people named in the turn's paragraph, in the next ones, and in the neighbouring turns."""
    turn = parsed.turns[index]
    number = turn.passage
    own = parsed.person_of(turn.tag.subject) if turn.tag else None
    if own is not None:
        yield own
    yield from (parsed.people_by_name[m.name] for m in turn.introduces if m.name in parsed.people_by_name)
    yield from find_relatives(parsed, turn)
    yield from _find_near(parsed, turn)
    for ahead in range(1, _PARAGRAPHS_AHEAD + 1):
        if parsed.passage_beside(number, ahead) is not None:
            yield from islice(parsed.mention_ranges[number + ahead], _MAX_PEOPLE)
    for other in (index - 2, index - 1, index + 1, index + 2):
        if parsed.in_conversation(index, other):
            yield from _find_shown_by_neighbour(parsed, parsed.turns[other])
    if parsed.narrator is not None:
        yield parsed.narrator


def _find_near(parsed: ParsedBook, turn: Turn) -> Iterator[int]:
    """Yield the people whom the narration of the turn's paragraph names near the turn."""
    passage_mentions = parsed.mentions[turn.passage]
    low = bisect_left(passage_mentions, (turn.start - _MAX_DISTANCE,))
    high = bisect_left(passage_mentions, (turn.end + _MAX_DISTANCE,), low)
    yield from (who for _, who in islice(passage_mentions, low, high))


def _find_shown_by_neighbour(parsed: ParsedBook, beside: Turn) -> Iterator[int]:
    """Yield the people whom a neighbouring turn addresses, and the subject of its tag."""
    yield from (parsed.people_by_name[m.name] for m in beside.addressed if m.name in parsed.people_by_name)
    tagged = parsed.person_of(beside.tag.subject) if beside.tag else None
    if tagged is not None:
        yield tagged


def find_relatives(parsed: ParsedBook, turn: Turn) -> tuple[int, ...]:
    """Return the people with the surname of somebody near, if the tag names a relation: "her father"."""
    subject = turn.tag.subject if turn.tag else None
    if subject is None or not subject.owned or subject.head not in _RELATIONS:
        return ()
    near = {
        parsed.people_by_name[m.name] for m in (*turn.addressed, *turn.spoken_of) if m.name in parsed.people_by_name
    }
    for back in range(-_PARAGRAPHS_AHEAD, 1):
        if parsed.passage_beside(turn.passage, back) is not None:
            near.update(islice(parsed.mention_ranges[turn.passage + back], _MAX_PEOPLE))
    return _take_distinct(
        other
        for who in sorted(near)
        for surname in sorted(parsed.people[who].surnames)
        for other in parsed.families.get(surname, ())
        if other != who
    )


def _take_distinct(people: Iterable[int]) -> tuple[int, ...]:
    """Return the people without repetition, at most `_MAX_PEOPLE`, so that a long list of names costs no more."""
    kept: dict[int, None] = {}
    for who in people:
        kept[who] = None
        if len(kept) == _MAX_PEOPLE:
            break
    return tuple(kept)
