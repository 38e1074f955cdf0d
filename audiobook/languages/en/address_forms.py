"""How people address each other: words beside a name that is called, and the gender that "sir" or "Mother" shows."""

import re

from audiobook.model.script import Gender

# Alternatives of patterns: what stands before a name that is called, and what may follow it.
BEFORE_NAME = (
    "my dear(?:est)?|dear(?:est)?|oh|ah|o|yes|no|well|why|good|poor|hello|hullo|hey|please|thanks|thank you|come|now"
)
DEAR = "my dear(?:est)?|dear(?:est)?|oh|ah|o|hello|hey"
QUESTIONS = (  # what follows a name that opens a question or a request
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
# "My brother" and "my mother" are mostly spoken of; these are spoken to.
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


def gender_called(spoken: str) -> Gender | None:
    """Return the gender of the listener, where a word of address in the speech shows it. Names are ignored."""
    match = _ADDRESS.search(spoken.lstrip("\"'“‘«„‹"))
    if match is None:
        return None
    return "male" if any(match.groups()) else "female"
