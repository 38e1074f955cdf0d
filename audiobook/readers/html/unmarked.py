"""The words of a document, found without the reader: what is left when its markup is taken away."""

import html
import re

from audiobook.readers.html.markup import CHARACTER_DATA, without_doctype

# Every pattern ends at the text's end at the latest, so that none is looked for twice over the same stretch.
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?[^<>]*>?|<(script|style|title)\b[^<>]*(?<!/)>.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE
)
_HEAD = re.compile(r"<head\b[^<>]*(?<!/)>.*?(?:</head|(?=<body\b)|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]*>")


def unmarked(markup: str) -> str:
    """What a document says, by its markup alone: comments, scripts and tags taken away, entities replaced."""
    parts = CHARACTER_DATA.split(_HEAD.sub(" ", _UNREAD.sub(" ", without_doctype(markup))))
    return "".join(part if n % 2 else html.unescape(_TAG.sub(" ", part)) for n, part in enumerate(parts))
