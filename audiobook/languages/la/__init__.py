"""Latin: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="la",
    headings=HeadingWords(
        keywords={
            "tomus": "volume", "liber": "book", "pars": "part", "actus": "act", "caput": "chapter",
            "capitulum": "chapter",
            "epistola": "letter", "epistula": "letter", "fabula": "tale", "scena": "scene",
        },
        names=("prologus", "praefatio", "prooemium", "epilogus",),
        closings=("explicit.*", "finis"),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            primus prima primum, secundus secunda secundum, tertius tertia tertium, quartus quarta quartum,
            quintus quinta quintum,
            sextus sexta sextum, septimus septima septimum, octavus octava octavum, nonus nona nonum,
            decimus decima decimum, undecimus, duodecimus
            """
        ),
        never_alone=word_set("secunda secundus secundum"),
    ),
    matter={"table of contents": ("index capitum",)},
)  # fmt: skip
