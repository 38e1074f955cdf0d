"""People who say who they are, "My name is Ada Thorne", "I'm Pip", "You may call me Billie", and those of whom the
narration says by what other name they go: "John Dawkins, otherwise the Artful Dodger".
"""

import re

from audiobook.scripting.lexicon import titles
from audiobook.scripting.names import NameMention

_OWN_NAME_BEFORE = re.compile(
    r"\b(?:(?:my|the) (?:full |own )?name(?:['’]s| is| was)|I am|I['’]m|(?:they|people|everybody|everyone) calls? me"
    r"|(?:you (?:can|may|must) |please |just )call me) $|^\W*name['’]s $",
    re.IGNORECASE,
)
_OWN_NAME_AFTER = re.compile(r"(?:['’]s| is|,) (?:the|my) name\b|, at your service\b")
_I_WHO = re.compile(r"(?<![\w'’])I, $")
_OTHERWISE = re.compile(
    r"[,;]? \(?(?:alias|otherwise(?: known as)?|(?:better|also|usually|commonly|generally) (?:known|called)(?: as)?"
    r"|(?:better |also |generally )?known(?: to [^,.;:]{1,30}| everywhere)? (?:as|by the (?:name|nickname|title) of)"
    r"|whose (?:real |true |other )?name (?:was|is)|or,? as [^,.;:]{1,40} call(?:s|ed)? (?:him|her),?)"
    r" (?:the )?['\"‘“]?"
)
_LOOK_BACK = 28  # characters; the longest of the phrases above


def gives_own_name(text: str, mention: NameMention, start: int) -> bool:
    """Whether the words from `start` on, or the teller's, give the name as the speaker's own."""
    if mention.name.the or mention.name.words[0].lower() in titles():
        return False
    if _OWN_NAME_AFTER.match(text, mention.end):
        return True
    if mention.possessive:
        return False
    return _OWN_NAME_BEFORE.search(text, max(start, mention.start - _LOOK_BACK), mention.start) is not None


def tells_own_name(text: str, mention: NameMention) -> bool:
    """Whether the narration gives the name as its teller's: "My name is Ada Thorne", "I, Ada Thorne,"."""
    alone = _I_WHO.search(text, max(0, mention.start - 4), mention.start) is not None
    return alone or gives_own_name(text, mention, 0)


def is_otherwise(text: str, one: NameMention, other: NameMention) -> bool:
    """Whether the words between two names say that both are one person's."""
    return not one.possessive and _OTHERWISE.fullmatch(text, one.end, other.start) is not None
