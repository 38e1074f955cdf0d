"""The words of a document, found without the reader: what is left when its markup is taken away."""

import html
import re

from audiobook.readers.html.markup import CHARACTER_DATA, strip_doctype

# Every pattern ends at the end of the text at the latest. So no stretch is searched twice, and time is linear.
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?[^<>]*>?|<(script|style|title)\b[^<>]*(?<!/)>.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE
)
_HEAD = re.compile(r"<head\b[^<>]*(?<!/)>.*?(?:</head|(?=<body\b)|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]*>")


_ALTERNATIVE = re.compile(
    r"<(?:[\w-]+:)?(?:img\b[^<>]*\salt|math\b[^<>]*\salttext)\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE
)


def _replace_tag(tag: re.Match[str]) -> str:
    """A space for a tag; the alternative text of a picture or a formula."""
    found = _ALTERNATIVE.match(tag.group())
    return f" {found[1][1:-1]} " if found else " "


def strip_markup(markup: str) -> str:
    """The text of a document without comments, scripts and tags, with entities replaced."""
    parts = CHARACTER_DATA.split(_HEAD.sub(" ", _UNREAD.sub(" ", strip_doctype(markup))))
    return "".join(part if n % 2 else html.unescape(_TAG.sub(_replace_tag, part)) for n, part in enumerate(parts))
