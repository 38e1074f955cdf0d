"""Book → Script: who says what.

analyze       the whole analysis on one screen
quotes/       finds quotations: conventions, marks, pairing, thoughts, letters, plays
dashes/       finds speech that dashes set off
grammar/      reads the narration: names, noun phrases, clauses, speech tags
turns         quotations with the narration around them; speeches: consecutive quotations that are one speech
characters/   the people of the book: clusters of names, genders, ages, the narrator
parsed_book   the book parsed: paragraphs, turns, people, and where each person is mentioned
ranking/      the speaker of each turn: candidates, features, the learned ranker, decoding
pinned_lines  lines that the user decided
script_lines  decided turns → lines of a script, each with its evidence in words
MODEL_CARD    what was learned, from what data, and how accurate it is

Nothing is imported here, so a build whose script is in the cache does not load the analysis.
"""

RECIPE = 18  # of the analysis; count up whenever the same book may give another script
