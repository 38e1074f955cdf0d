"""Plain text → Book.

    text ─gutenberg→ the book's own text ─blocks→ paragraphs ─contents, outline→ divisions ─→ chapters and cuts

Nothing is decided by one line alone: where paragraphs end, which headings count and what is a break follow from the
habits of the whole text.
"""

from audiobook.model.book import Book
from audiobook.readers.assembling import assemble
from audiobook.readers.omissions import skip_stretch
from audiobook.readers.text import gutenberg
from audiobook.readers.text.blocks import split_blocks
from audiobook.readers.text.divisions import Cut, Divided, detach_headings, divide_text


def read_plain(text: str, fallback_title: str, where: str) -> Book:
    """The book in a plain text; `fallback_title` where it does not name itself. Raises BookError without any text."""
    divided = divided_text(text, fallback_title)
    skipped = [skip_stretch(text[cut.start : cut.end], cut.start, cut.reason, title=cut.title) for cut in divided.cuts]
    return assemble(divided.facts, divided.drafts, skipped, where)


def divided_text(text: str, fallback_title: str) -> Divided:
    """Every character of the text in a draft of a chapter or in a cut."""
    body = gutenberg.trim(text)
    blocks, layout = split_blocks(text, body.start, body.end)
    divided = divide_text(list(detach_headings(blocks)), layout, fallback_title)
    stated = gutenberg.stated_facts(text[: body.start])
    if stated:
        divided.facts = stated
    divided.cuts[:0] = _around(text, 0, body.start, "Project Gutenberg header")
    divided.cuts += _around(text, body.end, len(text), "Project Gutenberg licence")
    return divided


def _around(text: str, start: int, end: int, reason: str) -> list[Cut]:
    return [Cut(start=start, end=end, title=reason, reason=reason)] if text[start:end].strip() else []
