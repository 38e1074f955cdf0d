"""English: all its words and tables.

headings       heading words, numbers in headings, titles of front and back matter
lexicon        word lists for attribution, in text files: names, titles, nouns for people, verbs of speech
numbers        cardinal numbers, irregular ordinals and fractions
spoken/        words and tables of the spoken form: abbreviations, dates, money, units, symbols
address_forms  how people address each other

Its speech verbs are in `lexicon`, and not in `LANGUAGE.speech`: English tags are read as clauses in every book.
"""

from audiobook.languages.contract import Language
from audiobook.languages.en.headings import HEADINGS, MATTER
from audiobook.languages.en.headings import NUMBERS as HEADING_NUMBERS
from audiobook.languages.en.numbers import NUMBERS

LANGUAGE = Language(tag="en", headings=HEADINGS, heading_numbers=HEADING_NUMBERS, matter=MATTER, numbers=NUMBERS)
