"""Finnish: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="fi",
    headings=HeadingWords(
        keywords={
            "nide": "volume", "kirja": "book", "osa": "part", "näytös": "act", "luku": "chapter", "runo": "canto",
            "kirje": "letter", "kohtaus": "scene",
        },
        names=("esipuhe", "alkusanat", "johdanto", "loppusanat", "jälkilause",),
        closings=("loppu",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            ensimmäinen yksi, toinen kaksi, kolmas kolme, neljäs neljä, viides viisi, kuudes kuusi, seitsemäs seitsemän,
            kahdeksas kahdeksan, yhdeksäs yhdeksän, kymmenes kymmenen, yhdestoista, kahdestoista, kolmastoista,
            neljästoista, viidestoista, kuudestoista, seitsemästoista, kahdeksastoista, yhdeksästoista, kahdeskymmenes
            """
        ),
        never_alone=word_set("toinen yksi kaksi"),
        cardinals=word_set("yksi kaksi kolme neljä viisi kuusi"),
    ),
    matter={"table of contents": ("sis(?:ällys|ältö)(?:luettelo)?",)},
)  # fmt: skip
