"""What a narrator says where the book writes something else.

Each module is one kind of writing, with its table of written → spoken on top and one function, text → text. What no
rule names passes through unchanged, so ordinary sentences keep every letter; quotation marks, which nobody says, go,
and dashes and ellipses become the pauses they stand for.

Count up `production.phrasing.RECIPE` whenever a line may be said otherwise.
"""

import re
from collections.abc import Callable, Sequence

from audiobook.model.book import ParagraphKind
from audiobook.model.cast import Pronunciation
from audiobook.normalization.abbreviations import expand_abbreviations
from audiobook.normalization.clock import say_times
from audiobook.normalization.dates import say_dates, say_spans
from audiobook.normalization.disfluencies import say_mutters, uncensor
from audiobook.normalization.electronic import say_addresses
from audiobook.normalization.figures import say_figures
from audiobook.normalization.measures import say_measures
from audiobook.normalization.money import say_money
from audiobook.normalization.notation import say_symbols, settle_notation
from audiobook.normalization.numbers import SIGNS
from audiobook.normalization.pronunciations import respell, restore
from audiobook.normalization.ranges import say_ranges, say_scripture
from audiobook.normalization.romans import say_romans
from audiobook.normalization.telephone import say_telephones
from audiobook.normalization.typography import lower_capitals, strip_markup, strip_quotes, strip_tags, take_pauses

_VOID = re.compile(r"\s{50,}")  # no book has it, and rules that look for blanks on both sides of a sign would look long
_SPEAKABLE = re.compile(r"[^\W_]")
_MONTH_FIRST = re.compile(r"en(?:[-_](?:US|PH|CA))?", re.IGNORECASE)
# Where marks stand in a row, a rule may see only after they have become one what it would have done: "I.,.Ada".
_MARKS_IN_A_ROW = re.compile(r"[.,;:!?]\s?[,;:.](?!\.)|[—–-]\s?[.,;:]")
_PASSES = 2
_FIGURE = re.compile(rf"[\d{SIGNS}₀-₉]")
_ENGLISH: tuple[Callable[[str], str], ...] = (say_spans, say_mutters, lower_capitals, expand_abbreviations)
_WITH_FIGURES: tuple[Callable[[str], str], ...] = (say_times, say_ranges, say_money, say_measures, say_figures)


def spoken_form(
    text: str,
    *,
    block: ParagraphKind = "prose",
    pronunciations: Sequence[Pronunciation] = (),
    language: str = "en",
) -> str:
    """What a narrator says for `text`; empty where there is nothing to say ("* * *", a lone dash).

    `block` is the kind of paragraph it stands in: a heading may be a lone Roman numeral. Words in `pronunciations` are
    spelled as told there and left alone afterwards. Rules made of English words apply where `language` (BCP 47) is
    English; marks and markup are dealt with in any language.
    """
    if not _SPEAKABLE.search(text):
        return ""
    english = language.lower().startswith("en")
    said = strip_tags(_VOID.sub(" ", text))
    said = _unmarked(said) if english else said
    said = respell(strip_quotes(strip_markup(said)), tuple(pronunciations))
    if english:
        day_first = not _MONTH_FIRST.fullmatch(language)
        for _ in range(_PASSES if _MARKS_IN_A_ROW.search(said) else 1):
            said = take_pauses(_in_english(said, heading=block == "heading", day_first=day_first))
    said = restore(take_pauses(said), tuple(pronunciations))
    return said if _SPEAKABLE.search(said) else ""


def _unmarked(text: str) -> str:
    """What must be said before quotation marks and markup go, which it is full of."""
    text = say_addresses(uncensor(text) if "__" in text or "**" in text else text)
    return settle_notation(say_telephones(text)) if _FIGURE.search(text) else text


def _in_english(text: str, *, heading: bool, day_first: bool) -> str:
    text = say_romans(text, heading=heading)
    for rule in _ENGLISH:
        text = rule(text)
    if _FIGURE.search(text):
        text = say_dates(say_scripture(text), day_first=day_first)
        for rule in _WITH_FIGURES:
            text = rule(text)
    return say_symbols(text)
