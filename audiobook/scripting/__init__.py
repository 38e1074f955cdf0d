"""Book → Script: who says what. And the spoken form: how it is said aloud.

analysis     the whole of it: quotations, then the stage, then the speakers, then the script
quotations   what is quoted, by the book's convention: conventions, marks, apostrophes, pairing, dashes, plays, letters,
             thoughts, lines
stage        who is there: names, phrases, people, genders, personhood, narrators, labels, and who turns out to be whom:
             introductions, newcomers, descriptions, joining; of what gender and age they are: pronouns, telling,
             addresses, ages
wishes       what a person decided about these people; naming: what everybody is called; pinning: lines decided
deciding     who speaks each quotation. Quotations as turns: speech, tags, tag_words, turns. Who may speak one, and what
             speaks for each: candidates, clues, circumstances, surroundings, presence, epithets. The learned ranker
             (ranker.json, MODEL_CARD.md): ranking, forest, neighbours, links. Conversations: decoding. Why: reasons
writing      what was found, as a Script
lexicon/     the words all of these know
spoken/      text → what a narrator says for it
utterances   a spoken text in pieces an engine takes at once

Nothing is imported here: a script that is on the shelf is spoken without loading the analysis.
"""

RECIPE = 7  # of the analysis; count up whenever the same book may give another script
