"""The texts that a voice speaks to be measured, in the language of the voice where another script asks for it."""

import functools
from collections.abc import Mapping
from importlib.resources import files

from audiobook.languages.codes import get_primary_language


def calibration_texts(language: str) -> tuple[str, ...]:
    """Return a longer text and two lines in the language of a BCP 47 tag; nothing where there are none."""
    return _load().get(get_primary_language(language), ())


@functools.cache
def _load() -> Mapping[str, tuple[str, ...]]:
    text = files("audiobook.languages").joinpath("calibration_texts.txt").read_text(encoding="utf-8")
    rows = (line.split(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {tag: tuple(part.strip() for part in texts.split("|")) for tag, texts in rows}
