"""Russian: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.ru.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="ru",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
    speech=SpeechWords(
        verbs=word_set(
            """
            сказал сказала спросил спросила ответил ответила крикнул крикнула прошептал прошептала говорит
            """
        ),
        he=frozenset({"он"}),
        she=frozenset({"она"}),
        other_pronouns=frozenset({"я"}),
    ),
)
