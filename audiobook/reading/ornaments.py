"""Scene breaks as typists draw them."""

import re

_ORNAMENTS = r"*#~•⁂⁎⁑·◦●○■□◆◇★☆✦✧✻✽✿❀❦❧☙§=+^_⸺⸻\-–—―|/\\<>"
_BREAK = re.compile(
    rf"[\s{_ORNAMENTS}]+"
    r"|(?:\.\s*){3,}"  # a row of dots
    r"|[-~*.\s]*(?:[oO0][-~*.\s]*){3}|[-~*.\s]*(?:[xX][-~*.\s]*){3,}"  # oOo, -x-x-x-
)
_LONGEST = 120


def is_ornament(text: str) -> bool:
    """Whether a line that is not blank holds ornaments only: `* * *`, `#`, `⁂`, `• • •`, `oOo`, a row of dots."""
    return len(text) <= _LONGEST and _BREAK.fullmatch(text) is not None
