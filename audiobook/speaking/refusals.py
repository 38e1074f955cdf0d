"""What every engine of ours refuses, in the same words."""

import difflib
from collections.abc import Collection

from audiobook.errors import EngineError, VoicesError

_SHOWN = 60  # characters of a text in an error


def check_text(text: str, longest: int) -> None:
    """Raises EngineError where the text is blank or longer than `longest` characters."""
    if not text.strip():
        raise EngineError("there is nothing to speak in a blank text")
    if len(text) > longest:
        raise EngineError(
            f"a text of {len(text)} characters is longer than the {longest} this engine speaks in one go: "
            f"{text[:_SHOWN]!r}…"
        )


def unknown_voice(engine: str, name: str, known: Collection[str]) -> VoicesError:
    """The error for a voice the engine does not have, with the nearest it has."""
    near = difflib.get_close_matches(name, known, n=3)
    return VoicesError(
        f"the engine {engine!r} has no voice {name!r}",
        hint=f"did you mean {' or '.join(map(repr, near))}?" if near else f"see: audiobook voices --engine {engine}",
    )
