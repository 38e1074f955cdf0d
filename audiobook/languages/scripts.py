"""Scripts: the script of a letter, and how long letters take to speak."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

# The first character of each range, and its script. Empty: no letters that count.
_SCRIPTS = (
    (0x0, ""), (0x41, "latin"), (0x5B, ""), (0x61, "latin"), (0x7B, ""), (0xAA, "latin"), (0xAB, ""), (0xBA, "latin"),
    (0xBB, ""), (0xC0, "latin"), (0x2B0, ""), (0x370, "el"), (0x400, "cyrillic"), (0x530, "hy"), (0x590, "hebrew"),
    (0x600, "arabic"), (0x700, "syr"), (0x750, "arabic"), (0x780, "dv"), (0x7C0, "nqo"), (0x800, ""), (0x8A0, "arabic"),
    (0x900, "devanagari"), (0x980, "bn"), (0xA00, "pa"), (0xA80, "gu"), (0xB00, "or"), (0xB80, "ta"), (0xC00, "te"),
    (0xC80, "kn"), (0xD00, "ml"), (0xD80, "si"), (0xE00, "th"), (0xE80, "lo"), (0xF00, "bo"), (0x1000, "my"),
    (0x10A0, "ka"), (0x1100, "ko"), (0x1200, "am"), (0x13A0, "chr"), (0x1400, "iu"), (0x1680, ""), (0x1780, "km"),
    (0x1800, "mn"), (0x18B0, ""), (0x1C80, "cyrillic"), (0x1C90, "ka"), (0x1CC0, ""), (0x1E00, "latin"), (0x1F00, "el"),
    (0x2000, ""), (0x2D00, "ka"), (0x2D30, ""), (0x3040, "kana"), (0x3100, "zh"), (0x3130, "ko"), (0x3190, ""),
    (0x31F0, "kana"), (0x3200, ""), (0x3400, "han"), (0x4DC0, ""), (0x4E00, "han"), (0xA000, "ii"), (0xA4D0, ""),
    (0xAC00, "ko"), (0xD7B0, ""), (0xF900, "han"), (0xFB00, ""), (0xFB1D, "hebrew"), (0xFB50, "arabic"), (0xFE00, ""),
    (0xFE70, "arabic"), (0xFEFF, ""), (0xFF66, "kana"), (0xFFA0, ""), (0x20000, "han"), (0x32000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _SCRIPTS]
SCRIPTS = frozenset(script for _, script in _SCRIPTS if script)

# Characters of scripts without spaces between words: kana and Han characters. Each counts as a word.
UNSPACED = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Seconds that a letter takes at 175 words per minute, without the gaps between words and the pauses. Means over the
# Universal Declaration of Human Rights, spoken by espeak-ng in one language of each script.
_SECONDS = {
    "latin": 0.049, "cyrillic": 0.055, "el": 0.051, "hebrew": 0.069, "arabic": 0.083, "devanagari": 0.061, "bn": 0.073,
    "ta": 0.059, "te": 0.073, "kn": 0.074, "ml": 0.062, "gu": 0.07, "pa": 0.067, "si": 0.073, "or": 0.07, "ka": 0.067,
    "hy": 0.068, "ko": 0.164, "han": 0.256, "zh": 0.256, "kana": 0.132, "th": 0.11, "lo": 0.11, "km": 0.1, "my": 0.1,
    "am": 0.16,
}  # fmt: skip
_SECONDS_OF_OTHERS = 0.1
_GAPS = 0.018  # seconds per letter that gaps and pauses add, over whole texts
_OTHER_LETTER = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2d00-\u2fff\u3040-\ufaff\ufb1d-\ufdff\ufe70-\ufefe\U00020000-\U0003ffff]"
)


def find_script(letter: str) -> str:
    """Return the script of a letter, or the code of the only language that has it. It is empty for other characters."""
    return _SCRIPTS[bisect_right(_STARTS, ord(letter)) - 1][1]


def has_other_scripts(text: str) -> bool:
    """Return whether a text has letters that are not Latin."""
    return _OTHER_LETTER.search(text) is not None


def measure_other_letters(text: str) -> tuple[int, float]:
    """Return how many letters of a text are not Latin, and how many seconds they take at 175 words per minute."""
    found = Counter(map(find_script, _OTHER_LETTER.findall(text)))
    del found[""]
    return found.total(), sum(n * _SECONDS.get(script, _SECONDS_OF_OTHERS) for script, n in found.items())


def estimate_seconds(texts: Iterable[str], words: int, words_per_minute: float) -> float:
    """Estimate how long texts with this number of words take to speak, with pauses.

    Latin letters count by words, letters of other scripts by the syllables that they represent.
    """
    texts = list(texts)
    if not any(map(has_other_scripts, texts)):
        return words / words_per_minute * 60
    found: Counter[str] = Counter()
    for text in texts:
        found.update(map(find_script, text))
    del found[""]
    return sum(n * (_SECONDS.get(script, _SECONDS_OF_OTHERS) + _GAPS) for script, n in found.items())
