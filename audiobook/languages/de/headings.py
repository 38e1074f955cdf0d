"""Words of German headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import words

HEADINGS = HeadingWords(
    keywords={
        "band": "volume", "buch": "book", "teil": "part", "theil": "part", "abteilung": "part", "abtheilung": "part",
        "akt": "act", "aufzug": "act", "kapitel": "chapter", "capitel": "chapter", "hauptstück": "chapter",
        "brief": "letter", "gesang": "canto", "geschichte": "story", "märchen": "tale", "erzählung": "story",
        "abenteuer": "adventure", "tag": "day", "nacht": "night", "vorlesung": "lecture",
        "szene": "scene", "scene": "scene", "auftritt": "scene", "abschnitt": "section",
    },
    names=("prolog", "epilog", "vorwort", "vorrede", "nachwort", "einleitung", "vorspiel", "nachspiel", "schlu(?:ss|ß)",
           "zueignung", "anhang", "zwischenspiel"),
    articles=("das", "der", "die"),
    name_links=("zu[rm]?", "von", "des", "der"),
    calendar=words(
        """
        januar jänner februar märz april mai juni juli august september oktober november dezember
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
        """
    ),
    closings=("ende", "schlu(?:ss|ß)", "ende des .*"),
    summaries=("wie ", "worin ", "in welchem ", "von "),
)  # fmt: skip

MATTER = {
    "table of contents": ("inhalt(?:s(?:verzeichnis|[üu]bersicht|-?verzeichniss?))?",),
    "list of illustrations": ("verzeichnis der abbildungen|abbildungen",),
    "copyright notice": ("impressum",),
    "dedication": ("widmung",),
    "acknowledgements": ("danksagung",),
    "errata": ("druckfehler.*|berichtigungen",),
    "notes": ("anmerkungen|fußnoten|fussnoten",),
    "transcriber's note": ("anmerkungen? zur transkription.*",),
}

_CARDINALS = words("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn")
_STEMS = words(
    "erst zweit dritt viert fünft sechst siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt "
    "siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst "
    "fünfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreißigst"
)
_ENDINGS = ("e", "er", "es", "en")

NUMBERS = HeadingNumbers(
    values={stem + ending: value for value, stem in enumerate(_STEMS, 1) for ending in _ENDINGS}
    | {"siebt" + ending: 7 for ending in _ENDINGS}
    | {word: value for value, word in enumerate(_CARDINALS, 1)}
    | {"letztes": 0, "letzter": 0},
    suffixes=("tes", "ter", "te"),
    never_alone=frozenset({"acht", "elf", "letztes", "letzter"}),
    cardinals=frozenset(_CARDINALS),
)
