"""What is left out of a book, as its readers say it: where it stands, and why."""

import re
from collections.abc import Sequence
from typing import Protocol

from audiobook.book import Skipped, count_words
from audiobook.reading.wording import one_line

_TITLE = 60  # characters
_LETTER = re.compile(r"[^\W_]")


class Standing(Protocol):
    """A paragraph, or what becomes one."""

    @property
    def text(self) -> str:
        """What is written in it."""
        ...

    @property
    def stands(self) -> tuple[int, int] | None:
        """Where."""
        ...


def skip(paragraphs: Sequence[Standing], reason: str, title: str = "") -> Skipped:
    """Paragraphs in a row that are not read; called like the reason where they have no title of their own."""
    places = [place for paragraph in paragraphs if (place := paragraph.stands) is not None]
    return Skipped(
        title=title or reason[:1].upper() + reason[1:],
        words=sum(count_words(paragraph.text) for paragraph in paragraphs),
        reason=reason,
        start=min((start for start, _ in places), default=0),
        end=max((end for _, end in places), default=0),
    )


def skip_stretch(text: str, start: int, reason: str, *, title: str = "") -> Skipped:
    """A stretch of the source that is not read; `text` is what it says, `start` where it stands."""
    shown = title or one_line(text)[:_TITLE] or reason[:1].upper() + reason[1:]
    return Skipped(title=shown, words=count_words(text), reason=reason, start=start, end=start + len(text))


def has_letters(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether there is a letter or a digit in that stretch of a text."""
    return _LETTER.search(text, start, len(text) if end is None else end) is not None
