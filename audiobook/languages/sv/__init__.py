"""Swedish: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="sv",
    headings=HeadingWords(
        keywords={
            "band": "volume", "bok": "book", "boken": "book", "del": "part", "delen": "part", "akt": "act",
            "akten": "act",
            "kapitel": "chapter", "kapitlet": "chapter", "brev": "letter", "brevet": "letter", "sång": "canto",
            "sången": "canto", "scen": "scene", "scenen": "scene",
        },
        names=("prolog", "epilog", "förord", "företal", "inledning", "efterskrift", "slutord",),
        closings=("slut",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            första ett, andra två, tredje tre, fjärde fyra, femte fem, sjätte sex, sjunde sju, åttonde åtta, nionde nio,
            tionde tio, elfte elva, tolfte tolfte, trettonde, fjortonde, femtonde, sextonde, sjuttonde, adertonde,
            nittonde, tjugonde
            """
        ),
        never_alone=word_set("andra sex"),
        cardinals=word_set("ett två tre fyra fem sex sju åtta nio tio elva"),
    ),
    matter={"table of contents": ("innehåll(?:sförteckning)?",)},
)  # fmt: skip
