"""Words of Dutch headings, numbers in headings, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.tables import counted, word_set, words

HEADINGS = HeadingWords(
    keywords={
        "deel": "part", "boek": "book", "bedrijf": "act", "hoofdstuk": "chapter", "kapittel": "chapter",
        "brief": "letter", "zang": "canto", "verhaal": "story", "tooneel": "scene", "toneel": "scene",
        "afdeeling": "part", "afdeling": "part",
    },
    names=("proloog", "epiloog", "voorwoord", "voorrede", "voorbericht", "inleiding", "nawoord", "naschrift", "besluit",
           "slot", "aanhangsel", "opdracht", "aan den lezer"),
    articles=("het", "de"),
    name_links=("van", "tot", "door", "aan"),
    calendar=words(
        """
        januari februari maart april mei juni juli augustus september oktober november december
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        """
    ),
    closings=("einde", "einde van .*", "slot"),
    summaries=("waarin ", "hoe "),
)  # fmt: skip

MATTER = {
    "table of contents": ("inhoud(?:sopgave)?", "inhoud van .*"),
    "list of illustrations": ("lijst (?:van|der) (?:platen|illustrati[ëe]n)",),
    "dedication": ("opdracht",),
    "errata": ("errata|verbeteringen|drukfouten",),
    "notes": ("noten|aanteekeningen|voetnoten",),
    "transcriber's note": ("aantekeningen? van de bewerker.*",),
}

NUMBERS = HeadingNumbers(
    values=counted(
        """
        eerste een één, tweede twee, derde drie, vierde vier, vijfde vijf, zesde zes, zevende zeven, achtste acht,
        negende negen, tiende tien, elfde elf, twaalfde twaalf, dertiende dertien, veertiende veertien,
        vijftiende vijftien, zestiende zestien, zeventiende, achttiende, negentiende, twintigste twintig,
        een-en-twintigste eenentwintigste, twee-en-twintigste tweeëntwintigste, drie-en-twintigste, vier-en-twintigste,
        vijf-en-twintigste, zes-en-twintigste
        """
    )
    | {"laatste": 0},
    suffixes=("ste", "de", "e"),
    never_alone=word_set("een één elf laatste"),
    cardinals=word_set("een één twee drie vier vijf zes zeven acht negen tien elf twaalf twintig"),
)
