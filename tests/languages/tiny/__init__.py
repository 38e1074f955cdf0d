"""An invented language with a few words of each part. It shows that a language is a folder."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language, NumberWords, SpeechWords
from audiobook.languages.tables import words

LANGUAGE = Language(
    tag="qtx",
    headings=HeadingWords(keywords={"kapo": "chapter"}, names=("antaulibro",), closings=("finitas",)),
    heading_numbers=HeadingNumbers(values={"unua": 1, "dua": 2}),
    matter={"dedication": ("dedico",)},
    speech=SpeechWords(verbs=frozenset({"diras"})),
    numbers=NumberWords(
        small=words(
            """
            nul unu du tri kvar kvin ses sep ok nau dek dekunu dekdu dektri dekkvar dekkvin dekses deksep dekok deknau
            """
        ),
        tens=words("dudek tridek kvardek kvindek sesdek sepdek okdek naudek"),
        tens_joint=" ",
        hundred="cent",
        scales=words("mil miliono"),
        last_joint=" ",
    ),
    abbreviations={"Sro": "Sinjoro"},
)
