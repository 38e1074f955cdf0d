"""Lines of a PDF → chapters: by outline and headings, or by the rules for plain texts, whichever finds more.

Where headings have a style or the outline lists them, these decide. A text that was typed without styles, or whose
outline misses what plainly are chapters ("Chapter 7"), is divided as a plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.model.book import Facts, Skipped
from audiobook.readers import headings
from audiobook.readers.assembling import Draft
from audiobook.readers.html.book import remove_title_page
from audiobook.readers.html.flow import Page
from audiobook.readers.pdf.extraction import Extracted
from audiobook.readers.pdf.facts import find_facts
from audiobook.readers.pdf.lines import Line
from audiobook.readers.pdf.measures import Habits
from audiobook.readers.pdf.paragraphs import Block
from audiobook.readers.pdf.pieces import NAME, References, attach_outline, make_pieces
from audiobook.readers.pdf.typed import divide_typed
from audiobook.readers.sections.division import divide_pages
from audiobook.readers.titles import word_count

_MOST_MISSED = 0.15  # share of plain chapters without a start of their own
_MOST_EMPTY = 0.15  # share of chapters with hardly any text
_LEAST_WORDS = 40
_SURE = 8  # chapters of an outline that need no second opinion
_NUMBERED = {*headings.CHAPTER_FAMILIES, *headings.UPPER_FAMILIES, *headings.NUMERALS, *headings.TITLED_NUMERALS}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the chapters are made of."""

    extracted: Extracted
    lines: Sequence[Line]
    blocks: Sequence[Block]
    references: References
    habits: Habits


@dataclass(frozen=True, slots=True)
class Divided:
    """The chapters of a PDF, and what is left out of them."""

    facts: Facts
    drafts: Sequence[Draft]
    skipped: Sequence[Skipped]


def divide(parts: Parts, fallback_title: str) -> Divided:
    """The facts and the chapters of a PDF."""
    pieces = make_pieces(parts.blocks, parts.references, parts.habits)
    facts = find_facts(parts.extracted, pieces, fallback_title)
    navigation = attach_outline(pieces, parts.lines, parts.extracted.outline)
    page = Page(name=NAME, pieces=pieces, end=parts.lines[-1].end if parts.lines else 0)
    skipped: list[Skipped] = []
    remove_title_page(page, facts, skipped)
    drafts = divide_pages([page], navigation, facts, skipped, is_loose=True)
    styled = Divided(facts, drafts, skipped)
    if _is_sound(drafts) and len(drafts) > _SURE and parts.extracted.outline:
        return styled
    typed = divide_typed(parts.blocks, parts.references, parts.habits, fallback_title)
    if _is_better(typed.drafts, drafts):
        return Divided(facts, typed.drafts, typed.skipped)
    return styled


def _is_sound(drafts: Sequence[Draft]) -> bool:
    """Whether nearly all chapters have text."""
    empty = sum(_count_words(draft) < _LEAST_WORDS for draft in drafts)
    return empty <= max(1, _MOST_EMPTY * len(drafts))


def _count_words(draft: Draft) -> int:
    return sum(word_count(paragraph.text) for paragraph in draft.paragraphs if paragraph.kind != "heading")


def _is_better(typed: Sequence[Draft], styled: Sequence[Draft]) -> bool:
    """Whether the division of the plain text has chapters that the other one misses, or the other is not sound."""
    plain = [draft for draft in typed if _is_numbered(draft.title)]
    if len(typed) < 2:
        return False
    if not _is_sound(styled) and _is_sound(typed):
        return True
    starts = {_start(draft) for draft in styled}
    missed = sum(_start(draft) not in starts for draft in plain)
    return missed > max(_MOST_MISSED * len(plain), 1) or (len(styled) < 2 and len(plain) >= 2)


def _is_numbered(title: str) -> bool:
    heading = headings.recognise(title)
    return heading is not None and heading.family in _NUMBERED


def _start(draft: Draft) -> int:
    """Where the text of a chapter begins in the source, its headings not counted."""
    text = next((p for p in draft.paragraphs if p.kind not in {"heading", "break"}), draft.paragraphs[0])
    return text.stands[0] if text.stands else -1
