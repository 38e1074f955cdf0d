"""Sound → the words heard in it, held against the words that were to be said.

recogniser  what a recogniser is asked and gives
whisper     the one that comes as an extra
cutting     a sound file, a stretch at a time
words       a text as words that can be compared; which of them sound alike
comparing   words said and words heard, side by side
judging     what is wrong with a line, beyond what a recogniser mishears anyway
"""

from audiobook.hearing.comparing import Hearing, by_line
from audiobook.hearing.cutting import stretches
from audiobook.hearing.judging import Baseline, Fault, baseline, fault_of, is_suspect
from audiobook.hearing.recogniser import RATE, Recogniser, Stretch
from audiobook.hearing.words import words_of

__all__ = [
    "RATE",
    "Baseline",
    "Fault",
    "Hearing",
    "Recogniser",
    "Stretch",
    "baseline",
    "by_line",
    "fault_of",
    "is_suspect",
    "stretches",
    "words_of",
]
