"""Fuzz normalization and the splitting of text into utterances."""

from pathlib import Path

from audiobook.model.book import ParagraphKind
from audiobook.model.cast import Pronunciation
from audiobook.normalization import spoken_form
from audiobook.normalization.chunking import split_utterances
from tools.fuzz.mutation import HOSTILE, mutator
from tools.fuzz.parsers import Parser, cases

_LANGUAGES = ("en", "en-GB", "en-US", "de", "fr")
_BLOCKS: tuple[ParagraphKind, ...] = ("prose", "heading", "verse", "letter")
_LIMITS = (1, 7, 400)
_MOST = 60  # characters said for one that is written: a figure has a long name
_PRONUNCIATIONS = (
    Pronunciation(written="Oona", spoken="OO-nah"),
    Pronunciation(written="US", spoken="you ess", match_case=True),
    Pronunciation(written="$", spoken="Oona"),
)
_WORDS = (
    *("£3 10s.", "$5.50", "1st", "2nd", "1,000,000", "12:30", "3/4", "½", "10%", "MCMXCIX", "IV", "Dr.", "St. "),
    *("No. 5"),
    *("1914–18", "12th of May", "5 ft. 6 in.", "°C", "http://a.b/c?d=e", "a@b.co.uk", "<i>", "</i>", "_x_", "*x*"),
    *("...", "--"),
    *("e.g.", "O.K.", "HMS", "WHAT", "'90s", "1s. 2d.", "10^9", "−5", "1e9", "99999999999999999999", "0.000001"),
    *("1/0", "Hmm", "Oona"),
)  # fmt: skip


def _spoken(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "surrogateescape")
    kind = len(data)
    for pronunciations in ((), _PRONUNCIATIONS):
        said = spoken_form(
            text,
            block=_BLOCKS[kind % len(_BLOCKS)],
            language=_LANGUAGES[kind % len(_LANGUAGES)],
            pronunciations=pronunciations,
        )
        assert len(said) <= _MOST * (len(text) + 10)
    limit = _LIMITS[kind % len(_LIMITS)]
    pieces = split_utterances(said, limit)
    assert all(piece and len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(said.split())


def _seeds() -> list[bytes]:
    return [line for case in cases("spoken") for line in (case, *case.split(b"\n"))]


PARSERS = {"spoken": Parser(seeds=_seeds, mutate=mutator((*_WORDS, *HOSTILE), _seeds()), run=_spoken, declared=())}
