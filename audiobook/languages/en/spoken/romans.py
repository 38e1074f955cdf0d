"""English words that come before a Roman numeral, rulers with a number, and words that only look like numerals."""

from audiobook.languages.tables import words

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
# Kings whose names a single letter follows otherwise: Malcolm X.
NOT_WITH_ONE_LETTER = frozenset(words("malcolm"))
NUMBER_WORDS = {"no": "number", "nos": "numbers"}
DIVISIONS = frozenset(
    words("chapter book part volume vol act scene canto section stave letter psalm appendix ch chap bk")
)
TITLES = words("king queen pope emperor empress tsar czar kaiser pharaoh prince sultan")
# Numerals that are more often something else, and never said as numbers where they stand alone.
NEVER_NUMERALS = frozenset(
    words("MIX CD DC MD CC XL XXL MC MM ML DL DM CV CI CL MI DI LI LIV MV DV CM DIV DCI CIV DVI MMC LL DIX DI")
)
