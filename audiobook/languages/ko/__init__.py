"""Korean: words of headings."""

from audiobook.languages.contract import HeadingWords, Language

LANGUAGE = Language(
    tag="ko",
    headings=HeadingWords(
        counters={
            "권": "volume", "부": "part", "편": "part", "막": "act", "장": "chapter", "화": "chapter", "회": "chapter",
            "절": "section",
        },
        names=("서문", "머리말", "프롤로그", "에필로그", "맺음말", "후기", "작가의 말"),
        closings=("끝",),
    ),
    matter={"table of contents": ("목차|차례",)},
)  # fmt: skip
