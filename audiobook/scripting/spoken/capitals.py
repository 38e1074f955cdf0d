"""Words in capitals: shouts are words, acronyms are letters.

An engine spells a short word in capitals letter by letter ("US", "IT"), which is right for the BBC and wrong for STOP.
"""

import re

from audiobook.scripting.spoken.tables import words

# Said letter by letter, though they could be words, or are shorter than a shout mostly is.
LETTERS = frozenset(
    words(
        """
    ABC AA AC AD AI AM AOL ATM BA BBC BC BCE BMW CBS CD CE CEO CFO CIA CNN CPU CV DA DIY DJ DNA DVD EEG EMT ER
    ESP EU EV FAQ FBI FM GI GMT GP GPS HD HIV HMS HQ HR ICU ID IOU IQ IRA IRS IT IV KGB LA LED LP LSD MA MBA MC
    MD MI MIT MP MRI NBC NFL NHL NHS NBA NSA NY NYPD LAPD OBE OK PA PC PE PHD PI PM POW PR PS PTA QC QE RAF RIP
    RN RSVP RV SAS SS SOS SUV TNT TV UFO UK UN UNHCR URL US USA USB USS USSR VCR VIP WC WWI WWII YMCA YWCA NAACP
    RSPCA HTML IEEE UTC ISBN ISSN ESPN UCLA ACLU NCAA AARP NCIS HTTPS
    """
    )
)
# Said as words, and not shouted: left as they are for the engine.
WORDS = frozenset(words("ASAP AWOL CERN NAFTA NASA NATO OPEC SWAT UNESCO UNICEF"))
# Short words of every day: in capitals they are shouted.
SHORT = frozenset(
    words(
        """
    ACT ADD AGE AGO AH AID AIM AIR ALL AND ANY APE ARE ARM ART ASK ATE AW AX BAD BAG BAM BAN BAR BAT BE BED BEE
    BEG BET BID BIG BIT BOO BOW BOX BOY BUG BUM BUS BUT BUY BY BYE CAN CAP CAR CAT COP COW CRY CUP CUT DAD DAM
    DAY DEAD DEN DID DIE DIG DIM DIP DO DOG DON DOT DRY DUE EAR EAT EGG EGO EH ELF END ERA EVE EYE FAN FAR FAT
    FED FEW FIG FIT FIX FLY FOE FOG FOR FOX FRY FUN GAP GAS GET GO GOD GOT GUN GUY HA HAD HAM HAS HAT HAY HE HEN
    HER HEY HI HID HIM HIS HIT HO HOT HOW HUG HUH HUT ICE IF ILL IN INK INN IS ITS JAM JAR JAW JOB JOY KEY KID
    KIN LAD LAP LAW LAY LED LEG LET LIE LIP LOG LOT LOW MAD MAN MAP MAY ME MEN MET MOM MUD MUM MY NAP NAY NET
    NEW NO NOR NOT NOW NUT OAK ODD OF OFF OH OIL OLD ON ONE OR OUR OUT OW OWE OWL OWN PAN PAT PAY PEN PET PIE
    PIG PIN PIT POP POT PUT RAG RAN RAT RAW RAY RED RIB RID ROB ROD ROT ROW RUB RUG RUN SAD SAT SAW SAY SEA SEE
    SET SHE SHY SIN SIP SIR SIT SIX SKY SO SOB SON SOW SPY SUE SUN TAP TAX TEA TEN THE TIE TIN TIP TO TOE TON
    TOO TOP TOW TOY TRY TUB TWO UGH UP USE VAN VET VOW WAR WAS WAX WAY WE WEB WED WET WHO WHY WIN WIT WOE WON
    WOW YEP YES YET YOU ZAP ZIP ZOO
    """
    )
)
_GATE = re.compile(r"[A-Z](?:[A-Z]|'[A-Z])")
_WORD = re.compile(r"[A-Z]+(?:'[A-Z]+)*")
_PHRASE = re.compile(r"(?<![\w'])[A-Z]+(?:'[A-Z]+)*(?:[\s,;:!?.—–-]{1,5}[A-Z]+(?:'[A-Z]+)*)*(?![\w']\w|\w)")
_VOWEL = re.compile(r"[AEIOUY]")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:…][\s,]*)$")
# Before US and IT, these make them the pronouns.
_OBJECT_BEFORE = re.compile(
    r"\b(?:to|for|of|with|at|on|by|than|from|give|gave|let|tell|told|do|did|is|was|as|and|that|if|love|hate|about)\s+$",
    re.IGNORECASE,
)
_PRONOUN = frozenset({"I", "I'M", "I'LL", "I'VE", "I'D"})


def lower_capitals(text: str) -> str:
    """ "I said STOP!" → "I said stop!"; "the FBI" stays; a text all in capitals becomes sentences."""
    return _PHRASE.sub(_phrase, text) if _GATE.search(text) else text


def _phrase(found: re.Match[str]) -> str:
    phrase = found.group()
    words = _WORD.findall(phrase)
    long = [word for word in words if len(word) > 1]
    if not long:
        return phrase
    together = len(words) > 1 and any(_shouted(word) for word in long)
    before = found.string[max(0, found.start() - 12) : found.start()]
    if phrase in {"US", "IT"}:
        return phrase.lower() if _OBJECT_BEFORE.search(before) else phrase

    def one(word: re.Match[str]) -> str:
        written = word.group()
        if not (_shouted_among(written) if together else _shouted(written)):
            return written
        if written in _PRONOUN:
            return written.capitalize()[0] + written[1:].lower()
        starts = _SENTENCE_BEFORE.search((before + phrase[: word.start()])[-4:])
        return written.capitalize() if starts else written.lower()

    return _WORD.sub(one, phrase)


def _shouted(word: str) -> bool:
    """Whether a word in capitals standing alone is a shout rather than letters."""
    if word in LETTERS or word in WORDS:
        return False
    if len(word) <= 3:
        return word in SHORT or "'" in word
    return bool(_VOWEL.search(word))


def _shouted_among(word: str) -> bool:
    """Whether a word in the midst of shouting is shouted too: all are but the plainest acronyms."""
    unmistakable = word in WORDS or (
        word in LETTERS and (len(word) > 2 or not _VOWEL.search(word) or word in {"UK", "OK", "ID", "UN"})
    )
    return not unmistakable and (word in _PRONOUN or word == "A" or len(word) > 1)
