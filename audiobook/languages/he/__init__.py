"""Hebrew: words and numbers of headings."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords, Language
from audiobook.languages.tables import counted, word_set

_UNITS, _TENS = "אבגדהוזחט", "יכלמנסעפצ"


def _letter_numbers() -> dict[str, int]:
    """Numbers in letters from 11 to 99, with each of the marks that is put before the last letter (י"ב)."""
    numbers = {ten + unit: 10 * t + u for t, ten in enumerate(_TENS, 1) for u, unit in enumerate(_UNITS, 1)}
    numbers |= {"טו": 15, "טז": 16}
    return {f"{word[0]}{mark}{word[1]}": value for word, value in numbers.items() for mark in ("", '"', "״", "”")} | {
        f"{ten}{mark}": 10 * t for t, ten in enumerate(_TENS[1:], 2) for mark in ("", "'", "׳")
    }


LANGUAGE = Language(
    tag="he",
    headings=HeadingWords(
        keywords={
            "כרך": "volume", "ספר": "book", "חלק": "part", "מערכה": "act", "פרק": "chapter", "מכתב": "letter",
            "תמונה": "scene", "סצנה": "scene", "סעיף": "section",
        },
        names=(
            "פתח דבר", "הקדמה", "מבוא", "פרולוג", "אפילוג", "אחרית דבר", "סוף דבר", "נספח",
        ),
        closings=("סוף", "תם ונשלם", "תם",),
    ),
    heading_numbers=HeadingNumbers(
        values=counted(
            """
            ראשון ראשונה א א' א׳, שני שנייה שניה ב ב' ב׳, שלישי שלישית ג ג' ג׳, רביעי רביעית ד ד' ד׳, חמישי
            חמישית ה ה' ה׳, שישי שישית ו ו' ו׳, שביעי שביעית ז ז' ז׳, שמיני שמינית ח ח' ח׳, תשיעי תשיעית ט ט'
            ט׳, עשירי עשירית י י' י׳
            """
        )
        | _letter_numbers(),
        never_alone=word_set("א ב ג ד ה ו ז ח ט י") | frozenset(_letter_numbers()),
    ),
    matter={
        "table of contents": ("תוכן העניינים|תוכן ענינים|תוכן", "תוכן הספר",),
        "dedication": ("הקדשה",),
        "acknowledgements": ("תודות",),
        "notes": ("הערות",),
    },
)  # fmt: skip
