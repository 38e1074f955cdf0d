"""Figures with a spoken form of their own, comparisons, magnitudes and streets in English."""

from audiobook.languages.tables import words

FIXED = {"24/7": "twenty-four seven", "9/11": "nine eleven", "50/50": "fifty-fifty", "20/20": "twenty twenty"} | {
    "007": "double oh seven",
}
COMPARISONS = {"<": "less than", ">": "greater than", "≤": "at most", "≥": "at least"}
MAGNITUDES = {"k": "thousand", "K": "thousand", "M": "million", "bn": "billion", "tn": "trillion", "B": "billion"}
ROUND = {"100": "hundreds", "1000": "thousands", "1,000": "thousands"}
STREETS = words("Street St Avenue Ave Road Rd Lane Drive Terrace Boulevard Blvd Place Square Crescent Way Court Row")
