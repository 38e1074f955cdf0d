"""Our own stories, annotated by hand: the speaker of each quotation, and quotations that are not speech.

A story is two files in tests/cases/novels. NAME.txt is the text. NAME.who describes each quoted span, in the order of
the text:

    [marks]
    ‘ ’ “ ”                                     the story's marks: around speech, then within it; "dash" for dashes
    [cast]
    Josiah Pargeter | male | old | Grandpapa; the old gentleman
    [spans]
    Josiah Pargeter | explicit | speech | Sit … down.     its speaker, its tag, and its first … last words
    + | and be … quiet                                    the same quotation goes on, after a tag or narration
    > | Come at once                                      quoted within it
    - letter | Dear Sir, … yours                          quoted, but not speech

A tag is `explicit` if it names the speaker, and `anaphoric` if it has "he", "she" or "the old man". Without a tag, the
quotation is `implicit`. `(group)` are several speakers at once. `(somebody)` is a speaker whom a reader cannot know.
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
NOBODY = ("(group)", "(somebody)")  # not counted in the figures of voices
ELLIPSIS = " … "


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A speaker of a story."""

    name: str
    gender: str | None
    age: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of the story between its marks, which are not part of it."""

    start: int  # offset in the text of the story
    end: int  # exclusive
    row: str  # its line in the annotation
    role: str  # begins, goes on, nested, or one of NOT_SPEECH


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One speech or thought of a speaker, without the tags and narration in it."""

    speaker: str
    type: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story and its annotation."""

    name: str
    text: str
    marks: tuple[str, ...]
    cast: tuple[Person, ...]
    quotations: tuple[Quotation, ...]
    spans: tuple[Span, ...]  # in the order of the text; nested spans follow the span that contains them


class AnnotationError(ValueError):
    """The annotation does not fit its story."""


def list_stories() -> list[str]:
    """Return the names of the annotated stories."""
    return sorted(path.stem for path in FOLDER.glob("*.who"))


@cache
def read_story(name: str) -> Story:
    """Read a story by its name. Raises AnnotationError if the text and the annotation do not match."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return parse_annotation(name, text, (FOLDER / f"{name}.who").read_text(encoding="utf-8"))


def parse_annotation(name: str, text: str, notes: str) -> Story:
    """Return a text with its annotation."""
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
    """Yield the span of each line, each after the one before it, nested ones inside the one that contains them."""
    holder = inner = 0  # the ends of the previous span and of the one nested in it
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
    """Return a pattern that matches the words, also across line ends, but not as part of a longer word."""
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
