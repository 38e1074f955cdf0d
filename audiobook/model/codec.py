"""Convert frozen dataclasses to versioned JSON and back.

The JSON has the fields of the dataclass, so a new field cannot be forgotten. Reading is strict:
another format or version, a missing or unknown field, or a value of the wrong type is a RecordError. A field holds a
str, int, float, bool, None, Path or Literal, another such dataclass, or a tuple, a mapping from str, or a union of
these; in a union, the first member that fits is taken.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path, PurePath
from types import NoneType, UnionType
from typing import Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]

_HEAD = ("format", "version")
_AS_THEY_ARE = frozenset({str, int, bool, NoneType})


class RecordError(ValueError):
    """JSON that is not the expected record, or a value that JSON cannot represent."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Writes and reads the records of one dataclass.

    Raise `version` when a field changes its meaning: a field that is added, removed or retyped is noticed without it.
    Fields in `omit` are not written, and have their default when they are read. Raises TypeError where the dataclass
    has a field that cannot be written.
    """

    of: type[T]
    format: str  # names the kind of document, such as "audiobook-order"
    version: int
    omit: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        names = {field.name for field in _fields(self.of)}
        if not self.omit <= names or names & set(_HEAD):
            raise TypeError(f"{self.of.__name__} has no field to omit, or one that is named {' or '.join(_HEAD)}")
        for field in _fields(self.of):
            if field.name in self.omit and field.default is MISSING and field.default_factory is MISSING:
                raise TypeError(f"{self.of.__name__}.{field.name} has no default, and cannot be omitted")
        self._reader()

    def to_json(self, record: T) -> dict[str, Any]:
        """The record as plain JSON values. Raises RecordError for a value of an unsupported type."""
        plain = {field.name: _plain(getattr(record, field.name)) for field in _written(self.of, self.omit)}
        return {"format": self.format, "version": self.version, **plain}

    def from_json(self, data: Any) -> T:
        """The record that `to_json` wrote. Raises RecordError for another format or version."""
        if not isinstance(data, dict) or data.get("format") != self.format:
            raise RecordError(f"this is not the format {self.format}")
        version = data.get("version")
        if type(version) is not int or version != self.version:
            raise RecordError(f"this {self.format} has version {version}; {self.version} is understood")
        return self._reader()({name: value for name, value in data.items() if name not in _HEAD})

    def dumps(self, record: T) -> bytes:
        """The record as JSON text. Raises RecordError as `to_json` does."""
        return json.dumps(self.to_json(record), ensure_ascii=False).encode("utf-8", "surrogatepass")

    def loads(self, text: bytes) -> T:
        """The record that `dumps` wrote. Raises RecordError for anything else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise RecordError(f"this is not JSON: {error}") from error
        return self.from_json(data)

    def loads_or_none(self, text: bytes) -> T | None:
        """`loads`, but None instead of a RecordError: in a cache, an unreadable record is a miss."""
        try:
            return self.loads(text)
        except RecordError:
            return None

    def _reader(self) -> Callable[[Any], T]:
        of: Any = self.of
        return _record_reader(of, self.omit)


def from_json(kind: type[T], data: Any) -> T:
    """The dataclass in JSON values that are part of a document with its own version. Raises RecordError."""
    of: Any = kind
    read: Callable[[Any], T] = _reader(of)
    return read(data)


def to_json(record: Any) -> Any:
    """A dataclass as JSON values that become part of a document with its own version. Raises RecordError."""
    return _plain(record)


def whole_numbers(meta: Mapping[str, Any], names: Sequence[str]) -> tuple[int, ...] | None:
    """The values of these names, in order; None unless exactly these are there, each a whole number from 0."""
    if len(meta) != len(names):
        return None
    values: tuple[Any, ...] = tuple(meta.get(name) for name in names)
    return values if all(type(value) is int and value >= 0 for value in values) else None


def _fields(kind: Any) -> list[Any]:
    return [field for field in fields(kind) if field.init]


def _written(kind: Any, omit: frozenset[str]) -> list[Any]:
    return [field for field in _fields(kind) if field.name not in omit]


