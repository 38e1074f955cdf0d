"""Lazy exports of a package (PEP 562): a public name's module is imported when the name is first used.

`audiobook/__init__.py` has its own copy of this, so that importing `audiobook` loads nothing else.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import Any


def loader(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the package's `__getattr__`. `homes` maps each public name to its module, relative to `audiobook`."""

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"audiobook.{homes[name]}"), name)

    return load
