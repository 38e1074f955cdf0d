"""English abbreviations, without their full stop → spoken, and the words next to them that decide the reading."""

from audiobook.languages.tables import words

TITLES = {  # before a name; the full stop never ends a sentence
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Messrs": "Messieurs",
    "Mme": "Madame",
    "Mmes": "Mesdames",
    "Mlle": "Mademoiselle",
    "Prof": "Professor",
    "Rev": "Reverend",
    "Revd": "Reverend",
    "Hon": "Honourable",
    "Capt": "Captain",
    "Cpt": "Captain",
    "Col": "Colonel",
    "Gen": "General",
    "Lt": "Lieutenant",
    "Lieut": "Lieutenant",
    "Sgt": "Sergeant",
    "Serg": "Sergeant",
    "Cpl": "Corporal",
    "Pvt": "Private",
    "Maj": "Major",
    "Cmdr": "Commander",
    "Adm": "Admiral",
    "Gov": "Governor",
    "Sen": "Senator",
    "Rep": "Representative",
    "Pres": "President",
    "Supt": "Superintendent",
    "Insp": "Inspector",
    "Det": "Detective",
    "Fr": "Father",
    "Br": "Brother",
    "Sr": "Sister",
    "Mt": "Mount",
    "Ft": "Fort",
    "Wm": "William",
    "Chas": "Charles",
    "Jas": "James",
    "Thos": "Thomas",
    "Geo": "George",
    "Robt": "Robert",
}
WORDS = {  # anywhere; the full stop remains where it also ends a sentence
    "etc": "et cetera",
    "vs": "versus",
    "viz": "namely",
    "approx": "approximately",
    "dept": "department",
    "Dept": "Department",
    "Co": "Company",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
    "Bros": "Brothers",
    "Jr": "Junior",
    "Sr": "Senior",
    "Jun": "Junior",
    "Esq": "Esquire",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Sq": "Square",
    "Assn": "Association",
    "Ibid": "Ibidem",
    "ibid": "ibidem",
}
COUNTED = {  # before a number
    "no": "number",
    "nos": "numbers",
    "vol": "volume",
    "vols": "volumes",
    "ch": "chapter",
    "chap": "chapter",
    "chs": "chapters",
    "chaps": "chapters",
    "p": "page",
    "pp": "pages",
    "ps": "psalm",
    "pg": "page",
    "pgs": "pages",
    "fig": "figure",
    "figs": "figures",
    "sec": "section",
    "art": "article",
    "op": "opus",
    "ed": "edition",
    "ver": "version",
    "ca": "circa",
    "c": "circa",
    "pt": "part",
    "l": "line",
    "ll": "lines",
    "v": "verse",
    "vv": "verses",
    "bk": "book",
    "bks": "books",
    "para": "paragraph",
    "app": "appendix",
    "tab": "table",
}
SAINTS = frozenset(
    words(
        """
    agnes albans andrew andrews ann anne anthony augustine barnabas bartholomew benedict bernard
    catherine christopher clair clare columba david denis dunstan elmo francis george giles helena
    helens helier hilda ives james jerome joan john johns joseph jude kitts lawrence leonard louis lucia
    luke margaret mark martin mary marys matthew michael mungo nicholas pancras patrick paul pauls peter
    petersburg peters philip stephen swithin teresa thomas tropez valentine vincent vitus
    """
    )
)
LATIN = {"e.g.": "for example", "i.e.": "that is", "q.v.": "which see", "n.b.": "note well", "et al.": "and others"}
# Words that begin sentences more often than they are surnames, and words that go with a letter of the alphabet.
OPENERS = frozenset(
    words(
        """
    a after all an and as at before but by did do don't everybody everyone every for from had has have he her here his
    how if in is it it's its let my no nobody not nothing now of on once one or our she so some that that's the their
    then there there's these they this those to was we what when where which who why will with yes you your
    """
    )
)
LETTERED = words("vitamin plan point section grade type class exhibit part appendix hepatitis side option group team")
UNDOTTED_TITLES = frozenset(words("Mr Mrs Ms Mme Mlle Messrs Prof Rev Capt Col Sgt Lt Mt"))
