"""Places in the Bible: "1 Cor. 13:4–7", "John 3:16"."""

import re

from audiobook.scripting.spoken.numbers import cardinal, ordinal
from audiobook.scripting.spoken.tables import any_of, pairs, words

SHORT = pairs(
    """
    Gen: Genesis | Ex: Exodus | Exod: Exodus | Lev: Leviticus | Num: Numbers | Deut: Deuteronomy | Josh: Joshua
    Judg: Judges | Sam: Samuel | Kgs: Kings | Chr: Chronicles | Chron: Chronicles | Neh: Nehemiah | Esth: Esther
    Ps: Psalm | Prov: Proverbs | Eccl: Ecclesiastes | Eccles: Ecclesiastes | Isa: Isaiah | Jer: Jeremiah
    Lam: Lamentations | Ezek: Ezekiel | Dan: Daniel | Hos: Hosea | Obad: Obadiah | Mic: Micah | Hab: Habakkuk
    Zeph: Zephaniah | Hag: Haggai | Zech: Zechariah | Mal: Malachi | Matt: Matthew | Mk: Mark | Lk: Luke | Jn: John
    Rom: Romans | Cor: Corinthians | Gal: Galatians | Eph: Ephesians | Phil: Philippians | Col: Colossians
    Thess: Thessalonians | Tim: Timothy | Tit: Titus | Philem: Philemon | Heb: Hebrews | Jas: James | Pet: Peter
    Rev: Revelation
    """
)
BOOKS = (
    *SHORT.values(),
    *words("Ruth Ezra Job Psalms Joel Amos Jonah Nahum Acts Jude Wisdom Sirach Tobit Judith Baruch Maccabees"),
)
_PLACE = re.compile(
    rf"\b(?:(?P<nth>[123]) )?(?P<book>{any_of({*SHORT, *BOOKS})})\b\.? (?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})"
    r"(?:\s?[–—-]\s?(?P<last>\d{1,3}))?(?![\d:]|\s?[ap]\.?m)"
)


def say_scripture(text: str) -> str:
    """ "1 Cor. 13:4–7" → "First Corinthians thirteen, four to seven"."""
    return _PLACE.sub(_place, text) if ":" in text else text


def _place(found: re.Match[str]) -> str:
    nth = f"{ordinal(found['nth']).capitalize()} " if found["nth"] else ""
    last = f" to {cardinal(found['last'])}" if found["last"] else ""
    book = SHORT.get(found["book"], found["book"])
    return f"{nth}{book} {cardinal(found['chapter'])}, {cardinal(found['verse'])}{last}"
