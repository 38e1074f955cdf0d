"""A sound file → how loud, how quiet and how even it is, chapter by chapter.

streaming   the file's own facts, its chapters, and its samples a tenth of a second at a time
meters      what is measured of a run of samples
acx         the measures held against what a publisher asks for
"""

from audiobook.measuring.acx import Verdict, chapter_verdicts, file_verdicts, passes
from audiobook.measuring.meters import ChapterMeasure, FileMeasure, measured

__all__ = ["ChapterMeasure", "FileMeasure", "Verdict", "chapter_verdicts", "file_verdicts", "measured", "passes"]
