"""Decide which chapters are plays, and mark their speakers and stage directions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audiobook.model.book import SPEAKER_NAME, Paragraph, ParagraphKind, Skipped, letters_of
from audiobook.readers.drama.directions import find_directions, is_action, is_covered, is_direction
from audiobook.readers.drama.labels import Form, Label, is_capital, read_label
from audiobook.readers.omissions import skip

_MAY_BE_LABEL = re.compile(r"[_*]|[^\W_][^\n]{1,60}?[.:\[(—–]|[^\n]{1,60}$")
_MOST_UNLABELLED = 0.15  # for each label; beyond it, a paragraph behind a speech is not a part of it
_FEWEST = 4  # labelled speeches that make a chapter a play
_SHARE = 0.4  # of the paragraphs, that are labelled or go on with a labelled speech
_BACK = 0.6  # of the labels, that come back
_STYLE = 0.75  # of the labels, that are names in capitals which come back: then all names are in capitals
_TURNS = 0.6  # of neighbouring labels, that differ
_FEWEST_SMALL, _SHARE_SMALL, _BACK_SMALL = 8, 0.5, 0.85  # the same for labels that are not in capitals
_FEWEST_KNOWN, _SHARE_KNOWN = 1, 0.3  # the same for a short scene of a play whose speakers are known


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
    labels = [Label(name, "alone", len(name), is_strong=True) for name in names]
    return _carries(labels, paragraphs, _FEWEST, _SHARE, _BACK)


def find_spoken(texts: Sequence[str]) -> frozenset[int]:
    """The indices of the paragraphs of a play that begin with a label or follow one; empty for a text that is no play.

    For readers that look for headings before they have paragraphs: a name or a short speech is no heading.
    """
    candidates = {
        n: label
        for n, text in enumerate(texts)
        if _MAY_BE_LABEL.match(text) and (label := read_label(Paragraph(text=text))) is not None
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

    at: dict[int, Label]
    paragraphs: int  # of the chapter, without headings, breaks and stage directions


def _find_candidates(paragraphs: Sequence[Paragraph]) -> dict[int, Label]:
    """What looks like a label at the start of the paragraphs; nothing where the reader has marked speakers."""
    if any(paragraph.speaker for paragraph in paragraphs):
        return {}
    return {n: label for n, paragraph in enumerate(paragraphs) if (label := read_label(paragraph)) is not None}


def _find_labels(paragraphs: Sequence[Paragraph], candidates: dict[int, Label], often: Counter[str]) -> _Labels:
    labels = {
        n: label
        for n, label in candidates.items()
        if label.form != "alone" or (often[label.key] > 1 and _is_followed(n, paragraphs, candidates))
    }
    labels = _keep_style(labels)
    if not labels:
        return _Labels({}, 0)
    alone = sum(label.form == "alone" and paragraphs[n].kind != "heading" for n, label in labels.items())
    told = sum(p.kind in ("prose", "verse") and not is_direction(p) for p in paragraphs)
    return _Labels(labels, max(1, told - alone))


def _keep_style(labels: dict[int, Label]) -> dict[int, Label]:
    """The labels that are printed as nearly all are: where names are in capitals, words in italics are no names."""
    capital = {n: label for n, label in labels.items() if is_capital(label.name)}
    returning = Counter(label.key for label in capital.values())
    has_style = sum(count for count in returning.values() if count > 1) >= max(_FEWEST, _STYLE * len(labels))
    return capital if has_style else labels


def _is_followed(at: int, paragraphs: Sequence[Paragraph], candidates: dict[int, Label]) -> bool:
    """Whether words stand behind a name that is a paragraph of its own."""
    if at + 1 >= len(paragraphs):
        return False
    following = candidates.get(at + 1)
    is_told = paragraphs[at + 1].kind != "break"
    return is_told and (following is None or following.form != "alone" or not following.is_strong)


def _is_play(labels: _Labels) -> bool:
    """Whether the labels of a chapter show by themselves that it is a play."""
    strong = [label for label in labels.at.values() if label.is_strong]
    if _carries(strong, labels.paragraphs, _FEWEST, _SHARE, _BACK):
        return True
    return _carries(list(labels.at.values()), labels.paragraphs, _FEWEST_SMALL, _SHARE_SMALL, _BACK_SMALL)


def _carries(labels: Sequence[Label], paragraphs: int, fewest: int, share: float, back: float) -> bool:
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
    goes_on = _count_unlabelled(paragraphs, labels) <= _MOST_UNLABELLED * len(labels.at)
    speech = _Speech()
    for n, paragraph in enumerate(paragraphs):
        label = labels.at.get(n)
        if label is not None and label.form == "alone" and label.end == len(paragraph.text):
            skipped.append(skip([paragraph], SPEAKER_NAME, paragraph.text))
            speech = _Speech(label.name, "alone")
        elif label is not None:
            yield from _mark_labelled(paragraph, label, skipped, has_square=has_square)
            speech = _Speech(label.name if goes_on else "", label.form, has_words=True)
        elif paragraph.kind == "break" or (paragraph.kind == "heading" and not speech.is_awaited):
            speech = _Speech()
            yield paragraph
        else:
            words = replace(paragraph, kind="prose") if paragraph.kind == "heading" else paragraph
            yield _mark_rest(words, speech, names, has_square=has_square)


def _count_unlabelled(paragraphs: Sequence[Paragraph], labels: _Labels) -> int:
    """The paragraphs behind the first label that have no label and are no stage directions, as in a story."""
    alone = {n + 1 for n, label in labels.at.items() if label.form == "alone"}
    first = min(labels.at)
    return sum(
        n > first and p.kind in ("prose", "verse") and n not in labels.at and n not in alone and not is_direction(p)
        for n, p in enumerate(paragraphs)
    )


def _mark_labelled(
    paragraph: Paragraph, label: Label, skipped: list[Skipped], *, has_square: bool
) -> Iterator[Paragraph]:
    rest = cut_start(paragraph, label.end)
    rest = replace(rest, text=rest.text.replace("\n", " "), kind="prose") if _is_wrapped(rest, label.form) else rest
    directions = find_directions(rest.text, has_square=has_square)
    if label.manner:
        directions = ((0, label.manner), *(span for span in directions if span[0] >= label.manner))
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
    if is_direction(paragraph) or is_action(paragraph.text):
        if speech.has_words and speech.form != "stop":
            speech.speaker = ""
        return replace(paragraph, directions=((0, len(paragraph.text)),))
    first = letters_of(paragraph.text.split(maxsplit=1)[0])
    tells_of_speaker = first.isupper() and len(first) > 1 and first.casefold() in names
    if not speech.speaker or tells_of_speaker or (speech.form == "line" and speech.has_words):
        return paragraph
    speech.has_words = True
    return replace(paragraph, speaker=speech.speaker, directions=find_directions(paragraph.text, has_square=has_square))


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
