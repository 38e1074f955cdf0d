"""Readers for the notation in which the tables of a language are written."""


def words(text: str) -> tuple[str, ...]:
    """Read a table of single words, written as running text."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """Read a set of single words, written as running text."""
    return frozenset(text.split())


def pairs(text: str) -> dict[str, str]:
    """Read a table of written → spoken, written as `km: kilometer | m: meter` over as many lines as it takes."""
    entries = (entry.split(": ", 1) for line in text.strip().splitlines() for entry in line.split(" | "))
    return {written.strip(): spoken.strip() for written, spoken in entries}


def counted(text: str) -> dict[str, int]:
    """Read number words in order from 1, written as `first one, second two`; an underscore is a space."""
    groups = enumerate(text.split(","), 1)
    return {word.replace("_", " "): value for value, group in groups for word in group.split()}
