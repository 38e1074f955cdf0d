"""Old names of fields, from version 0.1, which public classes still accept with a DeprecationWarning."""

import warnings
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def accept_old_name(old: str, new: str) -> Callable[[type[T]], type[T]]:
    """Let a dataclass accept a field by its old name too: as an argument, and as a read-only attribute."""

    def decorate(kind: type[T]) -> type[T]:
        create = kind.__init__

        def warn() -> None:
            warnings.warn(f"{kind.__name__}.{old} is now named {new}", DeprecationWarning, stacklevel=3)

        def __init__(self: Any, **values: Any) -> None:  # noqa: N807  # it becomes the class's own
            if old in values:
                warn()
                values[new] = values.pop(old)
            create(self, **values)

        def read(self: Any) -> Any:
            warn()
            return getattr(self, new)

        setattr(kind, "__init__", __init__)  # noqa: B010  # mypy forbids a plain assignment
        setattr(kind, old, property(read))
        return kind

    return decorate
