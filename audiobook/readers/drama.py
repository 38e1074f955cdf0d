"""Recognise plays: which names before the speeches are labels, who says each speech, and what are stage directions.

Four layouts are known: `NAME. Words` (also with a colon, a dash, or the name in italics), the name on a line of its own
above the words, the name as a paragraph of its own, and screenplays, whose action stands between the speeches.

No single line decides. A chapter is a play if labels open a large share of its paragraphs, come back, and alternate. So
neither headings in capitals nor lists nor definitions make a novel a play.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from audiobook.model.book import SPEAKER_NAME, Paragraph, ParagraphKind, Skipped, letters_of
from audiobook.readers.omissions import skip

Form = Literal["stop", "line", "alone"]  # NAME. words | the name on the paragraph's first line | a paragraph of its own

_TITLES = r"(?:Mrs?|Ms|Mmes?|Mlles?|Messrs|Drs?|St|Lt|Capt|Col|Gen|Maj|Sgt|Rev|Hon|Prof|Sr|Sra|Hr|Fr)"
_WORD = r"[^\W_][\w'’\-]*"
_INITIAL = rf"(?:(?:{_TITLES}|{_TITLES.upper()}|[A-Z])\.\s)"
_NAME = rf"{_INITIAL}*{_WORD}(?:(?:,?\s|\s[&+]\s|/){_INITIAL}?{_WORD}){{0,5}}"
_ASIDE = r",?\s?(?P<aside>[\[(][^\])]{0,200}[\])])"
_NAMED = rf"[_*]{{0,2}}(?P<name>{_NAME})[_*]{{0,2}}"
_STOPPED = re.compile(
    rf"{_NAMED}(?:{_ASIDE})?[_*]{{0,2}}(?P<stop>\.\s?(?:--|[—–])|[.:]|\s?[—–]|--)?[_*]{{0,2}}\s*(?=\S)"
)
_WHOLE = re.compile(rf"{_NAMED}(?:{_ASIDE})?[_*]{{0,2}}[.:]?[_*]{{0,2}}\s*")
_LONGEST_LABEL = 60  # characters, without what is in brackets
_LONGEST_LINE = 120  # characters, with what is in brackets
_LOOKED_AT = 300  # characters at the start of a paragraph
_MAY_BE_LABEL = re.compile(r"[_*]|[^\W\d_][^\n]{1,60}?[.:\[(—–]|[^\n]{1,60}$")
_STOP = re.compile(r"[.:][_*]{0,2}\s+|\s+")
# Marks of a screenplay behind a name that are not spoken: off screen, voice over, continued.
_EXTENSION = re.compile(r"[\[(](?:O\.? ?S\.?|V\.? ?O\.?|O\.? ?C\.?|CONT(?:['’]?D|INUED|\.)?)[\])]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]{1,2000}\]|\((?:[^()]|\([^()]{0,200}\)){1,2000}\)")
_ACTION = re.compile(
    r"[\[(_*]*(?:Re-?enter|Enters?|Exit|Exeunt|Manent|Flourish|Alarums?|Curtain|Thunder|Trumpets?|Music|They|Aside)\b"
)
# What stands before a stop in capitals or alone in a paragraph, comes back, and is nobody's name.
_NEVER = frozenset(
    """
    act scene part chapter book volume canto section article note notes warning caution tip hint example
    figure fig table plate question answer q a exercise step rule item lesson day week month year date time
    place total page line monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december ps nb re to from subject first second
    third fourth fifth secondly thirdly firstly finally lastly curtain exit enter exeunt end finis contents
    index ingredients method yes no oh ah well why what who where when how so but and or if then now here
    there it he she they we you i this that these those never always perhaps maybe please good right okay ok
    nothing nobody stop go come look listen wait hush sir madam cut fade int ext interior exterior chorus
    refrain verse moral the
    """.split()  # noqa: SIM905  # a list of words is read more easily
)

_FEWEST = 4  # labelled speeches that make a chapter a play
_SHARE = 0.4  # of the paragraphs, that are labelled or go on with a labelled speech
_BACK = 0.6  # of the labels, that come back
_STYLE = 0.75  # of the labels, that are names in capitals which come back: then all names are in capitals
_TURNS = 0.6  # of neighbouring labels, that differ
_FEWEST_SMALL, _SHARE_SMALL, _BACK_SMALL = 8, 0.5, 0.85  # the same for labels that are not in capitals
_FEWEST_KNOWN, _SHARE_KNOWN = 1, 0.3  # the same for a short scene of a play whose speakers are known


@dataclass(frozen=True, slots=True)
class _Label:
    """A name that may be a speaker's, at the start of a paragraph."""

    name: str
    form: Form
    end: int  # offset in the text where the speech begins
    is_strong: bool  # in capitals or in italics; other labels need more evidence

    @property
    def key(self) -> str:
        return letters_of(self.name).casefold()


