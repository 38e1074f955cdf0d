"""Paragraphs in a row, and where things begin among them → drafts of chapters: what marked-up books have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobook.book import Paragraph, Skipped
from audiobook.reading.assembling import Draft
from audiobook.reading.matter import unread_by_title
from audiobook.reading.skipping import skip
from audiobook.reading.wording import one_line, word_count

_PART_WORDS = 150  # under a part's title that still belong to its first chapter
_FRONT_WORDS = 40  # before the first chapter that make one of their own
_OPENING = "Opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A paragraph with which something begins."""

    at: int
    title: str  # empty where nobody says
    is_part: bool = False
    reason: str = ""  # why it is not read, where the book itself says so


def lay_out(
    paragraphs: Sequence[Paragraph], starts: Sequence[Start], skipped: list[Skipped], opening: str = ""
) -> Iterator[Draft]:
    """A draft for each start that is read; parts and short openings wait for the chapter after them.

    What is left out for its title is added to `skipped`. `opening` is the title of a long text before the first start.
    """
    before = paragraphs[: starts[0].at] if starts else paragraphs
    waiting: list[Paragraph] = []
    if _words(before) >= _FRONT_WORDS:
        yield Draft(title=opening or _OPENING, paragraphs=tuple(_parted(before)))
    else:
        waiting = list(_parted(before))
    part = ""
    ends = [*(start.at for start in starts), len(paragraphs)][1:]
    for start, end in zip(starts, ends, strict=True):
        inside = paragraphs[start.at : end]
        reason = start.reason or unread_by_title(start.title)
        if reason:
            skipped.append(skip(inside, reason, one_line(start.title)))
            continue
        if start.is_part or not inside:
            part = start.title or part
            if _words(inside) <= _PART_WORDS:
                waiting += _parted(inside)
                continue
        yield Draft(title=start.title, paragraphs=(*waiting, *_parted(inside)), within="" if start.is_part else part)
        waiting = []
    if waiting:
        yield Draft(title=part or _OPENING, paragraphs=tuple(waiting))


def _words(paragraphs: Sequence[Paragraph]) -> int:
    return sum(word_count(paragraph.text) for paragraph in paragraphs)


def _parted(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, a heading of several lines as several headings, so that each is followed by a pause."""
    for paragraph in paragraphs:
        if paragraph.kind == "heading" and "\n" in paragraph.text:
            yield from (
                Paragraph(text=line.strip(), kind="heading", span=paragraph.stands)
                for line in paragraph.text.split("\n")
                if line.strip()
            )
        else:
            yield paragraph
