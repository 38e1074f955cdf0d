"""Filler for tests: wrapped prose in any amount, the same every time."""

import random
import textwrap

_WORDS = [
    "the",
    "lamp",
    "burned",
    "low",
    "while",
    "Oona",
    "walked",
    "along",
    "the",
    "river",
    "and",
    "thought",
    "of",
    "her",
    "brother",
    "who",
    "had",
    "gone",
    "away",
    "over",
    "the",
    "hills",
    "in",
    "spring",
    "without",
    "a",
    "word",
    "to",
    "anyone",
]


def paragraph(seed: int, words: int = 60, width: int = 70) -> str:
    """Sentences of about so many words, wrapped at `width` columns (0: not at all)."""
    chance = random.Random(seed)
    sentences = []
    while words > 0:
        count = max(3, min(chance.randint(6, 14), words))
        sentences.append(" ".join(chance.choice(_WORDS) for _ in range(count)).capitalize() + ".")
        words -= count
    text = " ".join(sentences)
    return textwrap.fill(text, width) if width else text


def story(seed: int, paragraphs: int = 4, width: int = 70, between: str = "\n\n") -> str:
    """Several paragraphs."""
    return between.join(paragraph(seed * 10 + n, 60, width) for n in range(paragraphs))


def told(*headings: str, gap: str = "\n\n") -> str:
    """A story under each heading."""
    return gap.join(f"{heading}\n\n{story(n)}" for n, heading in enumerate(headings, 1))
