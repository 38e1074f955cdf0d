"""People who say who they are: "My name is Ada Thorne", "I'm Pip", "You may call me Billie"."""

import re

from audiobook.scripting.lexicon import titles
from audiobook.scripting.names import NameMention

_OWN_NAME_BEFORE = re.compile(
    r"\b(?:my (?:full |own )?name(?:['’]s| is| was)|I am|I['’]m|(?:they|people|everybody|everyone) calls? me"
    r"|(?:you (?:can|may|must) |please |just )call me|name is|name['’]s) $",
    re.IGNORECASE,
)
_OWN_NAME_AFTER = re.compile(r"(?:['’]s| is|,) (?:the|my) name\b|, at your service\b")
_I_WHO = re.compile(r"(?<![\w'’])I, $")
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
