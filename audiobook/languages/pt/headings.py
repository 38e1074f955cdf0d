"""Words of Portuguese headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import counted, word_set, words

HEADINGS = HeadingWords(
    keywords={
        "tomo": "volume", "volume": "volume", "livro": "book", "parte": "part", "acto": "act", "ato": "act",
        "capítulo": "chapter", "capitulo": "chapter", "cap": "chapter", "carta": "letter", "canto": "canto",
        "conto": "tale", "jornada": "act", "cena": "scene", "scena": "scene", "quadro": "scene", "secção": "section",
    },
    names=("prólogo", "epílogo", "pr[eé]f[aá]cio", "introdu[cç]+ão", "advertência", "conclusão", "dedicatória",
           "ao leitor", "apêndice", "posfácio", "nota do autor"),
    articles=("o", "a"),
    name_links=("ao?", "de", "d[ao]"),
    calendar=words(
        """
        janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
        """
    ),
    closings=("fim", "fim d[aoe].*"),
    summaries=("de como ", "em que ", "onde se ", "no qual "),
)  # fmt: skip

MATTER = {
    "table of contents": ("[íi]ndice(?: dos cap[íi]tulos)?", "sum[áa]rio"),
    "dedication": ("dedicatória",),
    "acknowledgements": ("agradecimentos",),
    "errata": ("errata|erratas|corrigenda",),
    "notes": ("notas",),
    "transcriber's note": ("notas? d[aeo] transcri(?:ção|tor).*",),
}

NUMBERS = HeadingNumbers(
    values=counted(
        """
        primeiro primeira um, segundo segunda dous dois, terceiro terceira três, quarto quarta quatro,
        quinto quinta cinco, sexto sexta seis, sétimo sétima sete, oitavo oitava oito, nono nona nove,
        décimo décima dez, undécimo décimo-primeiro onze, duodécimo décimo-segundo doze, décimo-terceiro treze,
        décimo-quarto, décimo-quinto quinze, décimo-sexto, décimo-sétimo, décimo-oitavo, décimo-nono, vigésimo vinte
        """
    )
    | {"último": 0, "última": 0},
    suffixes=("º", "ª", "°", "o", "a"),
    never_alone=word_set("segundo segunda um dois dous último última"),
    cardinals=word_set("um dois dous três quatro cinco seis sete oito nove dez onze doze treze quinze vinte"),
)
