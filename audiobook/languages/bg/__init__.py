"""Bulgarian: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted

LANGUAGE = Language(
    tag="bg",
    headings=HeadingWords(
        keywords={
            "том": "volume", "книга": "book", "част": "part", "действие": "act", "глава": "chapter",
            "писмо": "letter", "сцена": "scene",
        },
        names=(
            "пролог", "епилог", "предговор", "увод", "послеслов",
        ),
        closings=("край",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            първа първи първо, втора втори, трета трети, четвърта четвърти, пета пети, шеста шести, седма
            седми, осма осми, девета девети, десета десети, единадесета единайсета, дванадесета дванайсета
            """
        ),
    ),
    matter={"table of contents": ("съдържание",)},
)  # fmt: skip
