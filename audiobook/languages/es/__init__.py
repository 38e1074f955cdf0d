"""Spanish: heading words, titles of front and back matter, and words of speech tags."""

from audiobook.languages.contract import HeadingWords, Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="es",
    headings=HeadingWords(
        keywords={"libro": "book", "parte": "part", "capítulo": "chapter", "capitulo": "chapter"},
        names=("prólogo", "epílogo"),
        closings=("fin",),
    ),
    matter={"table of contents": ("índice", "indice")},
    speech=SpeechWords(
        verbs=word_set(
            """
            dijo respondió preguntó contestó exclamó gritó murmuró añadió replicó repuso susurró pensó
            dice pregunta responde continuó insistió
            """
        ),
        he=frozenset({"él"}),
        she=frozenset({"ella"}),
    ),
)
