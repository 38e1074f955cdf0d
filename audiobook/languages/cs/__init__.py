"""Czech: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="cs",
    headings=HeadingWords(
        keywords={
            "svazek": "volume", "kniha": "book", "díl": "part", "část": "part", "dějství": "act", "jednání": "act",
            "kapitola": "chapter", "hlava": "chapter", "zpěv": "canto", "výstup": "scene",
        },
        names=("prolog", "epilog", "předmluva", "úvod", "doslov", "závěr",),
        closings=("konec",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            první, druhá druhý, třetí, čtvrtá čtvrtý, pátá pátý, šestá šestý, sedmá sedmý, osmá osmý, devátá devátý,
            desátá desátý, jedenáctá jedenáctý, dvanáctá dvanáctý, třináctá, čtrnáctá, patnáctá, šestnáctá,
            sedmnáctá, osmnáctá, devatenáctá, dvacátá
            """
        ),
        never_alone=word_set("druhá druhý"),
    ),
    matter={"table of contents": ("obsah",)},
)  # fmt: skip
