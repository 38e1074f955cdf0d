"""Persian: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="fa",
    headings=HeadingWords(
        keywords={
            "جلد": "volume", "کتاب": "book", "بخش": "part", "پرده": "act", "فصل": "chapter", "نامه": "letter",
            "صحنه": "scene",
        },
        names=(
            "پیشگفتار", "دیباچه", "مقدمه", "سرآغاز", "پایان سخن",
        ),
        closings=("پایان",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            اول یکم نخست یک, دوم دو, سوم سه, چهارم چهار, پنجم پنج, ششم شش, هفتم هفت, هشتم هشت, نهم نه, دهم ده,
            یازدهم یازده, دوازدهم دوازده
            """
        ),
        never_alone=word_set(
            """
            یک دو سه چهار پنج شش هفت هشت نه ده
            """
        ),
        cardinals=word_set(
            """
            یک دو سه چهار پنج شش هفت هشت نه ده
            """
        ),
    ),
    matter={"table of contents": ("فهرست مطالب|فهرست",)},
)  # fmt: skip
