"""Japanese: words of headings."""

from audiobook.languages.contract import HeadingWords, Language

LANGUAGE = Language(
    tag="ja",
    headings=HeadingWords(
        counters={
            "巻": "volume", "部": "part", "編": "part", "篇": "part", "幕": "act", "章": "chapter", "話": "chapter",
            "回": "chapter", "夜": "night", "場": "scene", "節": "section",
        },
        names=("序", "序章", "序文", "序言", "はじめに", "まえがき", "終章", "エピローグ", "プロローグ", "あとがき",
        "付録", "跋"),
        closings=("完", "終", "終わり", "おわり", "了"),
    ),
    matter={"table of contents": ("目次|もくじ",)},
)  # fmt: skip
