"""The parts of a language. A part that a language lacks is empty, and rules that need it do nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class HeadingWords:
    """Words of headings. They are looked for in every book, because the reader of a text does not know its language.

    Entries marked "pattern" are regular expressions, matched without regard to case.
    """

    keywords: Mapping[str, str] = field(default_factory=dict)  # word before or behind a number → family of headings
    names: tuple[str, ...] = ()  # patterns: headings without a number, such as "prologue"
    articles: tuple[str, ...] = ()  # definite articles that may open a heading: "the"
    name_articles: tuple[str, ...] = ()  # other articles that may open a name: "an" introduction
    name_links: tuple[str, ...] = ()  # words that may follow a name: introduction "by" …
    number_marks: tuple[str, ...] = ()  # patterns: "no." in "chapter no. 5"
    closings: tuple[str, ...] = ()  # patterns: a line that closes a book, such as "the end"
    summaries: tuple[str, ...] = ()  # patterns: how a chapter's summary begins, such as "in which"
    calendar: tuple[str, ...] = ()  # names of months and weekdays, in lower case, which head the entries of a diary
    counters: Mapping[str, str] = field(default_factory=dict)  # character behind a number (第三章) → family of headings


@dataclass(frozen=True, kw_only=True)
class HeadingNumbers:
    """Numbers in words, as headings write them. They are looked for in every book."""

    values: Mapping[str, int] = field(default_factory=dict)  # word or words in lower case → value; 0: not known
    pattern: str = ""  # matches at least these words, for speed; empty: made from the words
    suffixes: tuple[str, ...] = ()  # of ordinals in figures: "st" in "1st"
    never_alone: frozenset[str] = frozenset()  # words that are no heading where they stand alone: "second"
    cardinals: frozenset[str] = frozenset()  # words that never stand before a keyword: "one" of "one day"


@dataclass(frozen=True, kw_only=True)
class SpeechWords:
    """Words of speech tags ("said she"), for tags that are found in every book and for those of one language."""

    verbs: frozenset[str] = frozenset()  # forms that introduce speech
    weak_verbs: frozenset[str] = frozenset()  # forms that also mean acts without words
    he: frozenset[str] = frozenset()
    she: frozenset[str] = frozenset()
    other_pronouns: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class NumberWords:
    """Cardinal numbers as they are spoken: 12,345 → "twelve thousand three hundred and forty-five"."""

    small: tuple[str, ...]  # from zero to nineteen
    tens: tuple[str, ...]  # from twenty to ninety
    tens_joint: str  # between tens and units: "-" in "forty-five"
    hundred: str
    scales: tuple[str, ...]  # thousand, million, …
    last_joint: str  # before the last part below a hundred: " and "


@dataclass(frozen=True, eq=False, kw_only=True)
class Language:
    """The words of one language. Values are compared by identity, so that results made from them can be cached."""

    tag: str  # BCP 47, the primary language: "en"
    headings: HeadingWords = field(default_factory=HeadingWords)
    heading_numbers: HeadingNumbers = field(default_factory=HeadingNumbers)
    matter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # why a section is not read → title patterns
    speech: SpeechWords = field(default_factory=SpeechWords)
    numbers: NumberWords | None = None
    abbreviations: Mapping[str, str] = field(default_factory=dict)  # written without its full stop → spoken
