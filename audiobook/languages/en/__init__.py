"""English: its words and tables.

headings       heading words, numbers in headings, titles of front and back matter
numbers        cardinal numbers, irregular ordinals and fractions
spoken/        words and tables of the spoken form: abbreviations, dates, money, units, symbols
lexicon        word lists in text files: names, titles, nouns for people, speech verbs, function words
people         titles, ages, first-person narrators, forms of address
grammar        pronouns and function words
quotations     words that tell speech from other quotations, and from letters
dash_dialogue  words that tell speech from narration where dashes set off speech

The English speech verbs are in `lexicon` and not in `LANGUAGE.speech`, because English speech tags are parsed as
clauses in every book.
"""

from audiobook.languages.contract import Language
from audiobook.languages.en.headings import HEADINGS, MATTER
from audiobook.languages.en.headings import NUMBERS as HEADING_NUMBERS
from audiobook.languages.en.numbers import NUMBERS

LANGUAGE = Language(tag="en", headings=HEADINGS, heading_numbers=HEADING_NUMBERS, matter=MATTER, numbers=NUMBERS)
