"""When everybody is tagged, called, spoken of and named: the whole book's record, asked for the nearest and the many.

Talk is counted in paragraphs that hold any, narration in characters from the book's start.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log1p

from audiobook.scripting.candidates import shown_by
from audiobook.scripting.names import Name, NameMention
from audiobook.scripting.stage import Stage
from audiobook.scripting.turns import Turn

_FAR = 40  # paragraphs of talk; all that is farther is as far
_FARTHEST = 15.0  # of logarithms of distances in characters
_BEHIND = (300, 1500, 6000)  # characters of narration before a turn
_AHEAD = (300, 1500)
_AROUND = (6, 25)  # paragraphs of talk on either side


class Presence:
    """Where in the book everybody comes up."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.talk = list(_talk_numbers(stage))  # per turn: its paragraph's number among those that hold talk
        everybody = range(len(stage.people))
        self._tagged: list[list[int]] = [[] for _ in everybody]  # by tags that are sure
        self._beside: list[list[int]] = [[] for _ in everybody]  # by any tag or beat
        self._called: list[list[int]] = [[] for _ in everybody]
        self._spoken_of: list[list[int]] = [[] for _ in everybody]
        self._named: list[list[int]] = [[] for _ in everybody]  # in narration; in characters
        self._acted: list[list[int]] = [[] for _ in everybody]  # as the subject of a clause; in characters
        self._says: Counter[tuple[int, Name]] = Counter()  # how often a person says a name
        self.starts: list[int] = []  # per passage: where it starts, in characters
        self._scenes: list[int] = []  # where every scene starts
        self._most_spoke = log1p(max((p.spoke for p in stage.people), default=1) or 1)
        self._most_named = log1p(max((p.count for p in stage.people), default=1) or 1)
        self._note_turns()
        self._note_names()

    def _note_turns(self) -> None:
        stage = self._stage
        for turn, talk in zip(stage.turns, self.talk, strict=True):
            speaker = stage.person_of(turn.tag.subject) if turn.tag else None
            if speaker is not None and turn.tag is not None and turn.tag.sure:
                self._tagged[speaker].append(talk)
            for who in {speaker, stage.person_of(turn.before), stage.person_of(turn.after)}:
                if who is not None:
                    self._beside[who].append(talk)
            self._note_names_in(turn, talk, speaker)

    def _note_names_in(self, turn: Turn, talk: int, speaker: int | None) -> None:
        for mentions, record in ((turn.addressed, self._called), (turn.spoken_of, self._spoken_of)):
            for mention in mentions:
                if mention.name in self._stage.found:
                    record[self._stage.found[mention.name]].append(talk)
                if speaker is not None:
                    self._says[speaker, mention.name] += 1

    def _note_names(self) -> None:
        stage, at, scene = self._stage, 0, -1
        for passage, entered in zip(stage.passages, stage.entrances, strict=True):
            self.starts.append(at)
            if passage.scene != scene:
                self._scenes.append(at)
                scene = passage.scene
            shown = [(stage.turns[i].start, who) for i in passage.turns for who in shown_by(stage, stage.turns[i])]
            for offset, who in sorted([*entered, *shown]):
                self._named[who].append(at + offset)
            for phrase in passage.subjects:
                who_acts = stage.person_of(phrase)
                if who_acts is not None:
                    self._acted[who_acts].append(at + phrase.start)
            at += len(passage.text) + 1

    def fame(self, who: int) -> Iterator[tuple[str, float]]:
        """How often the person speaks and is named in the book, outright and against whoever does most."""
        person = self._stage.people[who]
        yield "speaks", round(log1p(person.spoke), 2)
        yield "speaks often", round(log1p(person.spoke) / self._most_spoke, 2)
        yield "named", round(log1p(person.count), 2)
        yield "named often", round(log1p(person.count) / self._most_named, 2)

    def talked(self, who: int, talk: int) -> Iterator[tuple[str, float]]:
        """How near the person comes up in talk, in paragraphs of it, and how often about it."""
        for name, record in (
            ("tagged", self._tagged[who]),
            ("beside", self._beside[who]),
            ("called", self._called[who]),
            ("spoken of", self._spoken_of[who]),
        ):
            yield f"{name} back", _back(record, talk)
            yield f"{name} ahead", _ahead(record, talk)
        for reach in _AROUND:
            here = _count(self._tagged[who], talk, talk + 1)
            yield f"tags within {reach}", _count(self._tagged[who], talk - reach, talk + reach + 1) - here

    def acts(self, who: int, passage: int, start: int, end: int) -> Iterator[tuple[str, float]]:
        """Where near `start` to `end`, in the passage, the narration is about the person."""
        record = self._acted[who]
        before, behind = bisect_left(record, start), bisect_left(record, end)
        there = record[before - 1] if before else -1
        yield "acted here", there >= self.starts[passage]
        yield "acted just before", passage > 0 and self.starts[passage - 1] <= there < self.starts[passage]
        yield "acted back", round(log1p(start - there), 2) if before else _FARTHEST
        yield "acted ahead", round(log1p(record[behind] - end), 2) if behind < len(record) else _FARTHEST

    def narrated(self, who: int, start: int, end: int) -> Iterator[tuple[str, float]]:
        """How near the narration names the person around `start` to `end`, and how often."""
        record = self._named[who]
        before, behind = bisect_left(record, start), bisect_left(record, end)
        scene = self._scenes[bisect_right(self._scenes, start) - 1]
        yield "in scene", before > 0 and record[before - 1] >= scene
        yield "characters back", round(log1p(start - record[before - 1]), 2) if before else _FARTHEST
        yield "characters ahead", round(log1p(record[behind] - end), 2) if behind < len(record) else _FARTHEST
        for reach in _BEHIND:
            yield f"named in {reach} back", before - bisect_left(record, start - reach)
        for reach in _AHEAD:
            yield f"named in {reach} ahead", bisect_left(record, end + reach) - behind

    def said(self, who: int, mentions: Sequence[NameMention]) -> float:
        """How often turns that a tag gives the person have these names in them, as a logarithm."""
        return round(log1p(sum(self._says[who, mention.name] for mention in mentions)), 2)


def _talk_numbers(stage: Stage) -> Iterator[int]:
    talk, last = -1, -1
    for turn in stage.turns:
        talk, last = talk + (turn.passage != last), turn.passage
        yield talk


def _back(record: Sequence[int], at: int) -> int:
    found = bisect_left(record, at)
    return min(_FAR, at - record[found - 1]) if found else _FAR


def _ahead(record: Sequence[int], at: int) -> int:
    found = bisect_right(record, at)
    return min(_FAR, record[found] - at) if found < len(record) else _FAR


def _count(record: Sequence[int], start: int, end: int) -> int:
    return bisect_left(record, end) - bisect_left(record, start)
