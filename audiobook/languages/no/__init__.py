"""Norwegian: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="no",
    headings=HeadingWords(
        keywords={
            "bind": "volume", "bok": "book", "del": "part", "akt": "act", "kapitel": "chapter", "kapittel": "chapter",
            "brev": "letter", "sang": "canto", "scene": "scene",
        },
        names=("prolog", "epilog", "forord", "innledning", "indledning", "etterord",),
        closings=("slutt", "slut"),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            første en, andre annen annet to, tredje tre, fjerde fire, femte fem, sjette seks,
            syvende sjuende syv, åttende åtte,
            niende ni, tiende ti, ellevte elleve, tolvte tolv, trettende, fjortende, femtende, sekstende, syttende,
            attende, nittende, tjuende
            """
        ),
        never_alone=word_set("andre annen annet en to"),
        cardinals=word_set("en to tre fire fem seks syv åtte ni ti elleve tolv"),
    ),
    matter={"table of contents": ("innhold(?:sfortegnelse)?",)},
)  # fmt: skip
