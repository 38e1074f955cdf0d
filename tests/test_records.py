"""Dataclasses as versioned JSON: every field is written and read back, and anything else is refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook.model.codec import Codec, RecordError, from_json, whole_numbers

TEXT = st.text(st.characters(codec=None), max_size=8)  # half surrogate pairs too
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of sound."""

    start: int
    end: float

    def __post_init__(self) -> None:
        if self.start < 0:
            raise ValueError("a span starts at 0 or later")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One field of every type that a record can hold."""

    title: str
    kind: Literal["a", "b"]
    pair: tuple[int, str]
    path: Path | None = None
    is_new: bool = False
    spans: tuple[Span, ...] = ()
    names: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    either: int | str | None = None
    jobs: int = 3


CODEC = Codec(Document, "audiobook-test", 2, omit=frozenset({"jobs"}))
DOCUMENT = Document(title="Łódź", kind="a", pair=(1, "x"), path=Path("a/b"), spans=(Span(start=1, end=2.5),))
DOCUMENTS = st.builds(
    Document,
    title=TEXT,
    kind=st.sampled_from(["a", "b"]),
    pair=st.tuples(st.integers(), TEXT),
    path=st.none() | TEXT.map(Path),
    is_new=st.booleans(),
    spans=st.lists(st.builds(Span, start=st.integers(min_value=0), end=FINITE)).map(tuple),
    names=st.dictionaries(TEXT, st.lists(st.integers()).map(tuple)),
    either=st.none() | st.integers() | TEXT,
    jobs=st.just(3),
)


@given(DOCUMENTS)
def test_a_record_is_read_back_as_it_was_written(document: Document) -> None:
    assert CODEC.loads(CODEC.dumps(document)) == document


def test_a_record_says_its_format_and_version_and_has_every_field_but_the_omitted_ones() -> None:
    names = {"title", "kind", "pair", "path", "is_new", "spans", "names", "either"}
    data = json.loads(CODEC.dumps(DOCUMENT))
    assert data.keys() == {"format", "version"} | names
    assert (data["format"], data["version"]) == ("audiobook-test", 2)


DAMAGE: Mapping[str, Any] = {
    "a newer version": {"version": 3},
    "an older version": {"version": 1},
    "no version": {"version": None},
    "a version that is true": {"version": True},
    "another format": {"format": "audiobook-other"},
    "an unknown field": {"colour": "red"},
    "an omitted field": {"jobs": 4},
    "a number for text": {"title": 1},
    "null for text": {"title": None},
    "an unknown word": {"kind": "c"},
    "an array that is too short": {"pair": [1]},
    "a wrong item of an array": {"pair": ["1", "x"]},
    "true for a whole number": {"pair": [True, "x"]},
    "a whole number for true": {"is_new": 1},
    "a number for a path": {"path": 3},
    "an object for an array": {"spans": {}},
    "a field missing inside": {"spans": [{"start": 1}]},
    "a field unknown inside": {"spans": [{"start": 1, "end": 2, "at": 3}]},
    "a value the dataclass refuses": {"spans": [{"start": -1, "end": 2}]},
    "an infinite number": {"spans": [{"start": 1, "end": float("inf")}]},
    "a number that no float holds": {"spans": [{"start": 1, "end": 10**400}]},
    "a wrong value of a mapping": {"names": {"a": 1}},
    "an array for a mapping": {"names": []},
    "nothing of a union": {"either": 1.5},
}


@pytest.mark.parametrize("changes", DAMAGE.values(), ids=DAMAGE)
def test_anything_but_a_record_of_this_version_is_refused(changes: dict[str, Any]) -> None:
    text = json.dumps(CODEC.to_json(DOCUMENT) | changes).encode()
    with pytest.raises(RecordError):
        CODEC.loads(text)
    assert CODEC.loads_or_none(text) is None


@pytest.mark.parametrize("name", ["format", "version", "title", "path", "spans"])
def test_a_record_without_one_of_its_fields_is_refused(name: str) -> None:
    data = CODEC.to_json(DOCUMENT)
    del data[name]
    with pytest.raises(RecordError, match=name):
        CODEC.from_json(data)


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\xfd", b"{", b"[]", b"null", b"[" * 100_000, b"9" * 5_000])
def test_text_that_is_no_json_object_is_refused(text: bytes) -> None:
    with pytest.raises(RecordError):
        CODEC.loads(text)


def test_the_error_says_where_the_wrong_value_is() -> None:
    data = CODEC.to_json(DOCUMENT) | {"spans": [{"start": 1, "end": "x"}]}
    with pytest.raises(RecordError, match="spans: 0: end: 'x' is not a number"):
        CODEC.from_json(data)


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(RecordError, match="inf"):
        CODEC.dumps(Document(title="", kind="a", pair=(1, ""), spans=(Span(start=0, end=float("inf")),)))
    with pytest.raises(RecordError, match="cannot hold"):
        CODEC.dumps(Document(title=b"bytes", kind="a", pair=(1, "")))  # type: ignore[arg-type]  # that is the test


def test_a_dataclass_that_no_record_can_hold_is_refused_when_its_codec_is_made() -> None:
    with pytest.raises(TypeError, match="no field to omit"):
        Codec(Span, "audiobook-span", 1, omit=frozenset({"middle"}))
    with pytest.raises(TypeError, match="has no default"):
        Codec(Span, "audiobook-span", 1, omit=frozenset({"end"}))
    with pytest.raises(TypeError, match="bytes"):
        Codec(Blob, "audiobook-blob", 1)


@dataclass(frozen=True, slots=True)
class Blob:
    """A field that JSON has no type for."""

    data: bytes


def test_a_dataclass_inside_another_document_is_read_as_strictly() -> None:
    assert from_json(Span, {"start": 1, "end": 2}) == Span(start=1, end=2.0)
    with pytest.raises(RecordError):
        from_json(Span, {"start": 1, "end": 2, "at": 3})


@pytest.mark.parametrize("meta", [{}, {"a": 1}, {"a": 1, "c": 2}, {"a": 1, "b": -1}, {"a": 1, "b": "2"}])
def test_whole_numbers_are_exactly_those_that_were_asked_for(meta: dict[str, object]) -> None:
    assert whole_numbers({"b": 2, "a": 1}, ("a", "b")) == (1, 2)
    assert whole_numbers({"b": 2, "a": 1, "c": 3}, ("a", "b")) is None
    assert whole_numbers(meta, ("a", "b")) is None
