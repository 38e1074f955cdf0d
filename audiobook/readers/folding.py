"""Characters that only the eye can tell from others, or cannot see at all, are replaced when a text is read.

Soft hyphens, zero-width and direction marks go; ligatures, Roman numerals, mathematical letters, full-width letters and
digits, and other compatibility characters become plain letters; accents are joined to their letters. Every reader does
so before anything else looks at the text, so `Tam­sin` and `Tamsin` are one name and `Act Ⅳ` is act IV. Places in the
source count characters of the folded text, in the reader and in the audit.
"""

import re
import unicodedata

# Invisible everywhere. A soft hyphen at the end of a line joins the line to the next.
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_SOFT_LINE_END = r"\u00ad[ \t]*\n[ \t]*(?=[^\W\d_])|(?<=[^\W\d_])\u00ac[ \t]*\n[ \t]*(?=[^\W\d_])"
# Joiners have a meaning in Arabic and Indian scripts and in emoji, and nowhere else.
_JOINER = (
    r"(?<=[\u0000-\u058f\u1e00-\u1fff\u2c00-\u2dff\s])[\u200c\u200d]|[\u200c\u200d](?=[\u0000-\u058f\u1e00-\u1fff])"
)
# Compatibility characters that stand for letters and digits.
_COMPATIBLE = (
    "\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u2160-\u2188\u2460-\u24ff\u2776-\u2793"
    "\u3300-\u33ff"
    "\uf900-\ufaff\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufb4f\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc\uff10-\uff19"
    "\uff21-\uff3a"
    "\uff41-\uff5a\uff66-\uff9f\U0001d400-\U0001d7ff\U0001f100-\U0001f189"
)
_SIGNS = {"\u2010": "-", "\u2011": "-", "\u02bc": "\u2019"}  # hyphens, and an apostrophe that counts as a letter
_FOLDED = re.compile(f"{_SOFT_LINE_END}|[{_INVISIBLE}]|{_JOINER}|[{_COMPATIBLE}]+|[{''.join(_SIGNS)}]")
_ANY = re.compile(f"[\u00ac\u200c\u200d{_INVISIBLE}{_COMPATIBLE}{''.join(_SIGNS)}]")
_CIRCLED = re.compile("[\u2776-\u2793]")


def fold_text(text: str) -> str:
    """Return the text with plain characters only. A text that is folded already comes back as it is."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _FOLDED.sub(_fold, text) if _ANY.search(text) else text


def _fold(found: re.Match[str]) -> str:
    character = found.group()
    if character in _SIGNS:
        return _SIGNS[character]
    if len(character) == 1 and not character.isprintable():
        return ""
    plain = unicodedata.normalize("NFKC", _CIRCLED.sub(_number, character))
    return "" if character[0] in "\u00ad\u00ac" or "\ufe00" <= character[0] <= "\ufe0f" else plain


def _number(circled: re.Match[str]) -> str:
    """The figure in a circle that is filled, which has no plain counterpart in Unicode."""
    return str(int(unicodedata.numeric(circled.group())))
