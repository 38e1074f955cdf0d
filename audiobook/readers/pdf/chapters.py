"""Lines of a PDF → chapters: by outline and headings, or by the rules for plain texts, whichever finds more.

Where headings have a style or the outline lists them, these decide. A text that was typed without styles, or whose
outline misses what plainly are chapters ("Chapter 7"), is divided as a plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.model.book import Facts, Skipped
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
from audiobook.readers.sections.choosing import is_better_as_text, is_sure
from audiobook.readers.sections.division import divide_pages


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
    opening = "\n".join(line.text for line in parts.lines[:200])
    if is_sure(opening, drafts, has_contents=bool(parts.extracted.outline)):
        return styled
    typed = divide_typed(parts.blocks, parts.references, parts.habits, fallback_title)
    if is_better_as_text(opening, typed.drafts, drafts):
        return Divided(facts, typed.drafts, typed.skipped)
    return styled
