"""German: words of headings and of speech tags."""

from audiobook.languages.contract import Language, SpeechWords
from audiobook.languages.de.headings import HEADINGS, MATTER, NUMBERS
from audiobook.languages.tables import word_set

LANGUAGE = Language(
    tag="de",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
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