def mark_plays(chapters: Sequence[Sequence[Paragraph]], skipped: list[Skipped]) -> list[tuple[Paragraph, ...]]:
    """The chapters, in those that are plays with speakers and stage directions marked.

    The places of the names are added to `skipped`. A chapter in which the reader has marked speakers stays as it is.
    """
    candidates = [_find_candidates(paragraphs) for paragraphs in chapters]
    often = Counter(label.key for labels in candidates for label in labels.values())
    found = [_find_labels(paragraphs, own, often) for paragraphs, own in zip(chapters, candidates, strict=True)]
    known = {label.key for labels in found if _is_play(labels) for label in labels.at.values()}
    return [
        tuple(_mark(paragraphs, labels, skipped)) if labels.at and _is_scene(labels, known) else tuple(paragraphs)
        for paragraphs, labels in zip(chapters, found, strict=True)
    ]


def are_speakers(names: Sequence[str], paragraphs: int) -> bool:
    """Whether names, in the order in which they stand before so many paragraphs, are the speakers of a play."""
    labels = [_Label(name, "alone", len(name), is_strong=True) for name in names]
    return _carries(labels, paragraphs, _FEWEST, _SHARE, _BACK)


def find_spoken(texts: Sequence[str]) -> frozenset[int]:
    """The indices of the paragraphs of a play that begin with a label or follow one; empty for a text that is no play.

    For readers that look for headings before they have paragraphs: a name or a short speech is no heading.
    """
    candidates = {
        n: label
        for n, text in enumerate(texts)
        if _MAY_BE_LABEL.match(text) and (label := _read_label(Paragraph(text=text))) is not None
    }
    often = Counter(label.key for label in candidates.values())
    labels = {n: label for n, label in candidates.items() if often[label.key] > 1}
    alone = {n for n, label in labels.items() if label.form == "alone"}
    if not labels or not _is_play(_Labels(labels, max(1, len(texts) - len(alone)))):
        return frozenset()
    return frozenset(labels) | {n + 1 for n in alone}


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of a chapter, by the indices of their paragraphs."""

    at: dict[int, _Label]
    paragraphs: int  # of the chapter, without headings, breaks and stage directions


def _find_candidates(paragraphs: Sequence[Paragraph]) -> dict[int, _Label]:
    """What looks like a label at the start of the paragraphs; nothing where the reader has marked speakers."""
    if any(paragraph.speaker for paragraph in paragraphs):
        return {}
    return {n: label for n, paragraph in enumerate(paragraphs) if (label := _read_label(paragraph)) is not None}


def _find_labels(paragraphs: Sequence[Paragraph], candidates: dict[int, _Label], often: Counter[str]) -> _Labels:
    labels = {
        n: label
        for n, label in candidates.items()
        if label.form != "alone" or (often[label.key] > 1 and _is_followed(n, paragraphs, candidates))
    }
    labels = _keep_style(labels)
    if not labels:
        return _Labels({}, 0)
    alone = sum(label.form == "alone" and paragraphs[n].kind != "heading" for n, label in labels.items())
    told = sum(p.kind in ("prose", "verse") and not _is_direction(p) for p in paragraphs)
    return _Labels(labels, max(1, told - alone))


def _keep_style(labels: dict[int, _Label]) -> dict[int, _Label]:
    """The labels that are printed as nearly all are: where names are in capitals, words in italics are no names."""
    capital = {n: label for n, label in labels.items() if _is_capital(label.name)}
    returning = Counter(label.key for label in capital.values())
    has_style = sum(count for count in returning.values() if count > 1) >= max(_FEWEST, _STYLE * len(labels))
    return capital if has_style else labels


def _is_followed(at: int, paragraphs: Sequence[Paragraph], candidates: dict[int, _Label]) -> bool:
    """Whether words stand behind a name that is a paragraph of its own."""
    if at + 1 >= len(paragraphs):
        return False
    following = candidates.get(at + 1)
    is_told = paragraphs[at + 1].kind != "break"
    return is_told and (following is None or following.form != "alone" or not following.is_strong)


def _read_label(paragraph: Paragraph) -> _Label | None:
    """The label at the start of a paragraph; None where nothing there looks like one."""
    text = paragraph.text
    if paragraph.kind not in ("prose", "verse", "heading") or not (text[:1].isalnum() or text[:1] in "_*"):
        return None
    for form, match in _find_matches(paragraph):
        label = _check_label(paragraph, match, form) if match else None
        if label is not None:
            return label
    return None


def _find_matches(paragraph: Paragraph) -> Iterator[tuple[Form, re.Match[str] | None]]:
    """The forms a label may have here, each with what fits it."""
    text = paragraph.text
    if len(text) <= _LONGEST_LINE and "\n" not in text:
        yield "alone", _WHOLE.fullmatch(text)
    if paragraph.kind == "heading":
        return
    line = text.find("\n")
    if line < 0 and len(paragraph.runs) > 1:
        line = paragraph.runs[1].text - 1
    if 0 < line <= _LONGEST_LINE:
        yield "line", _WHOLE.fullmatch(text, 0, line)
    if text[:1].isupper() or text[:1] in "_*":
        yield "stop", _STOPPED.match(text, 0, _LOOKED_AT)
        first = paragraph.emphasis[0] if paragraph.emphasis else (1, 1)
        if first[0] == 0 and first[1] <= _LONGEST_LINE and first[1] < len(text):
            yield "stop", _WHOLE.fullmatch(text, 0, first[1])


def _check_label(paragraph: Paragraph, match: re.Match[str], form: Form) -> _Label | None:
    name = " ".join(match["name"].split())
    first = name.replace(".", " ").replace(",", " ").split()[0].casefold()
    if len(letters_of(name)) < 2 or len(name) > _LONGEST_LABEL or name.isdigit():
        return None
    if first in _NEVER and not (first == "the" and " " in name):
        return None
    is_capital = _is_capital(name)
    is_strong = is_capital or _is_emphasized(paragraph, match)
    if not is_strong and (form != "stop" or not all(_is_name_word(word) for word in name.split())):
        return None
    aside = match["aside"]
    stop = match.groupdict().get("stop", ".") if form == "stop" else "."
    if form == "stop" and not (stop or (aside and is_capital) or _is_emphasized(paragraph, match)):
        return None
    end = _skip_stop(paragraph.text, match.end()) if form == "stop" else match.end()
    if aside and not _EXTENSION.fullmatch(aside):
        end = match.start("aside")
    return _Label(name, form, end, is_strong)


def _skip_stop(text: str, at: int) -> int:
    """The offset behind a stop that stands behind an emphasized label."""
    stop = _STOP.match(text, at)
    return stop.end() if stop else at


def _is_capital(name: str) -> bool:
    return name.upper() == name and any(map(str.isalpha, name))


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() or word in ("of", "the", "and", "de", "von", "van", "der", "la", "du")


def _is_emphasized(paragraph: Paragraph, match: re.Match[str]) -> bool:
    """Whether the label, and not much more, is in italics or bold."""
    if match.start("name") > 0:
        return True
    first = paragraph.emphasis[0] if paragraph.emphasis else (1, 1)
    return first[0] == 0 and match.end("name") <= first[1] <= match.end()


def _is_play(labels: _Labels) -> bool:
    """Whether the labels of a chapter show by themselves that it is a play."""
    strong = [label for label in labels.at.values() if label.is_strong]
    if _carries(strong, labels.paragraphs, _FEWEST, _SHARE, _BACK):
        return True
    return _carries(list(labels.at.values()), labels.paragraphs, _FEWEST_SMALL, _SHARE_SMALL, _BACK_SMALL)


def _carries(labels: Sequence[_Label], paragraphs: int, fewest: int, share: float, back: float) -> bool:
    times = Counter(label.key for label in labels)
    if len(labels) < fewest or len(times) < 2 or len(labels) < share * paragraphs:
        return False
    returning = sum(count for count in times.values() if count > 1)
    turns = sum(one.key != other.key for one, other in pairwise(labels))
    return returning >= back * len(labels) and turns >= _TURNS * (len(labels) - 1)


def _is_scene(labels: _Labels, known: set[str]) -> bool:
    """Whether a chapter is a scene of a play: by itself, or by the speakers of the other scenes."""
    if _is_play(labels):
        return True
    familiar = sum(label.key in known for label in labels.at.values())
    return familiar >= max(_FEWEST_KNOWN, _SHARE_KNOWN * labels.paragraphs)


@dataclass(slots=True)
class _Speech:
    """The speech that goes on from paragraph to paragraph."""

    speaker: str = ""
    form: Form = "stop"
    has_words: bool = False  # words of it were met

    @property
    def is_awaited(self) -> bool:
        """Whether a name was met that has no words yet, so that what follows is no heading."""
        return bool(self.speaker) and self.form == "alone" and not self.has_words


def _mark(paragraphs: Sequence[Paragraph], labels: _Labels, skipped: list[Skipped]) -> Iterator[Paragraph]:
    names = {label.key for label in labels.at.values()}
    has_square = any("[" in paragraph.text for paragraph in paragraphs)
    speech = _Speech()
    for n, paragraph in enumerate(paragraphs):
        label = labels.at.get(n)
        if label is not None and label.form == "alone" and label.end == len(paragraph.text):
            skipped.append(skip([paragraph], SPEAKER_NAME, paragraph.text))
            speech = _Speech(label.name, "alone")
        elif label is not None:
            yield from _mark_labelled(paragraph, label, skipped, has_square=has_square)
            speech = _Speech(label.name, label.form, has_words=True)
        elif paragraph.kind == "break" or (paragraph.kind == "heading" and not speech.is_awaited):
            speech = _Speech()
            yield paragraph
        else:
            words = replace(paragraph, kind="prose") if paragraph.kind == "heading" else paragraph
            yield _mark_rest(words, speech, names, has_square=has_square)


def _mark_labelled(
    paragraph: Paragraph, label: _Label, skipped: list[Skipped], *, has_square: bool
) -> Iterator[Paragraph]:
    rest = cut_start(paragraph, label.end)
    rest = replace(rest, text=rest.text.replace("\n", " "), kind="prose") if _is_wrapped(rest, label.form) else rest
    directions = find_directions(rest.text, has_square=has_square)
    if is_covered(rest.text, directions) and label.form != "alone":
        yield replace(paragraph, directions=((0, len(paragraph.text)),))  # "HILDA. [Rising.]": the name is needed
        return
    name = paragraph.source_span(0, len(paragraph.text[: label.end].rstrip())) or _guess_span(paragraph, label.end)
    if name is not None:
        text = paragraph.text[: label.end].strip()
        skipped.append(Skipped(title=text, words=len(text.split()), reason=SPEAKER_NAME, start=name[0], end=name[1]))
    yield replace(rest, speaker=label.name, directions=directions)


def _guess_span(paragraph: Paragraph, end: int) -> tuple[int, int] | None:
    """The place of the first characters of a paragraph that has a place but no runs."""
    if paragraph.span is None:
        return None
    return paragraph.span[0], paragraph.span[0] + len(paragraph.text[:end].rstrip())


def _mark_rest(paragraph: Paragraph, speech: _Speech, names: set[str], *, has_square: bool) -> Paragraph:
    """A paragraph without a label: a stage direction, or more of the speech before it."""
    if _is_direction(paragraph) or _ACTION.match(paragraph.text):
        if speech.has_words and speech.form != "stop":
            speech.speaker = ""
        return replace(paragraph, directions=((0, len(paragraph.text)),))
    first = letters_of(paragraph.text.split(maxsplit=1)[0])
    is_action = first.isupper() and len(first) > 1 and first.casefold() in names
    if not speech.speaker or is_action or (speech.form == "line" and speech.has_words):
        return paragraph
    speech.has_words = True
    return replace(paragraph, speaker=speech.speaker, directions=find_directions(paragraph.text, has_square=has_square))


def _is_direction(paragraph: Paragraph) -> bool:
    """Whether a whole paragraph is in brackets or in italics."""
    text = paragraph.text.strip().rstrip(".")
    if paragraph.directions:
        return True
    if text[:1] in "[(" and is_covered(text, [m.span() for m in _BRACKETED.finditer(text)]):
        return True
    if text[:1] == "_" and text[-1:] == "_" and text.count("_") == 2:
        return True
    return is_covered(paragraph.text, paragraph.emphasis)


def find_directions(text: str, *, has_square: bool) -> tuple[tuple[int, int], ...]:
    """The stage directions in a speech: what is in square brackets; in a play without them, what is in round ones.

    Round brackets within a sentence are part of the speech.
    """
    found = []
    for match in _BRACKETED.finditer(text):
        start, end = match.span()
        if text[start] == "(" and ((has_square and start > 0) or not _is_apart(text, start)):
            continue
        while end < len(text) and text[end] in ".,;:" and start == 0:
            end += 1
        found.append((start, end))
    return tuple(found)


def _is_apart(text: str, start: int) -> bool:
    """Whether brackets stand between sentences, and not within one."""
    before = text[:start].rstrip(" \n_*")[-1:]
    return not before or before in '.!?…—–:;"”’'


def is_covered(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether all letters of a text are in the spans."""
    at = 0
    for start, end in spans:
        if letters_of(text[at:start]):
            return False
        at = max(at, end)
    return bool(spans) and not letters_of(text[at:])


def _is_wrapped(paragraph: Paragraph, form: Form) -> bool:
    """Whether the lines of a speech are those of prose in a narrow column, as in screenplays."""
    lines = paragraph.text.split("\n")
    if form != "line" or paragraph.kind != "verse" or len(lines) < 2:
        return False
    return sum(line[:1].islower() or line[:1] == "(" for line in lines[1:]) * 2 >= len(lines) - 1


def cut_start(paragraph: Paragraph, length: int) -> Paragraph:
    """The paragraph without its first characters and the white space behind them."""
    length += len(paragraph.text[length:]) - len(paragraph.text[length:].lstrip())
    runs = tuple(
        replace(run, text=max(0, run.text - length), source=run.source + cut, length=run.length - cut)
        for run in paragraph.runs
        if (cut := max(0, length - run.text)) < run.length
    )
    text = paragraph.text[length:]
    emphasis = tuple((max(0, start - length), end - length) for start, end in paragraph.emphasis if end > length)
    kind: ParagraphKind = "verse" if paragraph.kind == "verse" and "\n" in text else "prose"
    return replace(paragraph, text=text, kind=kind, runs=runs, emphasis=emphasis)
