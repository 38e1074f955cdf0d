"""Italian: heading words and words of speech tags."""

from audiobook.languages.contract import HeadingWords, Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="it",
    headings=HeadingWords(keywords={"libro": "book", "parte": "part", "capitolo": "chapter"}),
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
