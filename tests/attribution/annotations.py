"""Stories of our own, annotated by hand: who says every quotation, and what only looks like one.

A story is two files in tests/cases/novels: NAME.txt, as a reader would have it, and NAME.who, which says of every
quoted span, in the order of the text, what it is:

    [marks]
    ‘ ’ “ ”                                     the story's marks: around speech, then within it; "dash" for dashes
    [cast]
    Josiah Pargeter | male | old | Grandpapa; the old gentleman
    [spans]
    Josiah Pargeter | explicit | speech | Sit … down.     its speaker, its tag, and its first … last words
    + | and be … quiet                                    the same quotation goes on, behind a tag or a beat
    > | Come at once                                      quoted within it
    - letter | Dear Sir, … yours                          quoted, but nobody says it

A tag is `explicit` where it names the speaker, `anaphoric` where it says he, she or "the old man", and there is none
where it is `implicit`. `(group)` speaks where several do at once, `(somebody)` where the reader cannot know who.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from tests.golden import CASES

FOLDER = CASES / "novels"
TYPES = ("explicit", "anaphoric", "implicit")
KINDS = ("speech", "thought")
NOT_SPEECH = ("letter", "title", "sign", "verse", "scare", "phrase", "saying")
NOBODY = ("(group)", "(somebody)")  # left out where voices are counted
ELLIPSIS = " … "


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who speaks in a story."""

    name: str
    gender: str | None
    age: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the story between its marks, which are not part of it."""

    start: int  # offset in the story's text
    end: int  # exclusive
    row: str  # what the annotation says of it
    role: str  # begins, goes on, nested, or one of NOT_SPEECH


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What somebody says or thinks at one go, tags and beats left out."""

    speaker: str
    type: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story and everything that is known of it."""

    name: str
    text: str
    marks: tuple[str, ...]
    cast: tuple[Person, ...]
    quotations: tuple[Quotation, ...]
    spans: tuple[Span, ...]  # all of them, in the order of the text; nested ones after the one that holds them


class AnnotationError(ValueError):
    """The annotation does not fit its story."""


def story_names() -> list[str]:
    """The annotated stories there are."""
    return sorted(path.stem for path in FOLDER.glob("*.who"))


@cache
def read_story(name: str) -> Story:
    """A story by its name. Raises AnnotationError where the text does not have what the annotation says."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return annotated(name, text, (FOLDER / f"{name}.who").read_text(encoding="utf-8"))


def annotated(name: str, text: str, notes: str) -> Story:
    """A text with its annotation."""
    sections = _sections(notes)
    spans = tuple(_located(text, sections["spans"]))
    return Story(
        name=name,
        text=text,
        marks=tuple(" ".join(sections["marks"]).split()),
        cast=tuple(_person(row) for row in sections["cast"]),
        quotations=tuple(_quotations(spans)),
        spans=spans,
    )


def _sections(notes: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    rows: list[str] = []
    for row in filter(None, map(str.strip, notes.splitlines())):
        if row.startswith("["):
            rows = sections.setdefault(row.strip("[]"), [])
        else:
            rows.append(row)
    return sections


def _person(row: str) -> Person:
    name, gender, age, aliases = (field.strip() for field in row.split("|"))
    return Person(
        name=name,
        gender=gender or None,
        age=age or None,
        aliases=tuple(filter(None, map(str.strip, aliases.split(";")))),
    )


def _located(text: str, rows: Iterable[str]) -> Iterator[Span]:
    """Every row's span, each behind the one before it, nested ones within the one that holds them."""
    holder = inner = 0  # where the span before, and the one nested in it, end
    begun = 0
    for row in rows:
        role, words = _role(row)
        start, end = _find(text, words, max(begun, inner) if role == "nested" else holder, row)
        if role == "nested":
            if end > holder:
                raise AnnotationError(f"not within the quotation before it: {row}")
            inner = end
        else:
            begun, holder = start, end
        yield Span(start=start, end=end, row=row, role=role)


def _role(row: str) -> tuple[str, str]:
    fields = [field.strip() for field in row.split("|")]
    match fields:
        case ["+", words]:
            return "goes on", words
        case [">", words]:
            return "nested", words
        case [first, words] if first.startswith("- ") and first[2:] in NOT_SPEECH:
            return first[2:], words
        case [_, tag, kind, words] if tag in TYPES and kind in KINDS:
            return "begins", words
    raise AnnotationError(f"not understood: {row}")


def _find(text: str, words: str, at: int, row: str) -> tuple[int, int]:
    first, _, last = words.partition(ELLIPSIS)
    begins = _pattern(first).search(text, at)
    ends = begins if not last else begins and _pattern(last).search(text, begins.end())
    if not begins or not ends:
        raise AnnotationError(f"not in the text after offset {at}: {row}")
    return begins.start(), ends.end()


def _pattern(words: str) -> re.Pattern[str]:
    """The words, over line ends too, not cut out of a longer word."""
    return re.compile(r"(?<![^\W_])" + r"\s+".join(map(re.escape, words.split())) + r"(?![^\W_])")


def _quotations(spans: Iterable[Span]) -> Iterator[Quotation]:
    held: Quotation | None = None
    for span in spans:
        if span.role == "begins":
            if held:
                yield held
            speaker, tag, kind, _ = (field.strip() for field in span.row.split("|"))
            held = Quotation(speaker=speaker, type=tag, kind=kind, spans=(span,))
        elif span.role == "goes on":
            if not held:
                raise AnnotationError(f"nothing goes on here: {span.row}")
            held = replace(held, spans=(*held.spans, span))
    if held:
        yield held
