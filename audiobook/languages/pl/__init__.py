"""Polish: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.pl.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="pl",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
    speech=SpeechWords(
        verbs=word_set(
            """
            powiedział powiedziała zapytał zapytała odparł odparła rzekł rzekła krzyknął szepnął szepnęła
            mówi
            """
        ),
        other_pronouns=frozenset({"on", "ona"}),
    ),
)
