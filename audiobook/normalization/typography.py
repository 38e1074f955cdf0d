"""Translate typography for speech: capitals, markup, quotation marks, dashes and ellipses.

An engine spells a short word in capitals letter by letter ("US", "IT"), which is right for the BBC and wrong for STOP.
"""

import re
from unicodedata import normalize

from audiobook.languages.en.spoken.capitals import ACRONYM_WORDS, ELISIONS, LETTERS, PRONOUN_I, SHORT_WORDS

_GATE = re.compile(r"[A-Z](?:[A-Z]|'[A-Z])")
_WORD = re.compile(r"[A-Z]+(?:'[A-Z]+)*")
_PHRASE = re.compile(r"(?<![\w'])[A-Z]+(?:'[A-Z]+)*(?:[\s,;:!?.—–-]{1,5}[A-Z]+(?:'[A-Z]+)*)*(?![\w']\w|\w)")
_VOWEL = re.compile(r"[AEIOUY]")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:…][\s,]*)$")
# After these words, US and IT are pronouns.
_OBJECT_BEFORE = re.compile(
    r"\b(?:to|for|of|with|at|on|by|than|from|give|gave|let|tell|told|do|did|is|was|as|and|that|if|love|hate|about)\s+$",
    re.IGNORECASE,
)


def lower_shouted_capitals(text: str) -> str:
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
        if written in PRONOUN_I:
            return written.capitalize()[0] + written[1:].lower()
        starts = _SENTENCE_BEFORE.search((before + phrase[: word.start()])[-4:])
        return written.capitalize() if starts else written.lower()

    return _WORD.sub(one, phrase)


def _shouted(word: str) -> bool:
    """Whether a single word in capitals is shouted rather than spelled."""
    if word in LETTERS or word in ACRONYM_WORDS:
        return False
    if len(word) <= 3:
        return word in SHORT_WORDS or "'" in word
    return bool(_VOWEL.search(word))


def _shouted_among(word: str) -> bool:
    """Whether a word among shouted words is shouted too: all are, except plain acronyms."""
    unmistakable = word in ACRONYM_WORDS or (
        word in LETTERS and (len(word) > 2 or not _VOWEL.search(word) or word in {"UK", "OK", "ID", "UN"})
    )
    return not unmistakable and (word in PRONOUN_I or word == "A" or len(word) > 1)


# ---- markup and unspeakable characters

_UNUSUAL = re.compile(r"[^A-Za-z0-9\s.,;:!?'\"“”‘’—–-]")
_NOTE_MARK = re.compile(r"\[(?:\d{1,4}|[*†‡])\]|[†‡¶•◦▪■●◆★☆®™]|(?:(?<=[a-z][a-z][a-z])|(?<=[.,;!?’”\"']))[¹²³⁰-⁹]+")
_TAG_NAMES = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|dfn|div|dl|dt|em|figcaption|figure"
    "|font|footer|h[1-6]|head|header|hr|html|i|img|ins|kbd|li|link|main|meta|nav|ol|p|pre|q|rp|rt|ruby|s|samp|section"
    "|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var"
)
_ATTRIBUTE = r"""\s+[\w:.-]{1,60}\s?=\s?(?:"[^"<>]{0,300}"|'[^'<>]{0,300}'|[^\s"'<>]{1,300})"""
# Only what can be nothing else is a tag: "<Mission failed>" and "a<b and c>d" are words of the book.
TAG = re.compile(
    rf"</?(?:{_TAG_NAMES})\s?/?>|<[A-Za-z][\w:-]{{0,40}}(?:{_ATTRIBUTE}){{1,20}}\s?/?>|<!--[^<>]{{0,500}}-->",
    re.IGNORECASE,
)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,500}\)")
_EMPHASIS = re.compile(r"(?<!\w)(?:[_*`]{1,3}|~~)(?=\S)|(?<=[^\s*_~`])(?:[_*`]{1,3}|~~)(?!\w)")
_WITHIN_WORD = re.compile(r"(?<!\w)([_*]{1,3})(\w[^_*\n]{0,80})\1(?=\w)")
_LONE_MARKS = re.compile(r"[_|\\`{}]+|[\^~]+(?!\d)|(?<!\d)\*+|\*+(?!\d)")
_BRACKETS = re.compile(r"\s?[(]\s?|[)]|[\[\]]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\ufffc\ufffd"
    "\U000e0000-\U000fffff\U00100000-\U0010ffff\ue000-\uf8ff]"
)
_PICTURES = re.compile(  # arrows, dingbats, emoji
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]\u200d?"
)


