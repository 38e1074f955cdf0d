"""Texts in which some words are given by their sounds."""

import re

from audiobook.cast import IPA_CLOSES, IPA_OPENS

_SOUNDS = re.compile(f"{IPA_OPENS}([^{IPA_OPENS}{IPA_CLOSES}]*){IPA_CLOSES}")


def parts_of(text: str) -> list[tuple[str, bool]]:
    """The text in parts, each with whether it is sounds; parts without anything in them are left out."""
    pieces = _SOUNDS.split(text)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece.strip()]
