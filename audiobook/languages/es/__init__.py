"""Spanish: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.es.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="es",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
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
