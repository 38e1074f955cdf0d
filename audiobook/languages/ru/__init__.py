"""Russian: words of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="ru",
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
