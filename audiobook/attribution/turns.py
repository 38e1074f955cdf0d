"""Turns: the quotations that need a speaker, with the narration around them and the names inside them.

Each paragraph is a passage, which has its turns, its names, and the subjects of its sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from audiobook.attribution.grammar.names import Capitals, NameMention, find_names, introduces_speaker
from audiobook.attribution.grammar.narration_spans import NarrationSpan
from audiobook.attribution.grammar.phrases import Phrase, get_verb_kinds
from audiobook.attribution.grammar.tags import Tag, find_tag_after, find_tag_before, find_tag_in_sentence
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.attribution.speeches import Wording, join_speeches, read_wording
from audiobook.languages import Language, get_language
from audiobook.languages.en.people import BEFORE_NAME, DEAR, QUESTIONS, find_listener_gender
from audiobook.model.book import Paragraph
from audiobook.model.script import Gender

_LEADING = (":", ",", "-", "—", "–")  # marks that end a paragraph whose speech is in the next one
_ENGLISH = get_language("en")
NEAR_TURNS = 3  # most paragraphs between two turns of one conversation

_BLANK = re.compile(r"\s*")
_ADDRESS_BEFORE = re.compile(
    r"(?:^|[,;!?.—–:-]|--)[\s\"'“‘]*$"
    rf"|\b(?:{BEFORE_NAME})"
    r",? (?:old |little |good |sweet )?$",
    re.IGNORECASE,
)
_DEAR_BEFORE = re.compile(rf"\b(?:{DEAR}) $", re.IGNORECASE)
_ADDRESS_AFTER = re.compile(r"\s*(?:[,!?;]|[.—–-](?!\w)|--|[\"'”’»]|$)")
_QUESTION_AFTER = re.compile(rf" (?:{QUESTIONS})\b")


@dataclass(slots=True, kw_only=True)
class Turn:
    """A quotation and its surroundings. It is the unit of attribution: each turn gets one speaker."""

    passage: int  # index of its passage in the book
    start: int
    end: int
    tag: Tag | None
    joined: bool  # it goes on with the speech before it in the paragraph: "I," he said, "am"
    continues: bool  # it is the same speech as the turn before
    before: Phrase | None  # subject of the sentence before it in the paragraph
    after: Phrase | None  # subject of the sentence after it in the paragraph
    addressed: tuple[NameMention, ...]  # vocatives: names that address the listener
    spoken_of: tuple[NameMention, ...]  # other names in it
    introduces: tuple[NameMention, ...]  # names that the speaker gives as their own
    addressed_gender: Gender | None  # gender in a form of address: "sir", "ma'am"
    words: int
    wording: Wording  # whether it asks, answers, breaks off


@dataclass(slots=True, kw_only=True)
class Passage:
    """A paragraph. `names` are the names in its narration."""

    chapter: int  # index in the book
    paragraph: int  # index in the chapter
    text: str
    scene: int  # counts up at each chapter and break
    names: list[NameMention]
    turns: list[int] = field(default_factory=list)  # indices of its turns
    first: Phrase | None = None  # subject of its first sentence of narration
    last: Phrase | None = None  # subject of its last sentence of narration
    lead: Tag | None = None  # tag at its end that introduces the speech of the next paragraph
    # Subjects of its clauses in order; of long narration, only those at the end.
    subjects: list[Phrase] = field(default_factory=list)


def read_passage(
    passage: Passage,
    quotations: Sequence[Quotation],
    names: list[NameMention],
    index: int,
    language: Language = _ENGLISH,
) -> list[Turn]:
    """Return the turns of a passage, and set its names and the subjects of its sentences."""
    text = passage.text
    spans = [q for q in quotations if q.kind != "other"]
    outside, inside = _sort_names(names, spans)
    passage.names = outside
    starts = [0, *(span.end for span in spans)]
    ends = [*(span.start for span in spans), len(text)]
    narration = [
        NarrationSpan(text, start, end, outside, get_verb_kinds(language))
        for start, end in zip(starts, ends, strict=True)
    ]
    turns = [
        _make_turn(text, span, before, after, within)
        for span, (before, after), within in zip(spans, pairwise(narration), inside, strict=True)
    ]
    for turn in turns:
        turn.passage = index
    join_speeches(text, turns)
    _set_subjects(passage, narration)
    return turns


def _sort_names(
    names: list[NameMention], spans: Sequence[Quotation]
) -> tuple[list[NameMention], list[list[NameMention]]]:
    outside: list[NameMention] = []
    inside: list[list[NameMention]] = [[] for _ in spans]
    at = 0
    for name in names:
        while at < len(spans) and spans[at].end <= name.start:
            at += 1
        if at < len(spans) and spans[at].start <= name.start:
            inside[at].append(name)
        else:
            outside.append(name)
    return outside, inside


def _make_turn(
    text: str, quotation: Quotation, narration: NarrationSpan, following: NarrationSpan, inside: list[NameMention]
) -> Turn:
    """Return the turn between the narration before it and the narration after it."""
    start, end = quotation.start, quotation.end
    spoken = text[start:end]
    before = find_tag_before(narration) or _find_tag_at_stop(narration)
    after = find_tag_after(following, spoken)
    tag = before if before and _is_led_in(narration, following) else _choose_tag(before, after)
    uses = [(_classify_use(text, mention, start, end), mention) for mention in inside]
    return Turn(
        passage=0,
        start=start,
        end=end,
        tag=tag,
        joined=False,
        continues=quotation.continues,
        before=narration.last,
        after=following.first,
        addressed=tuple(mention for use, mention in uses if use == "calls"),
        spoken_of=tuple(mention for use, mention in uses if use == "speaks of"),
        introduces=tuple(mention for use, mention in uses if use == "introduces"),
        addressed_gender=find_listener_gender(spoken),
        words=spoken.count(" ") + 1,
        wording=read_wording(spoken),
    )


def _is_led_in(narration: NarrationSpan, following: NarrationSpan) -> bool:
    """Return whether the narration before ends with a colon, and a new sentence follows the quotation."""
    return narration.words.endswith(":") and following.words[:1].isupper()


def _choose_tag(before: Tag | None, after: Tag | None) -> Tag | None:
    return after if after and (after.sure or not before) else before or after


def _classify_use(text: str, mention: NameMention, start: int, end: int) -> Literal["introduces", "calls", "speaks of"]:
    """Return how the quotation from `start` to `end` uses a name."""
    if introduces_speaker(text, mention, start):
        return "introduces"
    return "calls" if _is_called(text, mention, start, end) else "speaks of"


def _is_called(text: str, mention: NameMention, start: int, end: int) -> bool:
    """Return whether the name in the quotation from `start` to `end` addresses the listener."""
    if mention.possessive or mention.name.the:
        return False
    body = start + 1 if not text[start].isalnum() else start
    opens = _BLANK.fullmatch(text, body, max(body, mention.start)) is not None
    closed = _ADDRESS_AFTER.match(text, mention.end, end) is not None
    if opens:
        rest = text[mention.end : mention.end + 1]
        return (closed and rest not in (".", "-", "—")) or _QUESTION_AFTER.match(text, mention.end, end) is not None
    if not closed:
        return _DEAR_BEFORE.search(text, max(body, mention.start - 20), mention.start) is not None
    return _ADDRESS_BEFORE.search(text, max(body, mention.start - 20), mention.start) is not None


def _set_subjects(passage: Passage, narration: Sequence[NarrationSpan]) -> None:
    """Set the subjects of the narration: of all clauses, and at both ends of the passage."""
    passage.first = narration[0].first
    passage.last = narration[-1].last
    passage.lead = (
        find_tag_before(narration[-1]) if narration[-1].words[-1:] in _LEADING else _find_tag_at_stop(narration[-1])
    )
    passage.subjects = [subject for stretch in narration for subject in stretch.subjects]


def _find_tag_at_stop(narration: NarrationSpan) -> Tag | None:
    """Return the tag in the sentence before a quotation, unless that sentence follows another quotation."""
    return None if narration.start and narration.sentence == narration.start else find_tag_in_sentence(narration)


def ends_paragraph(text: str, turn: Turn) -> bool:
    """Return whether the turn ends its paragraph."""
    return _BLANK.fullmatch(text, turn.end) is not None


def find_paragraph_names(paragraph: Paragraph, capitals: Capitals, known: dict[str, str]) -> list[NameMention]:
    """Return the names in a paragraph. A heading or a break has none."""
    return [] if paragraph.kind in ("heading", "break") else find_names(paragraph.text, capitals, known)
