"""Vietnamese: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="vi",
    headings=HeadingWords(
        keywords={
            "tập": "volume", "quyển": "book", "phần": "part", "hồi": "chapter", "chương": "chapter",
        },
        names=(
            "lời nói đầu", "lời mở đầu", "lời tựa", "phần kết",
        ),
        closings=("hết",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            một thứ_nhất, hai thứ_hai, ba thứ_ba, bốn thứ_tư, năm thứ_năm, sáu thứ_sáu, bảy thứ_bảy, tám
            thứ_tám, chín thứ_chín, mười thứ_mười
            """
        ),
        never_alone=word_set(
            """
            một hai ba bốn năm sáu bảy tám chín mười
            """
        ),
        cardinals=word_set(
            """
            một hai ba bốn năm sáu bảy tám chín mười
            """
        ),
    ),
    matter={"table of contents": ("mục lục",)},
)  # fmt: skip
