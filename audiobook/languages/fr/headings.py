"""Words of French headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import counted, word_set, words

HEADINGS = HeadingWords(
    keywords={
        "tome": "volume", "volume": "volume", "livre": "book", "partie": "part", "acte": "act",
        "chapitre": "chapter", "chap": "chapter", "lettre": "letter", "chant": "canto", "conte": "tale",
        "nouvelle": "story", "épisode": "episode", "journée": "day", "nuit": "night", "veillée": "night",
        "scène": "scene", "scene": "scene", "tableau": "scene", "section": "section",
    },
    names=(
        *("prologue", "[ée]pilogue", "pr[ée]face", "avant-propos", "avertissement", "introduction", "conclusion"),
        *("post-?scriptum", "postface", "au lecteur", "note de l['’](?:auteur|[ée]diteur)", "appendice",
        "pr[ée]ambule"),
    ),
    articles=("l[ea]", "les"),
    name_links=("de", "du", "des", "à", "au"),
    calendar=words(
        """
        janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi
        mardi mercredi jeudi vendredi samedi dimanche
        """
    ),
    closings=("fin", "fin (?:de|du|des) .*", "fin\\s+fin"),
    summaries=("comment ", "où ", "dans (?:le|la)quel", "ce qu", "de (?:la|l['’]|ce)", "qui ", "suite d", "histoire d"),
)  # fmt: skip

MATTER = {
    "table of contents": ("sommaire", "table(?: (?:des? |analytique|g[ée]n[ée]rale).{0,30})?"),
    "list of illustrations": ("table des (?:illustrations|gravures|planches)",),
    "dedication": ("d[ée]dicace",),
    "acknowledgements": ("remerciements",),
    "errata": ("errata|erratum",),
    "notes": ("notes",),
    "advertisement": ("du m[êe]me auteur|[œo]e?uvres du m[êe]me auteur|ouvrages du m[êe]me auteur",),
    "transcriber's note": ("notes? (?:de|du|sur) (?:la )?transcript(?:ion|eur).*",),
}

NUMBERS = HeadingNumbers(
    values=counted(
        """
        premier première un, deuxième second seconde deux, troisième trois, quatrième quatre, cinquième cinq,
        sixième six, septième sept, huitième huit, neuvième neuf, dixième dix, onzième onze, douzième douze,
        treizième treize, quatorzième quatorze, quinzième quinze, seizième seize, dix-septième dix-sept,
        dix-huitième dix-huit, dix-neuvième dix-neuf, vingtième vingt, vingt_et_unième vingt-et-unième,
        vingt-deuxième, vingt-troisième, vingt-quatrième, vingt-cinquième, vingt-sixième, vingt-septième,
        vingt-huitième, vingt-neuvième, trentième
        """
    )
    | {"dernier": 0, "dernière": 0},
    suffixes=("ere", "ère", "er", "re", "ème", "eme", "e"),
    never_alone=word_set("un deux second seconde dernier dernière six dix"),
    cardinals=word_set(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt"
    ),
)
