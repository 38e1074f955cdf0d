"""Judge whether a section is front or back matter: by its title, by its place in the book, and by its content.

A title alone is not enough. "Maps" may be a list of plates, or the ninth chapter of a novel.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.readers import headings
from audiobook.readers.matter import find_unread_reason

SectionPlace = Literal["front", "body", "back"]

_IMPRINT = re.compile(
    r"all rights reserved|©|\(c\) ?\d{4}|\bcopyright\b|\bISBN\b|\b(?:first )?published (?:in|by)\b|library of congress"
    r"|\bprinted (?:in|by)\b|\b(?:first|second|third) (?:edition|printing)\b|no part of this (?:book|publication|work)"
    r"|\bpublishers?\b|work of fiction|alle rechte vorbehalten|tous droits réservés|dépôt légal|todos los derechos",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[“«„「『‹].*?[”»“」』›]|(?:^|\s)\"[^\"]+\"|(?:^|\s)'[^']{3,}[,.!?]'(?:\s|$)|^\s*[—–―]\s*\w")
_SENTENCE = re.compile(r"\w[^.!?]*\w[.!?…]['\"”’»)]*(?:\s|$)")
_NUMBERED = re.compile(r"\W{0,2}(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§¶]{1,4})\W{0,2}(?:\s|$)", re.IGNORECASE)
_YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b")
_PRICE = re.compile(
    r"[$£€]\s?\d|\b\d+s\.\s?(?:\d+d\.)?|\bcloth\b|\bcr(?:own)?\.? 8vo\b|\bpost-?free\b|\bnet\b", re.IGNORECASE
)
_SHORT = 14  # words of a line of a list
_LIST = 0.7  # share of short lines from which a section is a list
_SPOKEN = 0.15  # share of paragraphs with speech from which a section is a story
_IMPRINT_WORDS = 900
_MOST_WORDS = {  # of a section at the edge of a book that its title, its place and its form declare as unread
    "cover": 80,
    "title page": 200,
    "copyright notice": 2500,
    "dedication": 150,
    "acknowledgements": 1800,
    "about the author and the publisher": 1000,
    "errata": 2500,
    "transcriber's note": 2500,
    "advertisement": 600,
    "glossary": 6000,
    "notes": 500,
    "bibliography": 400,
    "index": 1200,
    "table of contents": 300,
    "list of illustrations": 200,
}
_LISTS = {"table of contents", "list of illustrations", "list of pages", "index", "bibliography", "advertisement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a book, as evidence sees it."""

    title: str
    texts: Sequence[str]  # its paragraphs, without headings and breaks
    place: SectionPlace
    declared: str = ""  # why it is not read, by a type or a landmark of the book itself

    @property
    def words(self) -> int:
        """The number of its words."""
        return sum(len(text.split()) for text in self.texts)


def find_section_reason(section: Section) -> str | None:
    """Return why a section is not read; None where it is read."""
    named = find_unread_reason(section.title)
    if section.declared and not _tells_a_story(section):
        return section.declared
    if not named:
        return None
    if _tells_a_story(section):
        return None
    if _proves_itself(named, section.texts):
        return named
    if section.place == "body":
        return None
    return named if section.words <= _MOST_WORDS.get(named, 1500) else None


def find_places(sections: Sequence[tuple[str, int]]) -> list[SectionPlace]:
    """The place of each section, given as its title and its number of words, in reading order.

    The body reaches from the first section whose title is that of a chapter to the last one. A preface before it, or an
    afterword behind it, is read like any section, but is no part of the body.
    """
    told = [n for n, (title, words) in enumerate(sections) if words and not _is_matter(title)]
    first, last = (told[0], told[-1]) if told else (0, len(sections))
    return ["front" if n < first else "back" if n > last else "body" for n in range(len(sections))]


def _is_matter(title: str) -> bool:
    if find_unread_reason(title):
        return True
    heading = headings.recognise(title)
    return heading is not None and heading.family == headings.NAMED


def _tells_a_story(section: Section) -> bool:
    """Whether people speak in a section, as in a story and in no list, notice or note."""
    if section.words < 80 or _count_imprint_marks(section.texts) >= 4:
        return False
    spoken = sum(_SPEECH.search(text) is not None for text in section.texts)
    return spoken >= 3 and spoken >= _SPOKEN * len(section.texts) and not is_list(section.texts)


def _proves_itself(reason: str, texts: Sequence[str]) -> bool:
    """Whether the content of a section is what its title says, wherever it is in the book."""
    if not texts:
        return True
    if reason == "advertisement":
        return sum(_PRICE.search(text) is not None for text in texts) * 3 >= len(texts)
    if reason in _LISTS:
        return is_list(texts)
    if reason == "notes":
        return len(texts) >= 2 and sum(map(_is_numbered, texts)) >= 0.6 * len(texts)
    if reason == "copyright notice":
        return is_imprint(texts)
    return False


def _is_numbered(text: str) -> bool:
    return _NUMBERED.match(text) is not None


def is_list(texts: Sequence[str]) -> bool:
    """Whether a section consists of short lines that are no sentences."""
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    short = sum(len(line.split()) <= _SHORT and not line.rstrip().endswith(("!", "?", "”", "»")) for line in lines)
    sentences = sum(_SENTENCE.match(line) is not None and len(line.split()) > 4 for line in lines)
    return len(lines) >= 3 and short >= _LIST * len(lines) and sentences <= 0.3 * len(lines)


def is_imprint(texts: Sequence[str]) -> bool:
    """Whether a section is a copyright notice by its words: many marks of an imprint in little text."""
    words = sum(len(text.split()) for text in texts)
    marks = _count_imprint_marks(texts)
    return words <= _IMPRINT_WORDS and marks >= 2 and marks * 60 >= words


def _count_imprint_marks(texts: Sequence[str]) -> int:
    """How many different marks of an imprint there are."""
    return len({found.group().casefold() for text in texts for found in _IMPRINT.finditer(text)})


def is_sentence(text: str) -> bool:
    """Whether a line is a sentence rather than a title, a name or a date."""
    return _SENTENCE.search(text) is not None and len(text.split()) > 3
