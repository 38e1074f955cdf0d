"""Books of the Bible: abbreviations → full names, and books without an abbreviation."""

from audiobook.languages.tables import pairs, words

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
