"""A finished sound file measured, and transcribed and compared with its script.

sound_stream    the file's facts, its chapters, and its samples a tenth of a second at a time
meters          what is measured of a run of samples
acx             the measures compared with what a publisher requires
recogniser      the contract of a speech recogniser, and a sound file cut into stretches for it
whisper         the recogniser that comes as an extra
words           a text as comparable words; which of them sound alike
word_alignment  words said and words heard, side by side
misreadings     what is wrong with a line, beyond the recogniser's own errors

Nothing is loaded before it is used: measuring needs no recogniser.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.quality.acx import Verdict, chapter_verdicts, file_verdicts, passes
    from audiobook.quality.meters import ChapterMeasure, FileMeasure, measured
    from audiobook.quality.misreadings import Baseline, Fault, baseline, fault_of, is_suspect
    from audiobook.quality.recogniser import RATE, Recogniser, Stretch, stretches
    from audiobook.quality.word_alignment import Hearing, by_line
    from audiobook.quality.words import words_of

__all__ = [
    "RATE",
    "Baseline",
    "ChapterMeasure",
    "Fault",
    "FileMeasure",
    "Hearing",
    "Recogniser",
    "Stretch",
    "Verdict",
    "baseline",
    "by_line",
    "chapter_verdicts",
    "fault_of",
    "file_verdicts",
    "is_suspect",
    "measured",
    "passes",
    "stretches",
    "words_of",
]

_HOMES = {
    "Baseline": "quality.misreadings",
    "ChapterMeasure": "quality.meters",
    "Fault": "quality.misreadings",
    "FileMeasure": "quality.meters",
    "Hearing": "quality.word_alignment",
    "RATE": "quality.recogniser",
    "Recogniser": "quality.recogniser",
    "Stretch": "quality.recogniser",
    "Verdict": "quality.acx",
    "baseline": "quality.misreadings",
    "by_line": "quality.word_alignment",
    "chapter_verdicts": "quality.acx",
    "fault_of": "quality.misreadings",
    "file_verdicts": "quality.acx",
    "is_suspect": "quality.misreadings",
    "measured": "quality.meters",
    "passes": "quality.acx",
    "stretches": "quality.recogniser",
    "words_of": "quality.words",
}

__getattr__ = lazy_exports.loader(__name__, _HOMES)
