"""Read the text of HTML that stands in Markdown: a paragraph for each block of it, without its tags."""

import html
import re
from collections.abc import Iterator

from audiobook.model.book import Paragraph, Skipped
from audiobook.readers.omissions import has_letters, skip_stretch

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?([A-Za-z][\w-]*)[^<>]*>|<[!?][^<>]*>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\w{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_NOT_TEXT = re.compile(
    r"<(?:script|style|svg|table|pre|iframe|template|video|audio|form|button|select|nav|math|object)\b", re.IGNORECASE
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
    ]
)
_SYNTAX = "markup"


def is_text(block: str) -> bool:
    """Whether a block of HTML holds text to read, and nothing that is no text."""
    return _NOT_TEXT.search(block) is None and has_letters(_TAG.sub(" ", block))


def read_raw_html(block: str, start: int, skipped: list[Skipped]) -> Iterator[Paragraph]:
    """The paragraphs of a block of HTML that begins at an offset of the source."""
    words, first, last, at = "", -1, -1, 0
    for tag in [*_TAG.finditer(block), None]:
        end = tag.start() if tag else len(block)
        piece = block[at:end]
        if piece.strip():
            first = at + len(piece) - len(piece.lstrip()) if first < 0 else first
            last = at + len(piece.rstrip())
            words += _replace_entities(piece, start + at, skipped)
        if tag is not None:
            if has_letters(tag.group()):
                skipped.append(skip_stretch(tag.group(), start + tag.start(), _SYNTAX, title=_SYNTAX))
            at = tag.end()
        if (tag is None or (tag[1] or "").lower() not in _INLINE) and words.strip():
            yield Paragraph(text=" ".join(words.split()), span=(start + first, start + last))
            words, first = "", -1


def _replace_entities(text: str, start: int, skipped: list[Skipped]) -> str:
    for entity in _ENTITY.finditer(text):
        meant = html.unescape(entity.group())
        if meant != entity.group():
            place = start + entity.start()
            skipped.append(
                Skipped(
                    title=entity.group(),
                    words=0,
                    reason=_SYNTAX,
                    start=place,
                    end=place + len(entity.group()),
                    instead=meant,
                )
            )
    return html.unescape(text)
