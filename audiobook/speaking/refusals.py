"""What every engine of ours refuses or lacks, in the same words."""

import difflib
import importlib.util
from collections.abc import Collection

from audiobook.errors import EngineError, MissingToolError, VoicesError

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


def require(module: str, engine: str) -> None:
    """Raises MissingToolError where the module is not installed that an engine of our extras needs. Imports nothing."""
    if importlib.util.find_spec(module) is None:
        raise MissingToolError(
            f"the engine {engine!r} is not installed", hint=f"install it with: pip install 'fullcast[{engine}]'"
        )
