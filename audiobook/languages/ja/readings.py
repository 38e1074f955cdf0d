"""Write Japanese in kana, because engines such as espeak-ng do not read kanji: 老人は言った → ろうじんわいった.

The readings come from SudachiPy and its dictionary, the extra `japanese`.
"""

import functools
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from audiobook.errors import MissingToolError

_KANJI = re.compile("[々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PARTICLES = {"は": "わ", "へ": "え"}  # written otherwise than they are spoken
# Behind figures, where the dictionary would read some of them otherwise.
_COUNTED = {"日": "にち", "月": "がつ", "年": "ねん", "人": "にん", "時": "じ", "分": "ふん", "回": "かい"}
_UNREAD = {"キゴウ", ""}  # "a sign": what the dictionary has for a character without a reading
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LONGEST = 10_000  # characters that the dictionary takes at once, with room to spare


def write_in_kana(text: str) -> str:
    """Return a Japanese text with the reading of every word that has kanji.

    Raises MissingToolError where the readings are not installed.
    """
    if not _KANJI.search(text):
        return text
    tokenizer = _load_tokenizer()
    parts = (text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST))
    return "".join(word for part in parts for word in _read_words(tokenizer, part))


def has_readings() -> bool:
    """Return whether the extra with the readings is installed."""
    return find_spec("sudachipy") is not None


def _read_words(tokenizer: Any, text: str) -> Iterator[str]:
    before = ""
    for morpheme in tokenizer.tokenize(text):
        written, reading = morpheme.surface(), morpheme.reading_form()
        if before[-1:].isdigit() and written in _COUNTED:
            yield _COUNTED[written]
        elif written in _PARTICLES and morpheme.part_of_speech()[0] == "助詞":
            yield _PARTICLES[written]
        elif _KANJI.search(written) and reading not in _UNREAD:
            yield reading.translate(_TO_HIRAGANA)
        else:
            yield written
        before = written


@functools.cache
def _load_tokenizer() -> Any:
    try:
        dictionary: Any = import_module("sudachipy").Dictionary()  # an extra, which only a Japanese book needs
    except (ImportError, OSError) as error:
        raise MissingToolError(
            "this book is in Japanese, and the readings of its characters (kanji) are not installed",
            hint="install them with: pip install 'fullcast[japanese]'",
        ) from error
    return dictionary.tokenizer() if hasattr(dictionary, "tokenizer") else dictionary.create()
