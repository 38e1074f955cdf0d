"""Italian: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.it.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="it",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
    speech=SpeechWords(
        verbs=word_set(
            """
            disse rispose chiese domandò esclamò gridò mormorò aggiunse replicò sussurrò pensò dice chiede
            risponde
            """
        ),
        she=frozenset({"lei"}),
        other_pronouns=frozenset({"lui"}),
    ),
)
