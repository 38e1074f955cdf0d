"""Hungarian: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

LANGUAGE = Language(
    tag="hu",
    headings=HeadingWords(
        keywords={
            "kötet": "volume", "könyv": "book", "rész": "part", "felvonás": "act", "fejezet": "chapter",
            "ének": "canto",
            "jelenet": "scene",
        },
        names=("előszó", "bevezetés", "utószó", "előhang", "utóhang",),
        closings=("vége",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            első, második, harmadik, negyedik, ötödik, hatodik, hetedik, nyolcadik nyolczadik,
            kilencedik kilenczedik, tizedik,
            tizenegyedik, tizenkettedik, tizenharmadik, tizennegyedik, tizenötödik, tizenhatodik, tizenhetedik,
            tizennyolcadik, tizenkilencedik, huszadik
            """
        ),
        never_alone=word_set("második"),
    ),
    matter={"table of contents": ("tartalom(?:jegyzék)?",)},
)  # fmt: skip
