"""Speeches of a play: a speaker's name and a colon before the speech, or a speaker whom the reader has marked."""

import re
from collections.abc import Sequence

from audiobook.attribution.grammar.names import Name, NameMention
from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.grammar.tags import Tag
from audiobook.attribution.quotes.conventions import match_label
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.languages.en.lexicon import TITLE_SPELLINGS, load_titles

_DIRECTION = re.compile(r" \([^()]*\)$")  # "Ned (aside)"


def find_label(text: str, quotations: Sequence[Quotation], names: Sequence[NameMention]) -> NameMention | None:
    """Return the name in the label of a paragraph that consists of a label and a speech, or None."""
    match = match_label(text)
    if match is None or len(quotations) != 1 or quotations[0].kind == "other":
        return None
    speech = quotations[0]
    if (speech.start, speech.end) != (match.end(), len(text)):
        return None
    label = _DIRECTION.sub("", match[0].rstrip().removesuffix(":"))
    if not label.isupper() and names and (names[0].start, names[0].end) == (0, len(label)):
        return names[0]
    if text[speech.start].isalnum() or label.isupper():
        return NameMention(0, len(label), _name(label), _cased(label), False)
    return None


_SEVERAL = re.compile(
    r"\s(?:and|und|et|e|y|og|och|en|&|\+)\s|,\s|/|^(?:all|both|omnes|tous|alle|tutti|todos)\b", re.IGNORECASE
)


def make_speaker_mention(speaker: str) -> NameMention:
    """Return the mention of a speaker whom the reader of a play has marked. It is not in the text."""
    return NameMention(0, 0, _name(speaker), _cased(speaker), False)


def make_speaker_tag(mention: NameMention) -> Tag:
    """Return the tag of a marked speaker. For several people, its subject is "they"."""
    if _SEVERAL.search(mention.surface):
        return Tag("", Phrase(0, 0, "pronoun", mention.surface, pronoun="they"), "label", True, 0)
    return Tag("", Phrase(0, 0, "name", mention.surface, name=mention), "label", True, 0)


def make_label_tag(text: str, mention: NameMention) -> Tag:
    """Return the tag of a label."""
    phrase = Phrase(mention.start, mention.end, "name", text[mention.start : mention.end], name=mention)
    return Tag("", phrase, "label", True, mention.end)


def _cased(label: str) -> str:
    return " ".join(word.capitalize() if word.isupper() else word for word in label.split())


def _name(label: str) -> Name:
    words = _cased(label).split()
    the = words[0] == "The" and len(words) > 1
    words = words[1:] if the else words
    title = words[0].lower().rstrip(".")
    if len(words) > 1 and title in load_titles():
        return Name(TITLE_SPELLINGS.get(title, title), tuple(words[1:]), the)
    return Name("", tuple(words), the)
