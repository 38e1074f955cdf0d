"""English: all its words and tables.

headings       heading words, numbers in headings, titles of front and back matter
numbers        cardinal numbers, irregular ordinals and fractions
spoken/        words and tables of the spoken form: abbreviations, dates, money, units, symbols
lexicon        word lists for attribution, in text files: names, titles, nouns for people, verbs of speech, small words
pronouns       pronouns and possessives, and whom each stands for
clauses        small words that decide how a clause is read
ranks          titles that exclude each other
address_forms  how people address each other
ages           words that tell how old a person is
narrators      words by which a first-person narrator is known
quotations     words that tell speech from other quotations
letters        words by which a letter is known
dash_dialogue  words that tell speech from narration where there are no quotation marks

Its speech verbs are in `lexicon`, and not in `LANGUAGE.speech`: English tags are read as clauses in every book.
"""

from audiobook.languages.contract import Language
from audiobook.languages.en.headings import HEADINGS, MATTER
from audiobook.languages.en.headings import NUMBERS as HEADING_NUMBERS
from audiobook.languages.en.numbers import NUMBERS

LANGUAGE = Language(tag="en", headings=HEADINGS, heading_numbers=HEADING_NUMBERS, matter=MATTER, numbers=NUMBERS)
