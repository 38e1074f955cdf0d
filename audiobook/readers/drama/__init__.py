"""Recognise plays: which names before the speeches are labels, who says each speech, and what are stage directions.

Four layouts are known: `NAME. Words` (also with a colon, a dash, or the name in italics), the name on a line of its own
above the words, the name as a paragraph of its own, and screenplays, whose action stands between the speeches.

No single line decides. A chapter is a play if labels open a large share of its paragraphs, come back, and alternate. So
neither headings in capitals nor lists nor definitions make a novel a play.

labels       the name before a speech, in every layout
directions   stage directions: paragraphs and brackets
plays        which chapters are plays, and what is marked in them
"""

from audiobook.readers.drama.directions import find_directions, is_covered
from audiobook.readers.drama.plays import are_speakers, find_spoken, mark_plays

__all__ = ["are_speakers", "find_directions", "find_spoken", "is_covered", "mark_plays"]
