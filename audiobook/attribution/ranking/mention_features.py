"""Where each person is tagged, addressed, spoken of and named in the book, and features of distance and frequency.

Dialogue is counted in paragraphs that contain any, narration in characters from the start of the book.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log1p

from audiobook.attribution.grammar.names import Name, NameMention
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import find_introduced
from audiobook.attribution.turns import Turn

_MAX_DISTANCE = 40  # dialogue paragraphs; longer distances are cut off
_MAX_LOG_DISTANCE = 15.0  # limit of the logarithms of distances in characters
_BEHIND = tuple((reach, f"named in {reach} back") for reach in (300, 1500, 6000))  # characters of narration
_AHEAD = tuple((reach, f"named in {reach} ahead") for reach in (300, 1500))
_AROUND = tuple((reach, f"tags within {reach}") for reach in (6, 25))  # dialogue paragraphs on either side


class MentionFeatures:
    """All mentions of each person in the book."""

    def __init__(self, parsed: ParsedBook) -> None:
        self._parsed = parsed
        # Of each turn: the number of its paragraph among the dialogue paragraphs.
        self.talk = list(_number_dialogue(parsed))
        numbers = range(len(parsed.people))
        self._tagged: list[list[int]] = [[] for _ in numbers]  # by sure tags
        self._beside: list[list[int]] = [[] for _ in numbers]  # by any tag or sentence beside a turn
        self._called: list[list[int]] = [[] for _ in numbers]
        self._spoken_of: list[list[int]] = [[] for _ in numbers]
        self._named: list[list[int]] = [[] for _ in numbers]  # in the narration, in characters
        self._acted: list[list[int]] = [[] for _ in numbers]  # as the subject of a clause, in characters
        self._says: Counter[tuple[int, Name]] = Counter()  # how often a person says a name
        self.starts: list[int] = []  # of each passage: its start, in characters
        self._scenes: list[int] = []  # start of each scene
        self._in_talk = [
            ("tagged back", "tagged ahead", self._tagged),
            ("beside back", "beside ahead", self._beside),
            ("called back", "called ahead", self._called),
            ("spoken of back", "spoken of ahead", self._spoken_of),
        ]
        self._record_turns()
        self._record_mentions()

    def _record_turns(self) -> None:
        parsed = self._parsed
        for turn, talk in zip(parsed.turns, self.talk, strict=True):
            tagged = parsed.person_of(turn.tag.subject) if turn.tag else None
            if (speaker := self._find_sure_speaker(turn)) is not None:
                self._tagged[speaker].append(talk)
            for who in {tagged, parsed.person_of(turn.before), parsed.person_of(turn.after)}:
                if who is not None:
                    self._beside[who].append(talk)
            self._record_names_in(turn, talk)

    def _record_names_in(self, turn: Turn, talk: int) -> None:
        speaker = self._find_sure_speaker(turn)
        for mentions, record in ((turn.addressed, self._called), (turn.spoken_of, self._spoken_of)):
            for mention in mentions:
                if mention.name in self._parsed.people_by_name:
                    record[self._parsed.people_by_name[mention.name]].append(talk)
                if speaker is not None:
                    self._says[speaker, mention.name] += 1

    def _find_sure_speaker(self, turn: Turn) -> int | None:
        """Return the person whom a sure tag of the turn names."""
        return self._parsed.person_of(turn.tag.subject) if turn.tag is not None and turn.tag.sure else None

    def _record_mentions(self) -> None:
        parsed, at, scene = self._parsed, 0, -1
        for passage, passage_mentions in zip(parsed.passages, parsed.mentions, strict=True):
            self.starts.append(at)
            if passage.scene != scene:
                self._scenes.append(at)
                scene = passage.scene
            shown = [
                (parsed.turns[i].start, who) for i in passage.turns for who in find_introduced(parsed, parsed.turns[i])
            ]
            for offset, who in sorted([*passage_mentions, *shown]):
                self._named[who].append(at + offset)
            for phrase in passage.subjects:
                who_acts = parsed.person_of(phrase)
                if who_acts is not None:
                    self._acted[who_acts].append(at + phrase.start)
            at += len(passage.text) + 1

    def find_talk_features(self, who: int, talk: int) -> dict[str, float]:
        """Return how near the person is mentioned in dialogue, in dialogue paragraphs, and how often around it."""
        found: dict[str, float] = {}
        for back, ahead, records in self._in_talk:
            record = records[who]
            if record:
                before, behind = bisect_left(record, talk), bisect_right(record, talk)
                found[back] = min(_MAX_DISTANCE, talk - record[before - 1]) if before else _MAX_DISTANCE
                found[ahead] = min(_MAX_DISTANCE, record[behind] - talk) if behind < len(record) else _MAX_DISTANCE
            else:
                found[back] = found[ahead] = _MAX_DISTANCE
        tagged = self._tagged[who]
        here = _count(tagged, talk, talk + 1) if tagged else 0
        for reach, within in _AROUND:
            found[within] = _count(tagged, talk - reach, talk + reach + 1) - here if tagged else 0
        return found

    def find_subject_features(self, who: int, passage: int, start: int, end: int) -> dict[str, float]:
        """Return where near `start` to `end`, in the passage, the person is the subject."""
        record = self._acted[who]
        before, behind = bisect_left(record, start), bisect_left(record, end)
        there = record[before - 1] if before else -1
        here = self.starts[passage]
        return {
            "acted here": there >= here,
            "acted just before": self._parsed.passage_beside(passage, -1) is not None
            and self.starts[passage - 1] <= there < here,
            "acted back": round(log1p(start - there), 2) if before else _MAX_LOG_DISTANCE,
            "acted ahead": round(log1p(record[behind] - end), 2) if behind < len(record) else _MAX_LOG_DISTANCE,
        }

    def find_narration_features(self, who: int, start: int, end: int) -> dict[str, float]:
        """Return how near to `start` and `end` the narration names the person, and how often."""
        record = self._named[who]
        before, behind = bisect_left(record, start), bisect_left(record, end)
        scene = self._scenes[bisect_right(self._scenes, start) - 1]
        found: dict[str, float] = {
            "in scene": before > 0 and record[before - 1] >= scene,
            "characters back": round(log1p(start - record[before - 1]), 2) if before else _MAX_LOG_DISTANCE,
            "characters ahead": round(log1p(record[behind] - end), 2) if behind < len(record) else _MAX_LOG_DISTANCE,
        }
        for reach, name in _BEHIND if before else ():
            found[name] = before - bisect_left(record, start - reach, 0, before)
        for reach, name in _AHEAD if behind < len(record) else ():
            found[name] = bisect_left(record, end + reach, behind) - behind
        return found

    def count_names_said(self, who: int, turn: Turn, mentions: Sequence[NameMention]) -> float:
        """Return the logarithm of how often other turns with a sure tag of the person have these names of the turn."""
        times = sum(self._says[who, mention.name] for mention in mentions)
        if times and self._find_sure_speaker(turn) == who:
            names = Counter(mention.name for mention in (*turn.addressed, *turn.spoken_of))
            times -= sum(names[mention.name] for mention in mentions)
        return round(log1p(times), 2)


def _number_dialogue(parsed: ParsedBook) -> Iterator[int]:
    talk, last = -1, -1
    for turn in parsed.turns:
        talk, last = talk + (turn.passage != last), turn.passage
        yield talk


def _count(record: Sequence[int], start: int, end: int) -> int:
    return bisect_left(record, end) - bisect_left(record, start)
