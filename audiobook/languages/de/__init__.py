"""German: heading words, titles of front and back matter, and words of speech tags."""

from audiobook.languages.contract import HeadingWords, Language, SpeechWords
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="de",
    headings=HeadingWords(
        keywords={"band": "volume", "buch": "book", "teil": "part", "kapitel": "chapter"},
        names=("prolog", "epilog", "vorwort", "nachwort"),
    ),
    matter={
        "table of contents": ("inhalt(?:sverzeichnis)?",),
        "copyright notice": ("impressum",),
        "dedication": ("widmung",),
        "acknowledgements": ("danksagung",),
    },
    speech=SpeechWords(
        verbs=word_set(
            """
            sagte fragte antwortete rief flüsterte erwiderte murmelte entgegnete meinte schrie sprach
            dachte sagt fragt
            """
        ),
        other_pronouns=frozenset({"er", "sie", "ich"}),
    ),
)
