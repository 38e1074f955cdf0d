"""Words of Italian headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import counted, word_set, words

HEADINGS = HeadingWords(
    keywords={
        "tomo": "volume", "volume": "volume", "libro": "book", "parte": "part", "atto": "act", "capitolo": "chapter",
        "capo": "chapter", "cap": "chapter", "lettera": "letter", "canto": "canto", "novella": "tale",
        "giornata": "day", "racconto": "tale", "scena": "scene", "sezione": "section",
    },
    names=("prologo", "epilogo", "prefazione", "introduzione", "conclusione", "avvertenza", "proemio", "al lettore",
           "dedica", "appendice", "congedo"),
    articles=("il", "la", "l['’]"),
    name_links=("al?", "di", "del", "della"),
    calendar=words(
        """
        gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre
        dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica
        """
    ),
    closings=("fine", "fine de(?:l|lla|llo) .*"),
    summaries=("come ", "nel quale", "dove si"),
)  # fmt: skip

MATTER = {
    "table of contents": ("indice(?: (?:generale|del volume|dei capitoli))?", "sommario"),
    "list of illustrations": ("indice delle (?:illustrazioni|tavole)",),
    "acknowledgements": ("ringraziamenti",),
    "errata": ("errata(?:[ -]corrige)?",),
    "transcriber's note": ("nota (?:del|di) trascri(?:ttore|zione).*",),
}

NUMBERS = HeadingNumbers(
    values=counted(
        """
        primo prima uno, secondo seconda due, terzo terza tre, quarto quarta quattro, quinto quinta cinque,
        sesto sesta sei, settimo settima sette, ottavo ottava otto, nono nona nove, decimo decima dieci,
        undecimo undicesimo undecima undici, duodecimo dodicesimo duodecima dodici, decimoterzo tredicesimo tredici,
        decimoquarto quattordicesimo, decimoquinto quindicesimo, decimosesto sedicesimo,
        decimosettimo diciassettesimo, decimottavo diciottesimo, decimonono diciannovesimo, ventesimo vigesimo venti
        """
    )
    | {"ultimo": 0, "ultima": 0},
    suffixes=("º", "ª", "°", "o", "a"),
    never_alone=word_set("prima secondo seconda due sei ultimo ultima"),
    cardinals=word_set("uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici venti"),
)
