"""Book → Script: who says what. And the spoken form: how it is said aloud.

analysis     the whole of it: quotations, then the stage, then the speakers, then the script
quotations   what is quoted, by the book's convention: conventions, marks, apostrophes, pairing, plays, letters,
             thoughts, lines, speech; where only dashes tell: dashes, dash_pieces, dash_words, dash_surroundings,
             dash_forms, dash_clues, and what was learned of them: dash_weights (dash_weights.json)
turns        quotations to be given to somebody, and what stands about them: narration, clauses, phrases, nouns,
             wording, speeches; whom the text itself gives them to: labels, tags, tag_forms, tag_words
stage        who is there: capitals, names, shorts, ranks, usage, people, personhood, narrators; who turns out to be
             whom: introductions, newcomers, acquaintance, descriptions, company, bearers, joining; of what gender and
             age they are: genders, pronouns, telling, addresses, ages
wishes       what a person decided about these people; naming: what everybody is called; pinning: lines decided
deciding     who speaks each turn. Who may, and what speaks for each: candidates, clues, circumstances, surroundings,
             presence, antecedents, company, epithets, idiolects. The learned ranker (ranker.json, MODEL_CARD.md):
             ranking, forest, neighbours, links. Conversations: decoding. Why: reasons
writing      what was found, as a Script
lexicon/     the words all of these know
spoken/      text → what a narrator says for it
utterances   a spoken text in pieces an engine takes at once

Nothing is imported here: a script that is on the shelf is spoken without loading the analysis.
"""

RECIPE = 13  # of the analysis; count up whenever the same book may give another script
