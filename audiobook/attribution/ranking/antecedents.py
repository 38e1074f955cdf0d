"""Possible antecedents of the pronoun beside a turn.

A pronoun usually refers to the last subject of its gender. This is more certain if that subject is near and few other
people fit.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.turns import Turn
from audiobook.model.script import Gender

_MAX_COUNT = 3  # most people that fit, and most paragraphs back, that are counted
_MAX_PARAGRAPHS = 6  # paragraphs that are searched,
_MAX_PEOPLE = 100  # and people in each


@dataclass(frozen=True, slots=True)
class Antecedents:
    """The possible antecedents of a pronoun."""

    fit: int  # number of people of its gender named before it in its paragraph
    subject: int | None  # the last subject there that fits
    opening: int | None  # the first subject there that fits
    named: int | None  # the last person named there that fits
    carried: int | None  # the last subject of the paragraphs before that fits, if its own paragraph has none
    back: int  # its distance in paragraphs

    def find_features(self, who: int) -> Iterator[tuple[str, float]]:
        """Yield the features of a candidate as the antecedent."""
        for name, meant in (
            ("pronoun subject", self.subject),
            ("pronoun opening", self.opening),
            ("pronoun named", self.named),
            ("pronoun carried", self.carried),
        ):
            if meant is not None:
                yield name, 1.0 if who == meant else -1.0


def find_antecedents(parsed: ParsedBook, turn: Turn) -> Antecedents | None:
    """Find the antecedents of the pronoun in a turn's tag or beside the turn. Return None without a pronoun."""
    phrase = _find_pronoun(turn)
    if phrase is None or phrase.gender is None:
        return None
    # Otherwise it is in the passage that leads in.
    is_inside = parsed.passages[turn.passage].text.startswith(phrase.text, phrase.start)
    number, at, gender = turn.passage - (not is_inside), phrase.start, phrase.gender
    subject = next(_find_fitting_subjects_back(parsed, number, at, gender), None)
    opening = next(
        _filter_fitting(parsed, islice(_find_subjects_before(parsed, number, at), _MAX_PEOPLE), gender), None
    )
    named = list(_find_fitting_names_back(parsed, number, at, gender))
    carried, back = (None, _MAX_COUNT) if subject is not None else _find_carried(parsed, number, gender)
    return Antecedents(
        fit=min(len(set(named)), _MAX_COUNT),
        subject=subject,
        opening=opening,
        named=named[0] if named else None,
        carried=carried,
        back=back,
    )


def _find_pronoun(turn: Turn) -> Phrase | None:
    beside = (turn.tag.subject if turn.tag else None, turn.before, turn.after)
    return next(
        (phrase for phrase in beside if phrase is not None and phrase.kind == "pronoun" and phrase.gender), None
    )


def _find_subjects_before(parsed: ParsedBook, number: int, end: int) -> Sequence[Phrase]:
    """Return the subjects of a passage before `end`."""
    subjects = parsed.passages[number].subjects
    return subjects[: bisect_left(subjects, end, key=lambda phrase: phrase.start)]


def _find_fitting_subjects_back(parsed: ParsedBook, number: int, end: int, gender: Gender) -> Iterator[int]:
    """Yield the subjects before `end` that fit a pronoun of the gender, the nearest first."""
    yield from _filter_fitting(
        parsed, islice(reversed(_find_subjects_before(parsed, number, end)), _MAX_PEOPLE), gender
    )


def _filter_fitting(parsed: ParsedBook, phrases: Iterable[Phrase], gender: Gender) -> Iterator[int]:
    for phrase in phrases:
        who = parsed.person_of(phrase) if phrase.kind != "pronoun" else None
        if who is not None and _fits(parsed, who, gender):
            yield who


def _find_fitting_names_back(parsed: ParsedBook, number: int, end: int, gender: Gender) -> Iterator[int]:
    """Yield the people named before `end` that fit a pronoun of the gender, the nearest first."""
    passage_mentions = parsed.mentions[number]
    last = bisect_left(passage_mentions, (end,))
    for _, who in reversed(passage_mentions[max(0, last - _MAX_PEOPLE) : last]):
        if _fits(parsed, who, gender):
            yield who


def _find_carried(parsed: ParsedBook, number: int, gender: Gender) -> tuple[int | None, int]:
    for back in range(1, _MAX_PARAGRAPHS + 1):
        passage = parsed.passage_beside(number, -back)
        if passage is None:
            break
        subject = next(_find_fitting_subjects_back(parsed, number - back, len(passage.text), gender), None)
        if subject is not None:
            return subject, min(back, _MAX_COUNT)
    return None, _MAX_COUNT


def _fits(parsed: ParsedBook, who: int, gender: Gender) -> bool:
    return parsed.people[who].gender in (gender, None)
