"""Plain text → Book.

    text ─gutenberg→ the book's own text ─blocks→ paragraphs ─contents, outline→ divisions ─→ chapters and cuts

No single line decides. Ends of paragraphs, headings and breaks follow from the layout of the whole text.
"""

from audiobook.model.book import Book
from audiobook.readers.assembling import assemble
from audiobook.readers.omissions import skip_stretch
from audiobook.readers.text import gutenberg
from audiobook.readers.text.blocks import split_blocks
from audiobook.readers.text.divisions import detach_headings, divide_text
from audiobook.readers.text.drafting import Cut, Divided


def read_plain(text: str, fallback_title: str, where: str) -> Book:
    """The book in a plain text; `fallback_title` where it does not name itself. Raises BookError without any text."""
    divided = divide_source(text, fallback_title)
    skipped = [skip_stretch(text[cut.start : cut.end], cut.start, cut.reason, title=cut.title) for cut in divided.cuts]
    return assemble(divided.facts, divided.drafts, skipped, where, notes=divided.notes)


def divide_source(text: str, fallback_title: str) -> Divided:
    """Divide the text: every character is in a draft of a chapter or in a cut."""
    body = gutenberg.trim(text)
    blocks, layout = split_blocks(text, body.start, body.end)
    divided = divide_text(list(detach_headings(blocks)), layout, fallback_title)
    stated = gutenberg.stated_facts(text[: body.start])
    if stated:
        divided.facts = stated
    divided.cuts[:0] = _cut_around(text, 0, body.start, "Project Gutenberg header")
    divided.cuts += _cut_around(text, body.end, len(text), "Project Gutenberg licence")
    return divided


def _cut_around(text: str, start: int, end: int, reason: str) -> list[Cut]:
    return [Cut(start=start, end=end, title=reason, reason=reason)] if text[start:end].strip() else []
