"""Turn written text into what a narrator says.

Each module handles one kind of writing, with functions from text to text. Text that no rule matches stays as it is.
Quotation marks are removed. Dashes and ellipses become the marks of the pauses that they stand for. The English tables
of written → spoken are in `languages/en/spoken/`.

Increase `pipeline.spoken_lines.RECIPE` whenever the result for a line may change.

abbreviations    Mr., St., No. 5, initials
chunking         cut a text into pieces that an engine takes at once
clock            times of day
dates            dates, decades, years
disfluencies     stutters, stretched and censored words
electronic       e-mail and web addresses, files
figures          ordinals, fractions, decimals, years, counts
measures         units
money            currencies, old and new
notation         foreign and scientific notation, symbols; words of which nothing is spoken
numbers          numbers in words
other_languages  the tables of languages other than English
pronunciations   the book's own pronunciations
ranges           ranges, signs, places in the Bible
romans           Roman numerals
telephone        numbers that are spoken digit by digit
typography       capitals, markup, quotation marks, pauses
"""

import re
from collections.abc import Callable, Sequence

from audiobook.languages import get_language
from audiobook.languages.codes import get_primary_language
from audiobook.languages.ja.readings import write_in_kana
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
from audiobook.normalization.notation import normalize_notation, say_symbols
from audiobook.normalization.numbers import SIGNS
from audiobook.normalization.other_languages import apply_tables
from audiobook.normalization.pronunciations import respell, restore
from audiobook.normalization.ranges import say_ranges, say_scripture
from audiobook.normalization.romans import say_romans
from audiobook.normalization.telephone import say_telephones
from audiobook.normalization.typography import (
    lower_shouted_capitals,
    replace_pause_marks,
    strip_markup,
    strip_quotes,
    strip_tags,
)

_VOID = re.compile(r"\s{50,}")  # shortened, because rules that look for spaces around a sign would be slow on it
_SPEAKABLE = re.compile(r"[^\W_]")
_MONTH_FIRST = re.compile(r"en(?:[-_](?:US|PH|CA))?", re.IGNORECASE)
# Where marks stand in a row ("I.,.Ada"), a rule may match only after they have become one: a second pass is needed.
_MARKS_IN_A_ROW = re.compile(r"[.,;:!?]\s?[,;:.](?!\.)|[—–-]\s?[.,;:]")
_PASSES = 2
_FIGURE = re.compile(rf"[\d{SIGNS}₀-₉]")
_ENGLISH: tuple[Callable[[str], str], ...] = (say_spans, say_mutters, lower_shouted_capitals, expand_abbreviations)
_WITH_FIGURES: tuple[Callable[[str], str], ...] = (say_times, say_ranges, say_money, say_measures, say_figures)


def spoken_form(
    text: str,
    *,
    block: ParagraphKind = "prose",
    pronunciations: Sequence[Pronunciation] = (),
    language: str = "en",
) -> str:
    """Return what a narrator says for `text`; empty where there is nothing to say ("* * *", a lone dash).

    `block` is the kind of paragraph that holds the text: a heading may be a lone Roman numeral. Words in
    `pronunciations` are respelled as given there, and no later rule changes them. `language` is a BCP 47 tag. English
    has rules of its own, another language its tables of abbreviations and numbers. Marks and markup are handled in
    every language.
    """
    if not _SPEAKABLE.search(text):
        return ""
    words = get_language(language)
    english = words.tag == "en"
    said = strip_tags(_VOID.sub(" ", text))
    said = _before_markup(said) if english else said
    said = respell(strip_quotes(strip_markup(said)), tuple(pronunciations))
    if english:
        day_first = not _MONTH_FIRST.fullmatch(language)
        for _ in range(_PASSES if _MARKS_IN_A_ROW.search(said) else 1):
            said = replace_pause_marks(_apply_english(said, heading=block == "heading", day_first=day_first))
    else:
        said = apply_tables(said, words)
    said = restore(replace_pause_marks(said), tuple(pronunciations))
    if get_primary_language(language) == "ja":
        said = write_in_kana(said)
    return said if _SPEAKABLE.search(said) else ""


def _before_markup(text: str) -> str:
    """Apply the rules that need quotation marks and markup, such as those for addresses."""
    text = say_addresses(uncensor(text) if "__" in text or "**" in text else text)
    return normalize_notation(say_telephones(text)) if _FIGURE.search(text) else text


def _apply_english(text: str, *, heading: bool, day_first: bool) -> str:
    text = say_romans(text, heading=heading)
    for rule in _ENGLISH:
        text = rule(text)
    if _FIGURE.search(text):
        text = say_dates(say_scripture(text), day_first=day_first)
        for rule in _WITH_FIGURES:
            text = rule(text)
    return say_symbols(text)
