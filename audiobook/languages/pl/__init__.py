"""Polish: words of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="pl",
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
