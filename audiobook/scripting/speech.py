"""Speech or not: whether the words between quotation marks are somebody speaking."""

import re
from typing import Literal

from audiobook.book import Paragraph

_STOPS = frozenset(".,!?…—–-;:")
_LETTER = re.compile(r"\W*(?:My\s+)?(?:very\s+)?(?:dear|dearest)\s+\w", re.IGNORECASE)


def judge(paragraph: Paragraph, start: int, end: int) -> Literal["speech", "thought", "other"]:
    """What the quotation is, by its own looks and what stands around it."""
    if paragraph.kind in {"heading", "break"}:
        return "other"
    text = paragraph.text
    inside = text[start:end].strip("\"'“”‘’„‚«»‹›「」『』 _*")
    before = text[max(0, start - 60) : start].rstrip()
    after = text[end : end + 40].lstrip()
    if not inside:
        return "other"
    ended = inside[-1] in _STOPS
    embedded = bool(before) and before[-1].isalnum()
    if (
        embedded
        and not ended
        and (not after or after[0].isalnum() or after[0] in ",.;:!?)")
        and len(inside.split()) <= 6
    ):
        return "other"
    if embedded and inside[0].islower() and len(inside.split()) <= 6:
        return "other"
    return "speech"
