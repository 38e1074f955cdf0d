"""When everybody is tagged, called, spoken of and named: the whole book's record, asked for the nearest and the many.

Talk is counted in paragraphs that hold any, narration in characters from the book's start.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log1p

from audiobook.attribution.grammar.names import Name, NameMention
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import find_introduced
from audiobook.attribution.turns import Turn

_FAR = 40  # paragraphs of talk; all that is farther is as far
_FARTHEST = 15.0  # of logarithms of distances in characters
_BEHIND = tuple((reach, f"named in {reach} back") for reach in (300, 1500, 6000))  # characters of narration
_AHEAD = tuple((reach, f"named in {reach} ahead") for reach in (300, 1500))
_AROUND = tuple((reach, f"tags within {reach}") for reach in (6, 25))  # paragraphs of talk on either side


class MentionFeatures:
    """Where in the book everybody comes up."""

    def __init__(self, parsed: ParsedBook) -> None:
        self._parsed = parsed
        self.talk = list(_talk_numbers(parsed))  # per turn: its paragraph's number among those that hold talk
        everybody = range(len(parsed.people))
        self._tagged: list[list[int]] = [[] for _ in everybody]  # by tags that are sure
        self._beside: list[list[int]] = [[] for _ in everybody]  # by any tag or beat
        self._called: list[list[int]] = [[] for _ in everybody]
        self._spoken_of: list[list[int]] = [[] for _ in everybody]
        self._named: list[list[int]] = [[] for _ in everybody]  # in narration; in characters
        self._acted: list[list[int]] = [[] for _ in everybody]  # as the subject of a clause; in characters
        self._says: Counter[tuple[int, Name]] = Counter()  # how often a person says a name
        self.starts: list[int] = []  # per passage: where it starts, in characters
        self._scenes: list[int] = []  # where every scene starts
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
            if (speaker := self._sure_speaker(turn)) is not None:
                self._tagged[speaker].append(talk)
            for who in {tagged, parsed.person_of(turn.before), parsed.person_of(turn.after)}:
                if who is not None:
                    self._beside[who].append(talk)
            self._record_names_in(turn, talk)

    def _record_names_in(self, turn: Turn, talk: int) -> None:
        speaker = self._sure_speaker(turn)
        for mentions, record in ((turn.addressed, self._called), (turn.spoken_of, self._spoken_of)):
            for mention in mentions:
                if mention.name in self._parsed.people_by_name:
                    record[self._parsed.people_by_name[mention.name]].append(talk)
                if speaker is not None:
                    self._says[speaker, mention.name] += 1

    def _sure_speaker(self, turn: Turn) -> int | None:
        """The person whom a sure tag of the turn names."""
        return self._parsed.person_of(turn.tag.subject) if turn.tag is not None and turn.tag.sure else None

    def _record_mentions(self) -> None:
        parsed, at, scene = self._parsed, 0, -1
        for passage, entered in zip(parsed.passages, parsed.mentions, strict=True):
            self.starts.append(at)
            if passage.scene != scene:
                self._scenes.append(at)
                scene = passage.scene
            shown = [
                (parsed.turns[i].start, who) for i in passage.turns for who in find_introduced(parsed, parsed.turns[i])
            ]
            for offset, who in sorted([*entered, *shown]):
                self._named[who].append(at + offset)
            for phrase in passage.subjects:
                who_acts = parsed.person_of(phrase)
                if who_acts is not None:
                    self._acted[who_acts].append(at + phrase.start)
            at += len(passage.text) + 1

    def find_talk_features(self, who: int, talk: int) -> dict[str, float]:
        """How near the person comes up in talk, in paragraphs of it, and how often about it."""
        found: dict[str, float] = {}
        for back, ahead, records in self._in_talk:
            record = records[who]
            if record:
                before, behind = bisect_left(record, talk), bisect_right(record, talk)
                found[back] = min(_FAR, talk - record[before - 1]) if before else _FAR
                found[ahead] = min(_FAR, record[behind] - talk) if behind < len(record) else _FAR
            else:
                found[back] = found[ahead] = _FAR
        tagged = self._tagged[who]
        here = _count(tagged, talk, talk + 1) if tagged else 0
        for reach, within in _AROUND:
            found[within] = _count(tagged, talk - reach, talk + reach + 1) - here if tagged else 0
        return found

    def find_subject_features(self, who: int, passage: int, start: int, end: int) -> dict[str, float]:
        """Where near `start` to `end`, in the passage, the narration is about the person."""
        record = self._acted[who]
        before, behind = bisect_left(record, start), bisect_left(record, end)
        there = record[before - 1] if before else -1
        here = self.starts[passage]
        return {
            "acted here": there >= here,
            "acted just before": self._parsed.passage_beside(passage, -1) is not None
            and self.starts[passage - 1] <= there < here,
            "acted back": round(log1p(start - there), 2) if before else _FARTHEST,
            "acted ahead": round(log1p(record[behind] - end), 2) if behind < len(record) else _FARTHEST,
        }

    def find_narration_features(self, who: int, start: int, end: int) -> dict[str, float]:
        """How near the narration names the person around `start` to `end`, and how often."""
        record = self._named[who]
        before, behind = bisect_left(record, start), bisect_left(record, end)
        scene = self._scenes[bisect_right(self._scenes, start) - 1]
        found: dict[str, float] = {
            "in scene": before > 0 and record[before - 1] >= scene,
            "characters back": round(log1p(start - record[before - 1]), 2) if before else _FARTHEST,
            "characters ahead": round(log1p(record[behind] - end), 2) if behind < len(record) else _FARTHEST,
        }
        for reach, name in _BEHIND if before else ():
            found[name] = before - bisect_left(record, start - reach, 0, before)
        for reach, name in _AHEAD if behind < len(record) else ():
            found[name] = bisect_left(record, end + reach, behind) - behind
        return found

    def count_names_said(self, who: int, turn: Turn, mentions: Sequence[NameMention]) -> float:
        """How often other turns that a sure tag gives the person have these names of the turn, as a logarithm."""
        times = sum(self._says[who, mention.name] for mention in mentions)
        if times and self._sure_speaker(turn) == who:
            names = Counter(mention.name for mention in (*turn.addressed, *turn.spoken_of))
            times -= sum(names[mention.name] for mention in mentions)
        return round(log1p(times), 2)


def _talk_numbers(parsed: ParsedBook) -> Iterator[int]:
    talk, last = -1, -1
    for turn in parsed.turns:
        talk, last = talk + (turn.passage != last), turn.passage
        yield talk


def _count(record: Sequence[int], start: int, end: int) -> int:
    return bisect_left(record, end) - bisect_left(record, start)
