"""English words in capitals that are spelled or shouted, and words that begin with an apostrophe."""

from audiobook.languages.tables import words

# Spelled letter by letter, although they look like words, or are shorter than most shouted words.
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
# Spoken as words, and not shouted. They are left unchanged for the engine.
ACRONYM_WORDS = frozenset(words("ASAP AWOL CERN NAFTA NASA NATO OPEC SWAT UNESCO UNICEF"))
# Short common words. In capitals, they are shouted.
SHORT_WORDS = frozenset(
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
PRONOUN_I = frozenset({"I", "I'M", "I'LL", "I'VE", "I'D"})
ELISIONS = frozenset(
    words(
        """
    tis twas twere twill twould em bout cause cos til till im er ere ow ave ad as is alf ome ead im imself arf
    eard ello eaven ell ouse and n gainst neath tween round fore scuse specially spose nother nuff kay
    """
    )
)
