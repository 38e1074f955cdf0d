"""Words of Polish headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import counted

HEADINGS = HeadingWords(
    keywords={
        "tom": "volume", "księga": "book", "część": "part", "akt": "act", "rozdział": "chapter", "list": "letter",
        "pieśń": "canto", "scena": "scene",
    },
    names=("prolog", "epilog", "przedmowa", "wstęp", "posłowie", "zakończenie", "od autora"),
    closings=("koniec", "koniec .*"),
)  # fmt: skip

MATTER = {
    "table of contents": ("spis (?:treści|rzeczy|rozdziałów)",),
    "notes": ("przypisy",),
    "dedication": ("dedykacja",),
}

NUMBERS = HeadingNumbers(
    values=counted(
        """
        pierwszy pierwsza, drugi druga, trzeci trzecia, czwarty czwarta, piąty piąta, szósty szósta, siódmy siódma,
        ósmy ósma, dziewiąty dziewiąta, dziesiąty dziesiąta, jedenasty jedenasta, dwunasty dwunasta, trzynasty,
        czternasty, piętnasty, szesnasty, siedemnasty, osiemnasty, dziewiętnasty, dwudziesty
        """
    ),
    never_alone=frozenset({"drugi", "druga"}),
)
