"""A paragraph split into what is said and what is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.book import Paragraph
from audiobook.scripting.quotations import Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a paragraph. The segments' texts, joined, are the paragraph's text."""

    start: int  # offset in the paragraph's text
    end: int  # exclusive
    quotation: Quotation | None = None  # the quotation it is, marks and white space around it included

    @property
    def is_dialogue(self) -> bool:
        """Whether somebody says it, or thinks it in so many words."""
        return self.quotation is not None


def split_paragraph(paragraph: Paragraph, quotations: Sequence[Quotation]) -> tuple[Segment, ...]:
    """The paragraph's segments in order; quotations that are neither speech nor thought are left in the narration.

    White space goes to the segment before it, that at the beginning of the paragraph to the first segment.
    """
    text = paragraph.text
    segments: list[Segment] = []
    at = 0
    for quotation in quotations:
        if quotation.kind == "other":
            continue
        if text[at : quotation.start].strip():
            segments.append(Segment(start=at, end=quotation.start))
            at = quotation.start
        end = _skip_space(text, quotation.end)
        segments.append(Segment(start=at, end=end, quotation=quotation))
        at = end
    if at < len(text) or not segments:
        segments.append(Segment(start=at, end=len(text)))
    return tuple(segments)


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
