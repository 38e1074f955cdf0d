"""Greek: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="el",
    headings=HeadingWords(
        keywords={
            "τόμος": "volume", "βιβλίο": "book", "βιβλίον": "book", "μέρος": "part", "πράξη": "act", "πράξις": "act",
            "κεφάλαιο": "chapter", "κεφάλαιον": "chapter", "κεφαλαιο": "chapter", "ραψωδία": "canto",
            "επιστολή": "letter",
            "σκηνή": "scene",
        },
        names=("πρόλογος", "επίλογος", "εισαγωγή", "προοίμιο",),
        closings=("τέλος",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            πρώτο πρώτος πρώτη πρώτον α α' α΄ α’ αʹ, δεύτερο δεύτερος δεύτερη δεύτερον β β' β΄ β’,
            τρίτο τρίτος τρίτη τρίτον γ γ' γ΄ γ’,
            τέταρτο τέταρτος τέταρτον δ δ' δ΄ δ’, πέμπτο πέμπτος πέμπτον ε ε' ε΄ ε’, έκτο έκτος έκτον στ στ' στ΄ ς' ς΄,
            έβδομο έβδομον ζ ζ' ζ΄ ζ’, όγδοο όγδοον η η' η΄ η’, ένατο ένατον θ θ' θ΄ θ’, δέκατο δέκατον ι ι' ι΄ ι’,
            ενδέκατο ια ια' ια΄, δωδέκατο ιβ ιβ' ιβ΄
            """
        ),
        never_alone=word_set("α β γ δ ε ζ η θ ι στ"),
    ),
    matter={"table of contents": ("περιεχόμενα",)},
)  # fmt: skip
