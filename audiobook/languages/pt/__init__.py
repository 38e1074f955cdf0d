"""Portuguese: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.pt.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="pt",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
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
