"""How long a text takes to say: what to expect of a voice, and the bounds of what can be the whole text and no more.

The seconds a letter, a word and a pause take are a least-squares fit over what espeak-ng speaks of two novels. The pace
of a voice, learned from the calibration text, makes that fit any voice. Sentences of two seconds and more take 0.64 to
1.23 times what is then expected of espeak-ng, at rates from 100 to 400 words a minute; Kokoro, whose pauses are longer
and whose pace is thereby taken for slower, mostly 0.73 to 0.91. So the half of a sentence of three seconds stands out.
That of a shorter one does not: there a word more or less is no more than what one name takes longer than another.
"""

import re
from dataclasses import dataclass

USUAL_RATE = 175  # words a minute, at which this was measured
_SLOWEST, _QUICKEST = 80, 450  # words a minute that every engine really reaches

_LETTER, _WORD, _BEGINNING = 0.041, 0.063, 0.145  # seconds at the usual rate
_CLAUSE, _SENTENCE = 0.28, 0.43  # seconds of a pause within the text
_SPELLED, _SIGN = 0.4, 1.0  # seconds that a letter by itself may take, and a digit, symbol or foreign letter

_SHORTEST, _SHORTEST_SLACK = 0.62, 0.35  # of what is expected; seconds
_LONGEST, _LONGEST_SLACK = 1.35, 0.7
_UNKNOWN = (0.95, 1.6)  # the paces that a voice may have before anything is known of it

_PAUSES = 0.3  # of the speaking time that an engine may be expected to pause

_LETTERS = re.compile(r"[A-Za-zªµºÀ-ÖØ-öø-ɏ]+")  # of the scripts whose pace is known
_SPOKEN_WORD = re.compile(r"[^\W_]\S*")  # one without a letter or digit is not spoken
_CLAUSE_END = re.compile(r"[,;:](?=\s)|[—–]")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\W*\s+\S)")
_SPELLED_WORD = re.compile(r"\b(?:[A-Z]{2,}|[B-HJ-NP-Zb-z]|[^\W\daeiouyAEIOUY_]+)\b")  # "USA", "J", "nth"
_SOUNDING = re.compile(r"""[^\s.,;:!?…'"‘’“”„«»()\[\]\-‐‑–—]+""")


@dataclass(frozen=True, slots=True)
class _Length:
    """What a text is made of, in seconds at the usual rate."""

    speech: float
    pauses: float
    spelled: float  # more, where parts of it are said sign by sign


def pace_of(seconds: float, text: str, rate: int) -> float:
    """How a voice that took so long compares with what is usual: 1.2 is a fifth slower."""
    length = _length(text)
    return seconds / ((length.speech + length.pauses) * _slowness(rate))


def bounds(text: str, rate: int, pace: float | None) -> tuple[float, float, float]:
    """The seconds that are too few to be the whole text, that are expected, and that are too many.

    `pace` as `pace_of` gives it, None where the voice has not been heard yet; `rate` in words a minute.
    """
    length = _length(text)
    slowness = _slowness(rate)
    quick, usual, slow = (pace, pace, pace) if pace is not None else (_UNKNOWN[0], 1.0, _UNKNOWN[1])
    sure = (length.speech + min(length.pauses, _PAUSES * length.speech)) * slowness
    expected = (length.speech + length.pauses) * slowness
    shortest = sure * quick * _SHORTEST - _SHORTEST_SLACK
    longest = expected * slow * _LONGEST + length.spelled * slowness + _LONGEST_SLACK
    return shortest, expected * usual, longest


def _length(text: str) -> _Length:
    letters = sum(map(len, _LETTERS.findall(text)))
    signs = sum(map(len, _SOUNDING.findall(text))) - letters
    words = len(_SPOKEN_WORD.findall(text))
    alone = sum(map(len, _SPELLED_WORD.findall(text)))
    return _Length(
        speech=letters * _LETTER + words * _WORD + (_BEGINNING if letters else 0.0),
        pauses=len(_CLAUSE_END.findall(text)) * _CLAUSE + len(_SENTENCE_END.findall(text)) * _SENTENCE,
        spelled=alone * _SPELLED + signs * _SIGN,
    )


def _slowness(rate: int) -> float:
    return USUAL_RATE / min(max(rate, _SLOWEST), _QUICKEST)
