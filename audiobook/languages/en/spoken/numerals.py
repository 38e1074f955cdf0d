"""English words around numbers: figures with a spoken form, telephone numbers, codes and Roman numerals."""

from audiobook.languages.tables import words

# Figures.

FIXED = {"24/7": "twenty-four seven", "9/11": "nine eleven", "50/50": "fifty-fifty", "20/20": "twenty twenty"} | {
    "007": "double oh seven",
}
COMPARISONS = {"<": "less than", ">": "greater than", "≤": "at most", "≥": "at least"}
MAGNITUDES = {"k": "thousand", "K": "thousand", "M": "million", "bn": "billion", "tn": "trillion", "B": "billion"}
ROUND = {"100": "hundreds", "1000": "thousands", "1,000": "thousands"}
STREETS = words("Street St Avenue Ave Road Rd Lane Drive Terrace Boulevard Blvd Place Square Crescent Way Court Row")


# Numbers that are spoken digit by digit.

# What precedes such a number: written → spoken.
PROMPTS = {"ext": "extension", "Ext": "Extension", "tel": "telephone", "Tel": "Telephone", "ph": "phone", "Ph": "Phone"}
CODES = (
    *("PIN", "SSN", "ISBN", "ISSN", "ZIP", "ZIP code", "zip code", "zip", "postcode", "passcode", "access code"),
    *("account number", "account", "my number is", "number is", "Text", "text"),
)
EMERGENCIES = ("911", "999", "112", "411", "311", "000")
EIGHT_HUNDRED = "800"


# Roman numerals: the words before them, and words that only look like numerals.

NUMBERED = words(
    """
    chapter book part volume vol act scene canto section stave psalm appendix figure fig plate lesson letter
    stanza verse phase type class mark mk apollo gemini saturn title article table episode season day night case
    level tape exhibit movement number no nos vols bowl chap ch war rocky fantasy regulation rule order opus op
    sonnet symphony hymn lot item zone ward district clause amendment mission area paragraph schedule protocol
    model series unit floor round week page quartet concerto sonata ode elegy eclogue epistle dialogue grade
    group operation theorem proposition lemma law annex division bk division tier category degree vatican
    """
)
RULERS = words(
    """
    henry louis charles james george edward william richard john philip francis frederick ferdinand gustav peter
    paul alexander nicholas ivan catherine elizabeth mary anne pius leo gregory innocent clement urban benedict
    boniface julius napoleon ramses ptolemy leopold joseph christian carl karl oscar haakon olav otto conrad
    rudolf alfonso pedro umberto victor emmanuel robert david stephen cleopatra darius xerxes wilhelm
    ludwig maximilian margaret
    thutmose tutmose amenhotep amenemhat senusret seti mentuhotep pepi antiochus seleucus attalus mithridates nicomedes
    artaxerxes cambyses shapur khosrow tiridates nebuchadnezzar sargon shalmaneser theodosius constantine constantius
    justinian justin valentinian basil michael alexios manuel romanos andronikos theodore baldwin bohemond raymond fulk
    amalric hugh lothair childeric clovis dagobert theuderic stephen bela andrew ladislaus wladyslaw casimir boleslaw
    sigismund stanislaus augustus matthias wenceslaus magnus harald eric erik sweyn canute olaf kenneth duncan
    alfred edgar edmund harold sancho ramiro fernando felipe juan carlos afonso jaime manuel amadeus cosimo lorenzo
    rainier albert baudouin eugene celestine sixtus martin callixtus honorius paschal lucius hadrian adrian linus
    alexander eugenius nicholas mehmed murad selim suleiman bayezid ahmed osman mustafa abdul hamid mahmud hussein
    abdullah hassan faisal mohammed muhammad farouk fuad rama kamehameha menelik
    """
)
# Names of rulers that a letter may follow which is not a numeral: Malcolm X.
NOT_WITH_ONE_LETTER = frozenset(words("malcolm"))
NUMBER_WORDS = {"no": "number", "nos": "numbers"}
DIVISIONS = frozenset(
    words("chapter book part volume vol act scene canto section stave letter psalm appendix ch chap bk")
)
TITLES = words("king queen pope emperor empress tsar czar kaiser pharaoh prince sultan")
# Numerals that are usually something else: alone, they are not read as numbers.
NEVER_NUMERALS = frozenset(
    words("MIX CD DC MD CC XL XXL MC MM ML DL DM CV CI CL MI DI LI LIV MV DV CM DIV DCI CIV DVI MMC LL DIX DI")
)
