"""Project Gutenberg's header and licence: where they end and begin, and the facts that the header states."""

import re
from typing import NamedTuple

from audiobook.model.book import Facts
from audiobook.readers.titles import one_line

_HEADER_REACH = 60_000  # characters within which the header ends; the old "small print" is about 15,000 long
_START = re.compile(
    r"^[ \t]*(?:"
    r"\*{3}[ \t]*START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*(?:\n[^\n]+)*?\*{3}"
    r"|\*END[ \t]?\*?[ \t]?THE SMALL PRINT[^\n]*"
    r"|\*{3}[ \t]*START OF (?:THE|THIS) PROJECT GUTENBERG[^\n]*"
    r"|[^\n]*\*END THE SMALL PRINT[^\n]*"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^[ \t]*(?:"
    r"\*{3}[ \t]*END OF (?:THE|THIS) PROJECT GUTENBERG"
    r"|\W{0,4}End of (?:The |This |the )?Project Gutenberg(?:['’]s|['’] s)? "
    r"|\*{3}[ \t]*START: FULL LICENSE"
    r"|START: FULL LICENSE"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_LINE = re.compile(
    r"\s*\**(?:The )?Project Gutenberg(?:['’]s)?(?: of Australia)? (?:e-?book|e-?text|edition)?(?: of)? ?"
    r"(?P<title>[^\n]*?)"
    r"(?:,? by (?P<author>[^\n]+?))?\**[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
_FIELD = r"^[ \t]*{}[ \t]*:[ \t]*(?P<value>\S[^\n]*(?:\n[ \t]{{3,}}\S[^\n]*)*)"
_TITLE = re.compile(_FIELD.format("Title"), re.MULTILINE | re.IGNORECASE)
_AUTHOR = re.compile(_FIELD.format("Authors?"), re.MULTILINE | re.IGNORECASE)
_LANGUAGE = re.compile(_FIELD.format("Language"), re.MULTILINE | re.IGNORECASE)


class Trimmed(NamedTuple):
    """The place of the book in the text."""

    start: int
    end: int


def trim(text: str) -> Trimmed:
    """The stretch of the text that is the book, without Project Gutenberg's header and licence."""
    start = 0
    for found in _START.finditer(text[:_HEADER_REACH]):
        start = found.end()
    if not start and "gutenberg" in text[:300].casefold():
        first = _FIRST_LINE.match(text)
        start = first.end() if first else 0
    ending = _END.search(text, start)
    return Trimmed(start, ending.start() if ending else len(text))


def stated_facts(head: str) -> Facts | None:
    """The facts from "Title:", "Author:" and "Language:" lines, or from the first line of the oldest texts."""
    title, author, language = (pattern.search(head) for pattern in (_TITLE, _AUTHOR, _LANGUAGE))
    first = _FIRST_LINE.match(head) if not title else None
    name = title["value"] if title else first["title"] if first else ""
    if not one_line(name):
        return None
    by = author["value"] if author else first["author"] if first and first["author"] else ""
    return Facts(
        title=one_line(name),
        authors=split_authors(by),
        stated_language=language["value"].split("\n")[0].strip() if language else "",
    )


def split_authors(text: str) -> tuple[str, ...]:
    """The names in a line of authors."""
    names = re.split(r"\s*;\s*|\s*&\s*|,?\s+(?:and|AND)\s+(?=[A-Z])", one_line(text).strip(" .,"))
    return tuple(name for name in names if name)
