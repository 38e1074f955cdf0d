"""Find the words of a text of which nothing is spoken: tags of HTML, marks of notes, numbers in circles."""

import re

from audiobook.normalization.notation import say_symbols
from audiobook.normalization.typography import TAG, strip_markup, strip_quotes, strip_tags

_TOKEN = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W_]")
_PLAIN = re.compile(r"[A-Za-z0-9.,;:!?'\"“”‘’—–…-]+")  # of which everything is spoken


def find_dropped_words(text: str) -> tuple[str, ...]:
    """Return the words that the spoken form of a text leaves out, as they stand in the text."""
    tags = [found.span() for found in TAG.finditer(text)] if "<" in text else []
    return tuple(token[0] for token in _TOKEN.finditer(text) if _is_dropped(token, tags))


def _is_dropped(token: re.Match[str], tags: list[tuple[int, int]]) -> bool:
    if _PLAIN.fullmatch(token[0]) and not tags:
        return False
    first = _LETTER.search(token[0])
    if first is None:
        return False
    at = token.start() + first.start()
    if any(start <= at < end for start, end in tags):
        end = next(end for start, end in tags if start <= at < end)
        return _LETTER.search(token.string, end, max(end, token.end())) is None
    return _LETTER.search(say_symbols(strip_quotes(strip_markup(strip_tags(token[0]))))) is None
