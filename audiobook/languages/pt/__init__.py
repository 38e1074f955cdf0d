"""Portuguese: heading words and words of speech tags."""

from audiobook.languages.contract import HeadingWords, Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="pt",
    headings=HeadingWords(keywords={"parte": "part", "capítulo": "chapter", "capitulo": "chapter"}),
    speech=SpeechWords(
        verbs=word_set(
            """
            disse respondeu perguntou exclamou gritou murmurou acrescentou replicou sussurrou diz
            """
        ),
        he=frozenset({"ele"}),
        she=frozenset({"ela"}),
    ),
)
