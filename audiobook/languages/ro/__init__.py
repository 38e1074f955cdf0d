"""Romanian: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="ro",
    headings=HeadingWords(
        keywords={
            "volumul": "volume", "cartea": "book", "partea": "part", "actul": "act", "capitolul": "chapter",
            "scena": "scene",
        },
        names=(
            "prolog", "epilog", "prefață", "introducere", "cuvânt înainte",
        ),
        closings=("sfârșit", "sfârşit",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            întâi unu întâia, doi al_doilea a_doua, trei al_treilea a_treia, patru al_patrulea, cinci
            al_cincilea, șase, șapte, opt, nouă, zece
            """
        ),
        never_alone=word_set(
            """
            unu doi trei patru cinci șase șapte opt nouă zece
            """
        ),
        cardinals=word_set(
            """
            unu doi trei patru cinci șase șapte opt nouă zece
            """
        ),
    ),
    matter={"table of contents": ("cuprins",)},
)  # fmt: skip
