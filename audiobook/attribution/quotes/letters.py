"""Finds letters, notes and telegrams that a book quotes. They are not speech.

A letter is recognised by its start (a salutation, or narration before it that announces it) and by its end ("Yours
ever"). It continues while whole paragraphs are quoted. A tag or narration beside a quotation shows that somebody
speaks.
"""

import re
from collections.abc import Sequence

from audiobook.languages.en.quotations import NO_NAME, READS, SAYS, WRITTEN, YOUR, YOURS

_NAME = rf"(?!{NO_NAME})[^\W\d_][\w.]*"
_SALUTATION = re.compile(
    r"\W*(?:[Mm]y\s+|MY\s+)?(?:very\s+|own\s+|VERY\s+)?(?:[Dd]ear(?:est)?|DEAR(?:EST)?|Ch[eè]re?|Liebe[r]?|Querid[oa])"
    rf"\s+{_NAME}(?:\s+[^\W\d_][\w.]*){{0,3}}\s*(?:[,:.]\s*[—–-]+|\s*[—–-]+(?=[A-Z])|[,:.]?\s{{2,}}|[,:.]?[^\w!?—–-]*$)"
)
_PLAIN_SALUTATION = re.compile(
    rf"\W*(?:MY\s+)?(?:DEAR(?:EST)?|Dear(?:est)?)\s+(?=[A-Z]){_NAME}(?:\s+[A-Z][\w.]*)?\s*,\W*[A-Z]"
)
_LETTER_WORDS = re.compile(rf"\b(?:{WRITTEN})\b")
_READING_VERBS = re.compile(rf"\b(?:{READS})\b[^.!?]{{0,50}}$")
_SPEECH_VERBS = re.compile(rf"\b(?:{SAYS})\b[^.!?]{{0,40}}$")
_LETTER_RAN = re.compile(
    r"\b(?:letter|note|document|telegram|message)\s+(?:ran|read|began)\b|\bit\s+ran\s*[,:]|\bwrote\b"
)
_VALEDICTION = re.compile(
    rf"(?:\b[Yy]ours(?:\s+(?:{YOURS}))*"
    rf"|\b[Yy]our\s+(?:\w+\s+){{0,4}}(?:{YOUR})\b"
    r"(?:\s+\w+){0,3}|\b[Bb]elieve\s+me|\bI\s+am,\s+(?:&c|etc)"
    r"|\b[Aa]dieu)[^\w?!]*(?:[A-Z][\w.]*[^\w?!]*){0,4}$"
)
_SENTENCE_END = re.compile(r"(?<!Mr)(?<!Mrs)(?<!Dr)(?<!St)[.!?]\s")
_VALEDICTION_LENGTH = 110  # characters at the end of a paragraph in which a valediction is looked for
_ANNOUNCEMENT_LENGTH = 160  # characters of narration before a letter that may announce it
_LEAD_IN_LENGTH = 60  # characters of narration at the end of a paragraph that leads into the next one
_MIN_LENGTH = 150  # characters; a shorter paragraph is part of a letter only with a salutation or a valediction
_MAX_SIGNATURE = 45  # most characters of the date above a letter and of the signature below


def find_letters(texts: Sequence[str], narration: Sequence[str]) -> frozenset[int]:
    """Return the indices of the paragraphs that are letters. `narration` is the text outside quotations of each."""
    letters: set[int] = set()
    at = 0
    while at < len(texts):
        end = _find_letter_end(texts, narration, at)
        letters.update(range(at, end))
        at = max(end, at + 1)
    return frozenset(letters)


def _find_letter_end(texts: Sequence[str], narration: Sequence[str], at: int) -> int:
    """Return the end (exclusive) of the letter that begins at a paragraph, or `at` if none begins."""
    if _has_salutation(texts, narration, at):
        return _skip_long(texts, narration, _find_valediction(texts, narration, at) or at + 1)
    if not _is_announced(texts, narration, at):
        return at
    return _skip_long(texts, narration, _find_valediction(texts, narration, at) or at)


def _has_salutation(texts: Sequence[str], narration: Sequence[str], at: int) -> bool:
    """Return whether a wholly quoted paragraph begins with a salutation, is one, or follows one."""
    if not _is_wholly_quoted(texts, narration, at):
        return _LETTER_RAN.search(narration[at]) is not None and len(texts[at]) > 2 * len(narration[at]) + _MIN_LENGTH
    if at and texts[at - 1].endswith((",", ":")) and _SALUTATION.search(narration[at - 1][-_MAX_SIGNATURE:]):
        return True
    if _SALUTATION.match(texts[at]):
        return True
    return _PLAIN_SALUTATION.match(texts[at]) is not None and len(texts[at]) > _MIN_LENGTH


def _is_announced(texts: Sequence[str], narration: Sequence[str], at: int) -> bool:
    """Return whether the narration before a wholly quoted paragraph announces a letter."""
    if (
        not at
        or texts[at - 1][-_LEAD_IN_LENGTH:] != narration[at - 1][-_LEAD_IN_LENGTH:]
        or not _is_wholly_quoted(texts, narration, at)
    ):
        return False
    lead = _SENTENCE_END.split(texts[at - 1][-_ANNOUNCEMENT_LENGTH:].rstrip())[-1]
    if _SPEECH_VERBS.search(lead):
        return False
    if lead.endswith((":", "-", "—")):
        return bool(_LETTER_WORDS.search(lead) or _READING_VERBS.search(lead))
    return bool(_LETTER_WORDS.search(lead)) and _find_valediction(texts, narration, at) is not None


def _find_valediction(texts: Sequence[str], narration: Sequence[str], at: int) -> int | None:
    """Return the end of the quoted paragraphs' first valediction and its signature, or None."""
    first = at
    while at < len(texts) and (at == first or _is_wholly_quoted(texts, narration, at)):
        at += 1
        if _VALEDICTION.search(texts[at - 1][-_VALEDICTION_LENGTH:]):
            while at < len(texts) and _is_wholly_quoted(texts, narration, at) and _is_signature(texts[at]):
                at += 1
            return at
    return None


def _skip_long(texts: Sequence[str], narration: Sequence[str], at: int) -> int:
    """Return the end of the long quoted paragraphs from `at`, with the signature below them."""
    while at < len(texts) and _is_wholly_quoted(texts, narration, at) and len(texts[at]) > _MIN_LENGTH:
        at += 1
    while at < len(texts) and _is_wholly_quoted(texts, narration, at) and _is_signature(texts[at]):
        at += 1
    return at


def _is_wholly_quoted(texts: Sequence[str], narration: Sequence[str], at: int) -> bool:
    return texts[at] != narration[at] and not any(map(str.isalnum, narration[at]))


def _is_signature(text: str) -> bool:
    bare = text.strip("\"'“”‘’„«» _")
    return len(text) < _MAX_SIGNATURE and bare[:1].isupper() and not bare.endswith(("?", "!", "..."))
