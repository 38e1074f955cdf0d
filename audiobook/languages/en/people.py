"""English words about people: titles, ages, first-person narrators, forms of address.

Strings are alternatives for regular expressions.
"""

import re

from audiobook.model.script import Gender

# Titles, and endings of pet names.

PET_ENDINGS = ("sie", "sy", "ie", "ey", "y")
UNMARRIED = frozenset({"miss", "mlle"})
MARRIED = frozenset({"mrs", "mme"})
OF_RANK = frozenset({"lady", "lord", "sir"})
RANKS = frozenset({"mr", "lieutenant", "captain", "major", "colonel", "general", "commodore", "admiral"})
EXCLUSIVE = (  # pairs of sets: one person never has a title of both
    (frozenset({"sir", "lord", "baron", "earl", "duke", "viscount", "marquis", "count"}), frozenset({"mr"})),
    (frozenset({"lady", "duchess", "baroness", "countess", "marchioness"}), frozenset({"miss", "mrs"})),
    (frozenset({"dr", "rev", "captain", "colonel", "major", "general", "admiral", "sir"}), MARRIED),
    (frozenset({"lieutenant", "captain", "colonel", "major", "general", "admiral"}), UNMARRIED),
)

# Titles → the nouns for the people who have them, where the noun is not the title.
TITLE_NOUNS = {
    "rev": ("vicar", "parson", "clergyman", "rector"),
    "constable": ("constable", "policeman"),
    "father": ("priest",),
    "officer": ("officer", "policeman", "policewoman", "cop"),
    "captain": ("captain", "skipper"),
}

SAINTS = frozenset({"saint", "st"})

FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "miss", "ms", "sir", "aunt", "uncle", "cousin"})


# Ages.

WHO_IS = ",| was| is|, who was| was only| was just"
ALMOST = "only |just |about |nearly |almost |barely "
PERSONS = "boy|girl|child|lad|man|woman|lady|gentleman"
CHILDREN = "(?:little|small|tiny|ragged) (?:boy|girl|child)|child|toddler|schoolboy|schoolgirl"
OLD_PEOPLE = "(?:old|elderly|aged) (?:man|woman|lady|gentleman)|grandmother of|grandfather of"
OLD = "old|aged|elderly|ancient|gr[ae]y-haired|white-haired|white-bearded"
NOT_OLD = r"friend|fellow|chap|boy|girl|lad|servant|master|school\w*"  # after "old", which states no age here


# First-person narrators.

MALE_SELF = "man|gentleman|bachelor|widower|husband|father|boy|lad|schoolboy|fellow|chap|grandfather|uncle"
FEMALE_SELF = "woman|lady|spinster|widow|wife|mother|girl|maiden|schoolgirl|lass|grandmother|aunt"
QUALIFIED = r"(?:an? |the |only |just |but |still |not |quite |merely |another ){1,3}(?:[a-z-]+ ){0,2}?"
MINE_MALE = "wife|bride|fiancée|beard|moustache|mustache|whiskers|boyhood|manhood|cravat|razor"
MINE_FEMALE = "husband|bridegroom|fiancé|skirts?|petticoats?|gown|bonnet|corset|bodice|girlhood|womanhood|lipstick"
# "I" followed by these is the author who comments ("I must tell the reader"), and not a character who narrates.
BEFORE_TELLING = (
    "am|do|did|must|shall|will|would|should|need|cannot|can|could|may|might|dare|have|had|hardly|now|only|here|never|not"
    "|afraid|glad|sorry|bound|going|obliged|to"
)
TELLING = (
    "tell|say|said|speak|confess|own|describe|pretend|relate|explain|add|introduce|repeat|mention|mean|suppose|believe"
    "|fear|trust|assure|remark"
)


# Forms of address: what precedes a vocative, and what may follow it.

BEFORE_NAME = (
    "my dear(?:est)?|dear(?:est)?|oh|ah|o|yes|no|well|why|good|poor|hello|hullo|hey|please|thanks|thank you|come|now"
)
DEAR = "my dear(?:est)?|dear(?:est)?|oh|ah|o|hello|hey"
QUESTIONS = (  # what follows a vocative that begins a question or a request
    "do|did|are|is|will|would|can|could|shall|should|have|has|what|how|where|when|why|who|please|don't|let's|let|"
    "come|look|listen|wait|stop|you|I"
)

_MALE_ADDRESS = (
    "sirs?|sirrah|gentlemen|lads?|boys?|fellows|chaps|man|mister|monsieur|messieurs|signore?|señor|herr|papa|pa|father"
    "|dad|daddy|pop|uncle|brother|bro|son|sonny|grandpapa|grandfather|grandpa|granddad|milord|dude"
)
_FEMALE_ADDRESS = (
    "ma['’]am|mum|marm|madam|miss|missis|missus|girls|girl|girlie|lady|madame|mesdames|mademoiselle|signora|signorina"
    "|señora|señorita|fräulein|mamma|mama|ma|mother|mummy|mommy|mom|mam|aunt|auntie|sister|sis|lass|lassie"
    "|grandmamma|grandmother|grandma|granny|gran|nurse|milady|woman"
)
_DEAR_MALE = "father|papa|uncle|brother|nephew|boy|fellow|sir|chap|lad|man|son|bean|monsieur"
_DEAR_FEMALE = "mother|mamma|mama|aunt|sister|niece|girl|lady|madam|madame|ma['’]am|woman"
# After "my", these nouns address the listener. "My brother" and "my mother" mostly refer to somebody else.
_MY_MALE = "boys?|man|son|lads?|lord|king"
_MY_FEMALE = "girls?|lady|daughter|lass|woman|queen"

_OPENING = r"(?:^|[,;!?.:—–\"“«]|--)\s*"
_GREETING = (
    r"(?:(?:yes|no|oh|o|ah|well|why|come|now|but|and|please|hey|hello|hullo|thanks|thank you"
    r"|good (?:morning|night|evening|day|afternoon)|good-?bye),? )?"
)
_DEAR = r"(?:my (?:own )?(?:poor )?)?(?:(?:dear|dearest|old|young|good|little|sweet|brave) )+"
_ADDRESS = re.compile(
    rf"(?:{_OPENING}{_GREETING}|\b(?:yes|no|please) )"
    rf"(?:{_DEAR}(?:(?P<male>{_DEAR_MALE})|{_DEAR_FEMALE})"
    rf"|my (?:(?P<my_male>{_MY_MALE})|{_MY_FEMALE})"
    rf"|(?:(?P<bare_male>{_MALE_ADDRESS})|{_FEMALE_ADDRESS}))"
    r"(?=[,.!?;:—–\"”’»_]|\s*$|--)",
    re.IGNORECASE,
)


def find_listener_gender(spoken: str) -> Gender | None:
    """Return the gender that a form of address in the speech shows, or None. Names are ignored."""
    match = _ADDRESS.search(spoken.lstrip("\"'“‘«„‹"))
    if match is None:
        return None
    return "male" if any(match.groups()) else "female"
