"""Turkish: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="tr",
    headings=HeadingWords(
        keywords={
            "cilt": "volume", "kitap": "book", "kısım": "part", "perde": "act", "bölüm": "chapter",
            "mektup": "letter", "sahne": "scene",
        },
        names=(
            "önsöz", "sonsöz", "giriş", "prolog", "epilog",
        ),
        closings=("son",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            birinci bir, ikinci iki, üçüncü üç, dördüncü dört, beşinci beş, altıncı altı, yedinci yedi,
            sekizinci sekiz, dokuzuncu dokuz, onuncu, on_birinci, on_ikinci
            """
        ),
        never_alone=word_set(
            """
            bir iki üç dört beş altı yedi sekiz dokuz
            """
        ),
        cardinals=word_set(
            """
            bir iki üç dört beş altı yedi sekiz dokuz
            """
        ),
    ),
    matter={"table of contents": ("içindekiler",)},
)  # fmt: skip
