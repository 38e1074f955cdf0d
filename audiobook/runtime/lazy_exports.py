"""A room's public names, each loaded from its home when it is first asked for (PEP 562).

`audiobook` itself does the same in its own words: to import it loads nothing else.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import Any


def loader(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The package's `__getattr__`; `homes` has the module of every public name, within `audiobook`."""

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"audiobook.{homes[name]}"), name)

    return load
