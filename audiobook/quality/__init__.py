"""Measure a finished sound file, and compare its transcription with the script.

sound_stream    the properties of a file, its chapters, and its levels for each tenth of a second
meters          levels, loudness and silences of each chapter
acx             compares the measurements with the requirements of ACX
recogniser      the interface of a speech recogniser, and excerpts of a sound file for it
whisper         the recogniser of the extra `listen`
words           splits text into comparable words, and decides which of them sound alike
word_alignment  aligns the words of the script with the words heard
misreadings     finds misread lines, beyond the recogniser's own errors

Modules are loaded when one of their names is first used, so that measuring needs no recogniser.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.quality.acx import Verdict, check_chapter, check_file_format, meets_all_rules
    from audiobook.quality.meters import ChapterMeasure, FileMeasure, measure_file
    from audiobook.quality.misreadings import Baseline, Fault, compute_baseline, find_fault, is_suspect
    from audiobook.quality.recogniser import SAMPLE_RATE, Excerpt, Recogniser, cut_excerpts
    from audiobook.quality.word_alignment import Hearing, align_lines
    from audiobook.quality.words import split_words

__all__ = [
    "SAMPLE_RATE",
    "Baseline",
    "ChapterMeasure",
    "Excerpt",
    "Fault",
    "FileMeasure",
    "Hearing",
    "Recogniser",
    "Verdict",
    "align_lines",
    "check_chapter",
    "check_file_format",
    "compute_baseline",
    "cut_excerpts",
    "find_fault",
    "is_suspect",
    "measure_file",
    "meets_all_rules",
    "split_words",
]

_HOMES = {
    "Baseline": "quality.misreadings",
    "ChapterMeasure": "quality.meters",
    "Fault": "quality.misreadings",
    "FileMeasure": "quality.meters",
    "Hearing": "quality.word_alignment",
    "SAMPLE_RATE": "quality.recogniser",
    "Recogniser": "quality.recogniser",
    "Excerpt": "quality.recogniser",
    "Verdict": "quality.acx",
    "compute_baseline": "quality.misreadings",
    "align_lines": "quality.word_alignment",
    "check_chapter": "quality.acx",
    "find_fault": "quality.misreadings",
    "check_file_format": "quality.acx",
    "is_suspect": "quality.misreadings",
    "measure_file": "quality.meters",
    "meets_all_rules": "quality.acx",
    "cut_excerpts": "quality.recogniser",
    "split_words": "quality.words",
}

__getattr__ = lazy_exports.loader(__name__, _HOMES)