def _plain(value: Any) -> Any:
    """A value for JSON. Strings and integers, the most frequent values, are returned unchanged without another call."""
    kind = value.__class__
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple:
        return [one if one.__class__ in _AS_THEY_ARE else _plain(one) for one in value]
    names = _names(kind)
    if names is not None:
        return {name: one if (one := getattr(value, name)).__class__ in _AS_THEY_ARE else _plain(one) for name in names}
    return _plain_of_others(value)


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass that are written; None if the type is not a dataclass."""
    return tuple(field.name for field in _fields(kind)) if is_dataclass(kind) else None


def _plain_of_others(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise RecordError(f"JSON has no number {value}")
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    raise RecordError(f"a record cannot hold {value!r:.60}")


@cache
def _reader(kind: Any) -> Reader:
    """The function that reads values of a type. Raises TypeError for an unsupported type."""
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        record: Any = kind
        return _record_reader(record, frozenset())
    build = _BUILDERS.get(get_origin(kind))
    if build is None:
        raise TypeError(f"a record cannot hold the type {kind}")
    return build(get_args(kind))


@cache
def _record_reader(kind: Any, omit: frozenset[str]) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in _written(kind, omit)}

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _wrong(value, "an object")
        if value.keys() != readers.keys():
            names = ", ".join(sorted(map(str, value.keys() ^ readers.keys())))
            raise RecordError(f"fields that are missing or unknown: {names}")
        found: dict[str, Any] = {}
        try:
            for name, read_field in readers.items():
                found[name] = read_field(value[name])
        except RecordError as error:
            raise RecordError(f"{name}: {error}") from None
        try:
            return kind(**found)
        except (TypeError, ValueError, ArithmeticError) as error:  # the dataclass checks its values
            raise RecordError(str(error)) from error

    return read


def _located(name: str, read: Reader, value: Any) -> Any:
    """Read a value; a RecordError names its field."""
    try:
        return read(value)
    except RecordError as error:
        raise RecordError(f"{name}: {error}") from None


def _wrong(value: Any, what: str) -> RecordError:
    return RecordError(f"{value!r:.60} is not {what}")


def _scalar(kind: type, what: str) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:  # bool is an int
            raise _wrong(value, what)
        return value

    return read


def _read_float(value: Any) -> float:
    if type(value) not in {int, float}:
        raise _wrong(value, "a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _wrong(value, "a finite number")
    return number


def _read_path(value: Any) -> Path:
    if type(value) is not str:
        raise _wrong(value, "a path")
    return Path(value)


def _tuple_reader(args: tuple[Any, ...]) -> Reader:
    if len(args) == 2 and args[1] is Ellipsis:
        read_item = _reader(args[0])
        return lambda value: _items(read_item, _list(value))
    readers = tuple(map(_reader, args))

    def read(value: Any) -> tuple[Any, ...]:
        if len(_list(value)) != len(readers):
            raise _wrong(value, f"an array of {len(readers)}")
        return tuple(_located(str(at), read, one) for at, (read, one) in enumerate(zip(readers, value, strict=True)))

    return read


def _items(read: Reader, values: Sequence[Any]) -> tuple[Any, ...]:
    found: list[Any] = []
    try:
        for value in values:
            found.append(read(value))  # noqa: PERF401  # how many were read says which one is wrong
    except RecordError as error:
        raise RecordError(f"{len(found)}: {error}") from None
    return tuple(found)


def _list(value: Any) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _wrong(value, "an array")
    return value


def _mapping_reader(args: tuple[Any, ...]) -> Reader:
    if args[0] is not str:
        raise TypeError("the keys of a JSON object are text")
    read_item = _reader(args[1])

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _wrong(value, "an object")
        return {name: _located(name, read_item, one) for name, one in value.items()}

    return read


def _literal_reader(args: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if not any(value == one and type(value) is type(one) for one in args):
            raise _wrong(value, f"one of {', '.join(map(str, args))}")
        return value

    return read


def _union_reader(args: tuple[Any, ...]) -> Reader:
    readers = tuple(map(_reader, args))

    def read(value: Any) -> Any:
        errors = []
        for one in readers:
            try:
                return one(value)
            except RecordError as error:
                errors.append(str(error))
        raise RecordError("; ".join(errors))

    return read


_SCALARS: Mapping[Any, Reader] = {
    str: _scalar(str, "text"),
    int: _scalar(int, "a whole number"),
    bool: _scalar(bool, "true or false"),
    NoneType: _scalar(NoneType, "null"),
    float: _read_float,
    Path: _read_path,
}
_BUILDERS: Mapping[Any, Callable[[tuple[Any, ...]], Reader]] = {
    tuple: _tuple_reader,
    dict: _mapping_reader,
    Mapping: _mapping_reader,
    Literal: _literal_reader,
    Union: _union_reader,
    UnionType: _union_reader,
}
