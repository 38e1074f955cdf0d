"""Words of English headings, numbers in words as headings write them, and titles of front and back matter."""

from audiobook.languages.contract import HeadingNumbers, HeadingWords
from audiobook.languages.en.numbers import NUMBERS as CARDINALS
from audiobook.languages.tables import words

HEADINGS = HeadingWords(
    keywords={
        "volume": "volume", "vol": "volume", "book": "book", "part": "part", "pt": "part", "act": "act",
        "chapter": "chapter", "chap": "chapter",
        "stave": "stave", "letter": "letter", "canto": "canto", "episode": "episode", "tale": "tale", "story": "story",
        "lecture": "lecture", "adventure": "adventure", "fit": "fit", "interlude": "interlude",
        "day": "day", "night": "night", "week": "week",
        "scene": "scene", "section": "section", "sect": "section", "epilogue": "part",
    },
    names=(
        *("prologue", "epilogue", "preface", "foreword", "introduction", "introductory(?: note| chapter)?"),
        *("afterword", "interlude", "intermezzo", "prelude", "postlude", "coda", "conclusion", "postscript", "finale"),
        *("overture", "l['’]envoi", "envoi", "proem", "induction", "appendix", "acknowledge?ments?", "dedication"),
        *("about the author", "author['’]s (?:note|preface|introduction|foreword)", "note (?:by|from) the author"),
        *("author['’]s apology", "preamble", "prefatory note", "introductory remarks", "valedictory"),
        *("to the (?:gentle |general |courteous )?reader", "glossary", "bibliography", "index"),
        *("notes", "footnotes", "endnotes", "errata", "erratum", "corrigenda"),
        *("dramatis person(?:ae|æ)", "(?:list of )?(?:the )?characters"),
    ),
    articles=("the",),
    name_articles=("an?",),
    name_links=("to", "by", "of", "for"),
    number_marks=(r"the\s+", r"no\.?\s*", r"number\s+"),
    closings=("the end", "finis", "end", "the end of .*", "end of .*", "to be continued"),
    calendar=words(
        """
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sept sep oct nov dec
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
        """
    ),
    summaries=(
        *("in which", "of ", "how ", "wherein", "containing", "concerning", "being ", "showing", "treat", "which "),
        *("relates?", "describes"),
    ),
)  # fmt: skip

# Why a section is not read → its titles.
MATTER = {
    "cover": (r"(?:front |book )?cover(?: (?:page|image|art))?", "jacket"),
    "title page": (r"(?:half ?)?title(?: ?page)?", "frontispiece"),
    "table of contents": (r"(?:table of |brief |detailed )?contents(?: page)?", "toc"),
    "list of illustrations": (
        "(?:list of )?(?:the )?(?:full[- ]page |colou?red )?(?:illustrations|figures|plates|maps|tables|photographs)",
        "illustration credits|pictures|index of illustrations",
    ),
    "copyright notice": (
        "copyright(?: page| notice| information)?|uncopyright|rights|permissions",
        "imprint|colophon|legal(?: notice)?|credits",
        "publication (?:data|details)|edition notice",
    ),
    "dedication": ("dedication|dedicated to.*",),
    "acknowledgements": ("acknowledge?ments?(?: and .*)?|thanks",),
    "index": (r"(?:subject |general )?index(?: of .*)?",),
    "notes": (
        r"(?:end ?|foot ?|rear ?|chapter )?notes",
        r"notes (?:on|to) (?:the |chapters?|sources).*",
    ),
    "bibliography": ("(?:select(?:ed)? )?bibliography|references|works cited|further reading|sources",),
    "glossary": (r"glossary(?: of .*)?",),
    "about the author and the publisher": (
        r"about (?:the )?(?:authors?|publishers?|translators?|illustrators?|editors?|type)(?: .*)?",
        r"about this (?:book|edition|e-?book)",
        "(?:a )?note (?:on|about) the (?:type|author)|author biography|meet the author",
    ),
    "advertisement": (
        r"(?:also|(?:other |more )?(?:books|titles|works|novels))(?: available| in this series)? (?:by|from) .*",
        "also by|by the same author|other (?:books|titles|works)|coming soon|back ?cover",
        r"praise(?: for .*)?|reviews|advertisements?|newsletter(?: .*)?|(?:join|sign up).*newsletter.*",
        r"(?:excerpt|extract|preview|sneak peek)(?: (?:from|of) .*)?",
        "reading group guide|discussion questions|questions for discussion",
    ),
    "Project Gutenberg licence": (r"(?:full )?project gutenberg.*|start full license|pg (?:header|footer|license)",),
    "transcriber's note": (
        "(?:original )?(?:transcribers?|transcription|etext|preparers?|proofreaders?) (?:end ?)?notes?(?: .*)?",
        "typographical errors corrected.*|corrections|list of corrections.*",
    ),
    "errata": ("errata|erratum|corrigenda|errors corrected",),
    "list of characters": (
        r"(?:the )?(?:persons|people|characters) (?:of|in) (?:the )?(?:play|drama|piece|comedy|tragedy|story)",
        r"dramatis person(?:ae|æ)|personae|(?:list of )?(?:the )?(?:characters|persons)(?: represented)?",
        r"cast(?: of characters)?",
    ),
    "map": ("map|family tree",),
}

ONES, TENS = CARDINALS.small[1:], CARDINALS.tens
_FIRSTS = words(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
    """
)
_TENTHS = words("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")


def _values() -> dict[str, int]:
    values = {word: n for table in (ONES, _FIRSTS) for n, word in enumerate(table, 1)}
    for ten, (word, ordinal) in enumerate(zip(TENS, _TENTHS, strict=True), 2):
        values[word], values[ordinal] = ten * 10, ten * 10
        for n, units in enumerate(zip(ONES[:9], _FIRSTS[:9], strict=True), 1):
            for unit in units:
                values[f"{word}-{unit}"] = values[f"{word} {unit}"] = ten * 10 + n
    values["hundred"] = values["one hundred"] = values["hundredth"] = 100
    values["last"] = 0  # "Chapter the Last": a number whose value is not known
    return values


_ORDINAL_ENDINGS = ("first", "second", "third", "th")

NUMBERS = HeadingNumbers(
    values=_values(),
    pattern=(
        rf"(?:{'|'.join(TENS)})[- ](?:{'|'.join(ONES[:9] + _FIRSTS[:9])})|one hundred|hundredth|last"
        rf"|{'|'.join(sorted(ONES + _FIRSTS + TENS + _TENTHS, key=len, reverse=True))}"
    ),
    suffixes=("st", "nd", "rd", "th"),
    never_alone=frozenset({"last", "second"}),
    cardinals=frozenset(word for word in _values() if not word.endswith(_ORDINAL_ENDINGS)) - {"last"},
)
