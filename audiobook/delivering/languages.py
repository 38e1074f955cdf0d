"""The three-letter language codes that ID3 asks for."""

import re

_SEPARATORS = re.compile(r"[-_]")

# ISO 639-1 to 639-2/T, for the languages espeak-ng speaks.
_CODES = """
af:afr am:amh an:arg ar:ara as:asm az:aze ba:bak be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cv:chv cy:cym
da:dan de:deu el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fo:fao fr:fra ga:gle gd:gla gl:glg
gn:grn gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye ia:ina id:ind io:ido is:isl it:ita ja:jpn ka:kat
kk:kaz kl:kal kn:kan ko:kor ku:kur ky:kir la:lat lb:ltz lt:lit lv:lav mi:mri mk:mkd ml:mal mr:mar ms:msa
mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor om:orm or:ori pa:pan pl:pol pt:por qu:que ro:ron ru:rus
sd:snd si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel th:tha tk:tuk tn:tsn tr:tur tt:tat
ug:uig uk:ukr ur:urd uz:uzb vi:vie zh:zho
"""
_THREE_LETTERS = dict(pair.split(":") for pair in _CODES.split())


def iso639(language: str) -> str:
    """The three letters of ISO 639-2 for a BCP 47 tag; empty where nobody could say."""
    first = _SEPARATORS.split(language.strip().lower())[0]
    if re.fullmatch(r"[a-z]{3}", first):
        return first
    return _THREE_LETTERS.get(first, "")
