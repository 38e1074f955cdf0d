"""Words of Russian headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import words

HEADINGS = HeadingWords(
    keywords={
        "том": "volume", "книга": "book", "часть": "part", "действие": "act", "акт": "act", "глава": "chapter",
        "письмо": "letter", "песнь": "canto", "рассказ": "story", "сказка": "tale", "ночь": "night", "день": "day",
        "сцена": "scene", "явление": "scene", "картина": "scene", "раздел": "section",
    },
    names=("пролог", "эпилог", "предисловие", "введение", "вступление", "послесловие", "заключение", "интерлюдия",
           "от автора", "приложение"),
    name_links=("к", "от", "автора"),
    calendar=words(
        """
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        """
    ),
    closings=("конец", "конец .*"),
)  # fmt: skip

MATTER = {
    "table of contents": ("содержание|оглавление",),
    "dedication": ("посвящение",),
    "notes": ("примечания|сноски",),
    "acknowledgements": ("благодарности",),
}

_STEMS = words(
    "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат двадцат"
)
_CARDINALS = words("один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать")

NUMBERS = HeadingNumbers(
    values={stem + ending: value for value, stem in enumerate(_STEMS, 1) for ending in ("ая", "ый", "ой", "ое")}
    | {"третья": 3, "третий": 3, "третье": 3}
    | {word: value for value, word in enumerate(_CARDINALS, 1)}
    | {"последняя": 0},
    suffixes=("-я", "-й", "-е"),
    never_alone=frozenset({"последняя"}),
    cardinals=frozenset(_CARDINALS),
)
