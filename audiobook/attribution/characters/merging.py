"""Merges people who turn out to be one person: by introductions, aliases, answers, titles and descriptions."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from audiobook.attribution.characters.descriptions import Descriptions
from audiobook.attribution.characters.interactions import Interactions
from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name, NameMention, is_alias
from audiobook.attribution.turns import NEAR_TURNS, Passage, Turn
from audiobook.languages.en.lexicon import KIN, TITLE_SPELLINGS, load_titles
from audiobook.languages.en.people import FORMS_OF_ADDRESS

_WHO_IS_IT = re.compile(r"\b[Ww]ho(?:['’]s| is| was| are)? (?!you\b|are you\b|there\b|it\b)[^?]{0,120}\?")
_WHO_ARE_YOU = re.compile(
    r"\b(?:you are|who (?:are|might) you(?: be)?|your name)[^?\w]*\?\W*$|\bwhat(?:['’]s| is) your name\b", re.IGNORECASE
)


def find_bare_introductions(passages: Sequence[Passage], turns: Sequence[Turn]) -> None:
    """Recognise introductions that consist of a name only.

    A turn is an introduction if it is nothing but the full name of a new person ("Septimus Quill," he said), or if it
    answers a question for the name ("And you are?" "Septimus Quill. I mend clocks."). The answer to a question about a
    third person names that person instead.
    """
    known: set[str] = set()
    for passage in passages:
        narrated = iter(passage.names)
        ahead = next(narrated, None)
        for index in passage.turns:
            turn = turns[index]
            while ahead is not None and ahead.start < turn.start:
                known.update(ahead.name.words)
                ahead = next(narrated, None)
            mentions = (*turn.addressed, *turn.spoken_of)
            if len(mentions) == 1 and known.isdisjoint(mentions[0].name.words):
                _mark_introduction(passages, turns, index, mentions[0])
            known.update(word for mention in mentions for word in mention.name.words)
        known.update(word for mention in passage.names for word in mention.name.words)


def _mark_introduction(passages: Sequence[Passage], turns: Sequence[Turn], index: int, mention: NameMention) -> None:
    turn, text = turns[index], passages[turns[index].passage].text
    alone = _is_only_name(text, turn, mention) and not _is_asked(passages, turns, index, _WHO_IS_IT)
    if alone or (_opens_with_name(text, turn, mention) and _is_asked(passages, turns, index, _WHO_ARE_YOU)):
        turn.introduces, turn.addressed, turn.spoken_of = (mention,), (), ()


def propagate_introductions(turns: Sequence[Turn]) -> None:
    """Copy the names that the speaker gives in one part of a speech to the other parts."""
    for turn, following in pairwise(turns):
        if following.joined or following.continues:
            following.introduces = tuple(dict.fromkeys((*turn.introduces, *following.introduces)))
    for turn, following in zip(turns[-2::-1], turns[:0:-1], strict=True):
        if following.joined or following.continues:
            turn.introduces = following.introduces


def _is_only_name(text: str, turn: Turn, mention: NameMention) -> bool:
    """Return whether the turn is only a name, in full, and its tag does not name the speaker."""
    full = len(mention.name.words) > 1 or (mention.name.title and mention.name.title not in FORMS_OF_ADDRESS)
    rest = text[turn.start : mention.start] + text[mention.end : turn.end]
    if not full or any(c.isalnum() or c in "?!" for c in rest):
        return False
    if turn.tag is None:
        return _CAME_THE_ANSWER.match(text, turn.end) is not None
    return turn.tag.sure and turn.tag.subject.kind != "name" and turn.tag.subject.pronoun != "i"


def _opens_with_name(text: str, turn: Turn, mention: NameMention) -> bool:
    """Return whether the turn begins with a full name that is a sentence of its own."""
    before, behind = text[turn.start : mention.start], text[mention.end : mention.end + 1]
    return len(mention.name.words) > 1 and not any(map(str.isalnum, before)) and behind in ".,!;—"


_CAME_THE_ANSWER = re.compile(r",? ?(?:came|was) (?:the|his|her) (?:\w+ )?(?:answer|reply)\b")


def _is_asked(passages: Sequence[Passage], turns: Sequence[Turn], index: int, question: re.Pattern[str]) -> bool:
    """Return whether the turn before asks this question."""
    before = turns[index - 1] if index else None
    if before is None or turns[index].passage - before.passage > NEAR_TURNS:
        return False
    return question.search(passages[before.passage].text, before.start, before.end) is not None


_MIN_ANSWERS = 3  # the least number of answers to a name that make it the person's,
_MIN_ANSWER_SHARE = 0.3  # and their least share of all answers to it
_CLEAR_ANSWERS = 6  # the least number and
_CLEAR_ANSWER_SHARE = 0.5  # the least share of answers that outweigh a different surname
_FEW_ANSWERS = 2  # the least number of answers, for a name with a count
_FEW_MENTIONS = range(3, 7)  # in this range, if nobody else answers to it more than once
_MAX_VOCATIVE_SHARE = 0.25  # the most vocatives between the two, as a share of the answers
_MAX_SENTENCE_SHARE, _MAX_SENTENCES = 0.07, 2  # the most shared sentences, as a share of the mentions of the rarer name
_DOMINANCE = 3  # how many times more often one person must have the title than any other

_NO_PERSON = -1
_I_AM_A = re.compile(r"\bI(?: am|['’]m) (?:an?|the) $")


def merge_introduced(turns: Sequence[Turn], people: Sequence[Person], people_by_name: dict[Name, int]) -> None:
    """Merge the names that a speaker gives as their own in one speech: "My name is Ada, but call me Bee".

    A pronoun in the tag decides a gender that the names do not show.
    """
    same: dict[int, int] = {}
    for turn in turns:
        given = list(dict.fromkeys(people_by_name[m.name] for m in turn.introduces if m.name in people_by_name))
        for who in given:
            people[who].gender = people[who].gender or (turn.tag.subject.gender if turn.tag else None)
        if len(given) > 1:
            same.update((other, given[0]) for other in given[1:] if _may_be_one(people[given[0]], people[other]))
    merge_people(same, people, people_by_name)


def merge_aliases(passages: Sequence[Passage], people: Sequence[Person], people_by_name: dict[Name, int]) -> None:
    """Merge two names that the narration states to be one person's."""
    same: dict[int, int] = {}
    for passage in passages:
        for one, other in pairwise(passage.names):
            if one.name in people_by_name and other.name in people_by_name and is_alias(passage.text, one, other):
                number, kept = people_by_name[other.name], people_by_name[one.name]
                if number != kept and _may_be_one(people[number], people[kept]):
                    same[number] = kept
    merge_people(same, people, people_by_name)


