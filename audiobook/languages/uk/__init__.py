"""Ukrainian: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="uk",
    headings=HeadingWords(
        keywords={
            "книга": "book", "частина": "part", "дія": "act", "розділ": "chapter", "глава": "chapter",
            "лист": "letter", "пісня": "canto", "сцена": "scene", "ява": "scene",
        },
        names=(
            "передмова", "вступ", "післямова", "пролог", "епілог",
        ),
        closings=("кінець", "кінець .*",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            перший перша перше один, другий друга друге, третій третя третє, четвертий четверта, п'ятий п'ята
            п’ятий п’ята, шостий шоста, сьомий сьома, восьмий восьма, дев'ятий дев’ятий дев'ята дев’ята,
            десятий десята, одинадцятий одинадцята, дванадцятий дванадцята
            """
        ),
        never_alone=word_set(
            """
            один
            """
        ),
        cardinals=word_set(
            """
            один
            """
        ),
    ),
    matter={"table of contents": ("зміст",)},
)  # fmt: skip
