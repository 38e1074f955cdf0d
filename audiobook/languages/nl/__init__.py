"""Dutch: words of headings."""

from audiobook.languages.contract import Language
from audiobook.languages.nl.headings import HEADINGS, MATTER, NUMBERS

LANGUAGE = Language(
    tag="nl",
    headings=HEADINGS,
    heading_numbers=NUMBERS,
    matter=MATTER,
)
