"""Nouns that conversations show to be somebody's: "the girl", who speaks whenever it is Nancy's turn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from audiobook.script import Gender
from audiobook.scripting.company import meetings
from audiobook.scripting.lexicon import grammar
from audiobook.scripting.names import Name
from audiobook.scripting.people import Person
from audiobook.scripting.phrases import Phrase, noun_key
from audiobook.scripting.turns import Passage, Turn

_OTHERS = grammar("others") | {"speaker", "voice"}
_IN_CHAPTER = 2  # turns that alternate in a chapter, with none that faces
_IN_BOOK = 3  # in the whole book
_UNSHOWN = 3  # more of either, where the noun does not show a gender
_FACES = 0.2  # of the turns that alternate; the most that may face there
_SECOND = 0.34  # of the turns that alternate; the most that somebody else's may
_BOOK = -1

_Place = tuple[int, str]  # a chapter's index, or _BOOK, and a noun


class Bearers:
    """Whom nouns stand for by the turns that people take."""

    def __init__(
        self, passages: Sequence[Passage], turns: Sequence[Turn], people: Sequence[Person], found: Mapping[Name, int]
    ) -> None:
        self._people = people
        self._faced = Counter[tuple[_Place, int]]()
        self._alternates: dict[_Place, Counter[int]] = {}
        self._present: set[tuple[int, int]] = set()  # chapter, person
        for passage in passages:
            self._present.update((passage.chapter, found[m.name]) for m in passage.names if m.name in found)
        self._bearer = cache(self._find_bearer)  # a noun is asked for wherever it stands in the book
        for meeting in meetings(passages, turns):
            who = found.get(meeting.other.name.name) if meeting.other.name is not None else None
            if who is not None:
                self._note((_BOOK, meeting.noun), meeting.step, who)
                self._note((meeting.chapter, meeting.noun), meeting.step, who)

    def _note(self, place: _Place, step: int, who: int) -> None:
        if step == 1:
            self._faced[place, who] += 1
        else:
            self._alternates.setdefault(place, Counter())[who] += 1

    def meant(self, phrase: Phrase, chapter: int) -> int | None:
        """The person whom a noun phrase stands for; None where it may be anybody."""
        key = noun_key(phrase) if phrase.kind == "noun" else ""
        if not key or phrase.head in _OTHERS:
            return None
        who = self._bearer((chapter, key), phrase.gender, _IN_CHAPTER, 0.0)
        if who is None:
            who = self._bearer((_BOOK, key), phrase.gender, _IN_BOOK, _FACES)
            return who if (chapter, who) in self._present else None
        return who

    def _find_bearer(self, place: _Place, gender: Gender | None, fewest: int, faces: float) -> int | None:
        alternates = self._alternates.get(place, Counter[int]())
        fits = [
            who
            for who, times in alternates.most_common()
            if gender in (None, self._people[who].gender) and self._faced[place, who] <= faces * times
        ]
        if not fits or alternates[fits[0]] < fewest + (0 if gender else _UNSHOWN):
            return None
        second = alternates[fits[1]] if len(fits) > 1 else 0
        return fits[0] if second <= _SECOND * alternates[fits[0]] else None
