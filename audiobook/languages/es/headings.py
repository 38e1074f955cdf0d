"""Words of Spanish headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import counted, word_set, words

HEADINGS = HeadingWords(
    keywords={
        "tomo": "volume", "volumen": "volume", "libro": "book", "parte": "part", "acto": "act", "jornada": "act",
        "capítulo": "chapter", "capitulo": "chapter", "cap": "chapter", "carta": "letter", "canto": "canto",
        "cuento": "tale", "episodio": "episode", "tratado": "chapter",
        "escena": "scene", "cuadro": "scene", "sección": "section",
    },
    names=("prólogo", "epílogo", "prefacio", "introducción", "advertencia", "conclusión", "dedicatoria", "al lector",
           "apéndice", "preámbulo"),
    articles=("el", "la"),
    name_links=("al?", "de", "del"),
    calendar=words(
        """
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre
        diciembre lunes martes miércoles jueves viernes sábado domingo
        """
    ),
    closings=("fin", "fin de(?:l| la)? .*"),
    summaries=("que trata", "donde se", "de cómo", "de lo que", "de la ", "en que ", "en el que "),
)  # fmt: skip

MATTER = {
    "table of contents": ("[íi]ndice", "tabla de (?:los )?cap[íi]tulos", "[íi]ndice de (?:materias|cap[íi]tulos)"),
    "list of illustrations": ("[íi]ndice de (?:l[áa]minas|ilustraciones)",),
    "dedication": ("dedicatoria",),
    "acknowledgements": ("agradecimientos",),
    "errata": ("fe de erratas|erratas",),
    "notes": ("notas",),
    "transcriber's note": ("notas? (?:de|del) transcrip(?:ci[óo]n|tor).*",),
}

NUMBERS = HeadingNumbers(
    values=counted(
        """
        primero primera primer uno, segundo segunda dos, tercero tercera tercer tres, cuarto cuarta cuatro,
        quinto quinta cinco, sexto sexta seis, séptimo séptima siete, octavo octava ocho, noveno novena nono nueve,
        décimo décima diez, undécimo onceno once, duodécimo doceno doce, decimotercio trece, decimocuarto catorce,
        decimoquinto quince, decimosexto, decimoséptimo, decimoctavo, decimonoveno, vigésimo veinte
        """
    )
    | {"último": 0, "última": 0},
    suffixes=("º", "ª", "°", "o", "a"),
    never_alone=word_set("segundo segunda uno dos once último última"),
    cardinals=word_set("uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte"),
)
