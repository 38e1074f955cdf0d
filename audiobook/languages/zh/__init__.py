"""Chinese: words of headings."""

from audiobook.languages.contract import HeadingWords, Language

LANGUAGE = Language(
    tag="zh",
    headings=HeadingWords(
        counters={
            "卷": "volume", "部": "part", "篇": "part", "编": "part", "編": "part", "集": "part", "幕": "act",
            "章": "chapter", "回": "chapter", "节": "section", "節": "section",
        },
        names=("序", "序言", "前言", "自序", "楔子", "引子", "尾声", "尾聲", "后记", "後記", "跋", "附录", "附錄"),
        closings=("完", "全书完", "全書完", "终", "終"),
    ),
    matter={"table of contents": ("目录|目錄|目次",)},
)  # fmt: skip