def merge_revealed(
    passages: Sequence[Passage], turns: Sequence[Turn], people: Sequence[Person], people_by_name: dict[Name, int]
) -> None:
    """Merge two people known by nouns, where one says that they are the other.

    "The Voice" becomes "the Invisible Man" where it says "I am an Invisible Man".
    """
    same: dict[int, int] = {}
    who: int | None = None
    for turn in turns:
        if turn.tag is not None or not turn.joined:
            subject = turn.tag.subject.name if turn.tag is not None and turn.tag.sure else None
            who = people_by_name.get(subject.name) if subject is not None else None
        if who is None or not _is_known_by_noun(people[who]):
            continue
        for mention in (*turn.addressed, *turn.spoken_of, *turn.introduces):
            other = people_by_name.get(mention.name, people_by_name.get(mention.name._replace(the=True), who))
            said = _I_AM_A.search(passages[turn.passage].text, turn.start, mention.start) is not None
            if said and other != who and _is_known_by_noun(people[other]) and _may_be_one(people[who], people[other]):
                same[who] = other
    merge_people(same, people, people_by_name)


def _is_known_by_noun(person: Person) -> bool:
    return max(person.forms, key=person.forms.__getitem__, default="").startswith("the ")


def merge_described(people: Sequence[Person], people_by_name: dict[Name, int], known: Descriptions) -> None:
    """Merge capitalised nouns ("the Colonel", "the Vicar") with the one person to whom they refer."""
    same: dict[int, int] = {}
    for name, number in people_by_name.items():
        if name.title or len(name.words) != 1 or not people[number].givens <= set(name.words):
            continue
        noun = TITLE_SPELLINGS.get(name.words[0].lower(), name.words[0].lower())
        who = known.find_referent(noun)
        if who is None and noun in load_titles() and noun not in KIN:
            who = _find_dominant_title_holder(noun, people)
        if who is not None and who != number and not people[number].surnames:
            same[number] = who
    merge_people(same, people, people_by_name)


