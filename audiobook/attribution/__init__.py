"""Book → Script: who says what.

analyze       the whole analysis on one screen
quotes/       where speech is: conventions, marks, pairing, thoughts, letters, plays
dashes/       speech set off by dashes
grammar/      words of the narration: names, nouns, clauses, speech tags
turns         quotations laid out with the paragraphs around them; speeches: quotations that are one speech
characters/   the people of the book: names joined to persons, genders, ages, the narrator
ranking/      who speaks each turn: candidates, clues, the learned ranker, decoding
pinned_lines  lines that a person decided
script_lines  decided turns → lines of a script, with the evidence in words
MODEL_CARD    what was learned, from what, and how right it is

Nothing is imported here: a script that is in the cache is spoken without loading the analysis.
"""

RECIPE = 15  # of the analysis; count up whenever the same book may give another script