def strip_tags(text: str) -> str:
    """Return the text without HTML tags, and with the words of links ("[word](address)") only."""
    if "<" not in text and "](" not in text:
        return text
    return TAG.sub(" ", _LINK.sub(r"\1", text))


def strip_markup(text: str) -> str:
    """Return the text without emphasis, note marks, pictures and invisible characters.

    Accents are joined to their letters, and brackets become short pauses.
    """
    if not _UNUSUAL.search(text):
        return text
    text = _INVISIBLE.sub("", normalize("NFC", text))
    text = _PICTURES.sub(" ", _NOTE_MARK.sub("", text))
    text = _LONE_MARKS.sub(" ", _EMPHASIS.sub("", _WITHIN_WORD.sub(r"\2", text)))
    text = text.replace("*", "×")  # the asterisks that are left stand between figures
    return _BRACKETS.sub(_bracket, text)


def _bracket(mark: re.Match[str]) -> str:
    """Return a comma for a round bracket, unless another mark makes a pause there; nothing for a square one."""
    if mark.group() in "[]":
        return ""
    opens = ")" not in mark.group()
    before = mark.string[max(0, mark.start() - 1) : mark.start()]
    after = mark.string[mark.end() : mark.end() + 1]
    marked = not before or before in ",.;:!?" or (not opens and after in {",", ".", ";", ":", "!", "?"})
    return ("" if marked else ",") + (" " if opens else "")


# ---- quotation marks

_DOUBLE_MARKS = str.maketrans(dict.fromkeys('"“”„‟«»‹›「」『』', "") | {"’": "'", "ʼ": "'"})
_SINGLE_MARK = re.compile(r"(?<!\w)['‘](?P<word>\w+)?|(?<=[^\w\s])'(?!\w)|(?<=\w)'(?!\w)")


def strip_quotes(text: str) -> str:
    """Return the text without quotation marks; apostrophes stay and become straight."""
    text = text.translate(_DOUBLE_MARKS)
    if "'" not in text and "‘" not in text:
        return text
    opened = 0

    def choose(mark: re.Match[str]) -> str:
        nonlocal opened
        word = mark["word"]
        year = word and word[0].isdigit() and not mark.string.startswith("'", mark.end())
        if word and (word.lower() in ELISIONS or year or (word == "s" and mark.start())):
            return f"'{word}"
        if word:
            opened += 1
            return word
        at = mark.start()
        elided = at > 0 and mark.string[at - 1].isalnum()
        if elided and not opened:
            return "'"
        opened = max(0, opened - 1)
        return ""

    return _SINGLE_MARK.sub(choose, text)


# ---- pauses

_PAUSES = re.compile(r"[—―…–\n]|--|\s-\s|\.\s?\.|[,;:.!?]\s*,|\s[,.;:!?]")
_LINE_END = re.compile(r"(?<=[.,;:!?—–…-])[ \t]*\n\s*|(?P<open>[ \t]*\n\s*)")
_MARK = r"(?:[—―…]|--+|\.(?:\s?\.)+|(?<=\s)[–-](?=\s)|(?<!\w)–|–(?!\w))"
_PAUSE = re.compile(rf"\s?(?P<marks>{_MARK}(?:\s?(?:{_MARK}|[.–-](?!\w)))*)\s?(?P<next>\S?)")
_BEFORE_MARK = re.compile(r"[\s,]+(?=[,.;:!?])")
_AFTER_MARK = re.compile(r"(?<=[.;:!?]),+")
_PRONOUN_I = re.compile(r"I\b")


def replace_pause_marks(text: str) -> str:
    """Return the text with commas, or full stops before a new sentence, for dashes, ellipses and line ends.

    White space becomes single spaces.
    """
    text = text.strip()
    if not _PAUSES.search(text):
        return " ".join(text.split()).lstrip(" ,.;:!?")
    text = _LINE_END.sub(lambda mark: ", " if mark["open"] else " ", text)
    text = _PAUSE.sub(_pause, " ".join(text.split())).replace("–", "-")
    return _AFTER_MARK.sub("", _BEFORE_MARK.sub("", text)).lstrip(" ,.;:!?-").rstrip()


def _pause(found: re.Match[str]) -> str:
    following = found["next"]
    if following and following in ",.;:!?":
        return following
    before = found.string[max(0, found.start() - 1) : found.start()]
    if before and before in ",.;:!?":
        return f" {following}"
    trails_off = "." in found["marks"] or "…" in found["marks"]
    if trails_off and following.isupper() and not _PRONOUN_I.match(found.string, found.start("next")):
        return f". {following}"
    return f", {following}"