def _find_dominant_title_holder(title: str, people: Sequence[Person]) -> int | None:
    """Return the person who is named with a title far more often than anybody else."""
    times = {p.number: sum(n for form, n in p.forms.items() if _read_title(form) == title) for p in people}
    ranked = sorted((p.number for p in people if title in p.titles), key=lambda who: (-times[who], who))
    if not ranked or (len(ranked) > 1 and times[ranked[0]] < _DOMINANCE * times[ranked[1]]):
        return None
    return ranked[0]


def _read_title(form: str) -> str:
    word = form.lower().removeprefix("the ").split()[0].rstrip(".")
    return TITLE_SPELLINGS.get(word, word)


def merge_answering(people: Sequence[Person], people_by_name: dict[Name, int], interactions: Interactions) -> None:
    """Merge a name in vocatives with the person who answers to it: Cecil speaks when Mr. Vyse is called."""
    vocatives, adjacent, cooccurring, answered = (
        _count_between_people(people_by_name, met)
        for met in (interactions.vocatives, interactions.adjacent, interactions.cooccurring, interactions.answers)
    )
    nobody = Counter[int]()
    same: dict[int, int] = {}
    for one, answers in sorted(answered.items()):
        met, calls, near = (between.get(one, nobody) for between in (adjacent, vocatives, cooccurring))
        others = [
            who
            for who in answers
            if who not in (one, _NO_PERSON)
            and not met[who]
            and calls[who] <= _MAX_VOCATIVE_SHARE * answers[who]
            and near[who] <= max(_MAX_SENTENCES, _MAX_SENTENCE_SHARE * min(people[one].count, people[who].count))
        ]
        likely = max(others, key=lambda who: (answers[who], -who), default=None)
        if likely is not None and _answers_to(people[one], people[likely], answers, silent=not met):
            same[one] = likely
    merge_people(same, people, people_by_name)


def _count_between_people(
    people_by_name: Mapping[Name, int], met: Mapping[Name, Counter[Name]]
) -> dict[int, Counter[int]]:
    """Convert counts between names to counts between persons. All names that are not a person's count as one."""
    between: dict[int, Counter[int]] = {}
    for name, others in met.items():
        if name in people_by_name:
            counts = between.setdefault(people_by_name[name], Counter())
            for other, times in others.items():
                counts[people_by_name.get(other, _NO_PERSON)] += times
    return between


def _answers_to(one: Person, other: Person, answers: Counter[int], *, silent: bool) -> bool:
    """Return whether `other` answers so often when `one` is called that both are the same person.

    `silent` says that no tag shows `one` in a conversation.
    """
    times, of = answers[other.number], answers.total()
    if not _may_be_one(one, other):
        return False
    if _have_different_surnames(one, other):
        return times >= _CLEAR_ANSWERS and times >= _CLEAR_ANSWER_SHARE * of
    seldom = silent and one.count in _FEW_MENTIONS
    return (seldom and times == _FEW_ANSWERS and of <= _FEW_ANSWERS + 1) or (
        times >= _MIN_ANSWERS and times >= _MIN_ANSWER_SHARE * of
    )


def _have_different_surnames(one: Person, other: Person) -> bool:
    """Return whether the surnames of the two differ. A person known by a noun ("the Invisible Man") has none."""
    if _has_only_noun(one) or _has_only_noun(other) or not (one.surnames and other.surnames):
        return False
    return one.surnames.isdisjoint(other.surnames)


def _has_only_noun(person: Person) -> bool:
    return not person.titles and _is_known_by_noun(person)


def _may_be_one(one: Person, other: Person) -> bool:
    return one.gender is None or other.gender is None or one.gender == other.gender


def merge_people(same: Mapping[int, int], people: Sequence[Person], people_by_name: dict[Name, int]) -> None:
    """Merge each key into the person of its value, which may itself be merged into another."""
    moves = {one: end for one in same if (end := _find_end(same, one)) != one}
    for number, other in moves.items():
        left, kept = people[number], people[other]
        kept.forms.update(left.forms)
        kept.givens |= left.givens
        kept.titles |= left.titles
        kept.surnames |= left.surnames
        kept.count += left.count
        kept.gender = kept.gender or left.gender
        left.forms.clear()
        left.count = 0
    for name, number in people_by_name.items():
        people_by_name[name] = moves.get(number, number)


def _find_end(same: Mapping[int, int], one: int) -> int:
    """Return the end of a chain of merges; in a cycle, its lowest number."""
    seen = [one]
    while seen[-1] in same and same[seen[-1]] not in seen:
        seen.append(same[seen[-1]])
    return min(seen[seen.index(same[seen[-1]]) :]) if seen[-1] in same else seen[-1]
