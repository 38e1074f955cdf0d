"""Danish: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="da",
    headings=HeadingWords(
        keywords={
            "bind": "volume", "bog": "book", "del": "part", "akt": "act", "kapitel": "chapter", "capitel": "chapter",
            "brev": "letter", "sang": "canto", "scene": "scene",
        },
        names=("prolog", "epilog", "forord", "indledning", "efterskrift", "slutning",),
        closings=("slut",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            første een, anden andet to, tredje tredie tre, fjerde fire, femte fem, sjette seks, syvende syv,
            ottende otte,
            niende ni, tiende ti, ellevte elleve, tolvte tolv, trettende, fjortende, femtende, sekstende, syttende,
            attende, nittende, tyvende
            """
        ),
        never_alone=word_set("anden andet to"),
        cardinals=word_set("een to tre fire fem seks syv otte ni ti elleve tolv"),
    ),
    matter={"table of contents": ("indhold(?:sfortegnelse)?",)},
)  # fmt: skip
