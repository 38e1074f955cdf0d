"""What is kept in the cache by another version, or was damaged and still has its checksum, counts as missing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from audiobook import mixing, synthesis
from audiobook.errors import UsageError
from audiobook.model.book import Cover
from audiobook.model.request import Encoding, Mastering, Order, Tags
from audiobook.pipeline import noted_requests, voice_levels
from audiobook.pipeline.noted_requests import note_order, noted_order
from audiobook.pipeline.scripts import cover_of
from audiobook.pipeline.voice_levels import Heard
from audiobook.runtime.cache import GoneError, Kind, Shelf
from audiobook.services import Wanted, order_for, script_of
from tests.pipeline.test_build import Build
from tests.readers.epubs import PNG, Epub, page, prose

Change = Callable[[dict[str, Any]], object]

DAMAGE: Mapping[str, Change] = {
    "not JSON": lambda data: b"{",
    "not text": lambda data: b"\xff\x00",
    "too deep": lambda data: b"[" * 100_000,
    "null": lambda data: None,
    "a list": lambda data: [],
    "empty": lambda data: {},
    "a newer version": lambda data: data | {"version": 1_000},
    "no version": lambda data: {name: value for name, value in data.items() if name != "version"},
    "an unknown field": lambda data: data | {"colour": "red"},
    "a field less": lambda data: dict(list(data.items())[:-1]),
    "null everywhere": dict.fromkeys,
    "a number everywhere": lambda data: (
        dict.fromkeys(data, 1) | {n: data[n] for n in ("format", "version") if n in data}
    ),
}


def keys_of(kind: Kind, shelf: Shelf) -> list[str]:
    return sorted(path.name for path in (shelf.root / "v1" / kind).glob("*/*"))


def change_payloads(kind: Kind, change: Change) -> int:
    """Rewrite all pieces of a kind, each with its right checksum; gives how many."""
    shelf = Shelf()
    for key in keys_of(kind, shelf):
        meta, payload = shelf.require(kind, key)
        changed = change(json.loads(payload))
        shelf.save(kind, key, changed if isinstance(changed, bytes) else json.dumps(changed).encode(), meta)
    return len(keys_of(kind, shelf))


def payloads(kind: Kind) -> list[bytes]:
    return [Shelf().require(kind, key)[1] for key in keys_of(kind, Shelf())]


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("kind", ["scripts", "phrases", "editions"])
def test_a_build_makes_anew_what_it_cannot_read(built: Build, kind: Kind, change: Change) -> None:
    first = built()
    sound = first.files[0].read_bytes()
    kept = payloads(kind)
    assert change_payloads(kind, change) > 0
    again = built()
    assert payloads(kind) == kept or kind == "editions"  # whose time is another
    assert again.files[0].read_bytes() == sound
    assert again.report.ledger == first.report.ledger
    assert again.marks == first.marks
    assert built().files[0].stat().st_mtime_ns == again.files[0].stat().st_mtime_ns  # and it is kept again


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_level_that_cannot_be_read_is_measured_again(change: Change) -> None:
    shelf, heard = Shelf(), Heard(mixing.Level(loudness=-20.5, peak=-3.0), 9.5)
    shelf.save("levels", mixing.level_key("a"), voice_levels._LEVELS.dumps(heard), {})
    assert voice_levels._kept(shelf, "a") == heard
    assert change_payloads("levels", change) == 1
    assert voice_levels._kept(shelf, "a") is None


METAS: Mapping[str, Mapping[str, Any]] = {
    "no facts": {},
    "an unknown fact": {"frames": 10, "rate": 22050, "crc": 1, "colour": 2},
    "text for a number": {"frames": "many", "rate": "x", "crc": "y", "media_type": 3},
    "no rate": {"frames": 10, "rate": 0},
}


@pytest.mark.parametrize("meta", METAS.values(), ids=METAS)
def test_takes_and_prints_with_other_facts_are_made_again(built: Build, meta: Mapping[str, Any]) -> None:
    first, shelf = built(), Shelf()
    sound = first.files[0].read_bytes()
    first.files[0].unlink()
    for kind in ("takes", "prints"):
        for key in keys_of(kind, shelf):
            shelf.save(kind, key, shelf.require(kind, key)[1], meta)
    again = built()
    assert (again.report.recorded, again.report.pressed) == (first.report.recorded, first.report.pressed)
    assert again.files[0].read_bytes() == sound


def test_a_take_that_is_no_sound_leaves_the_shelf(built: Build) -> None:
    built()
    shelf = Shelf()
    key = keys_of("takes", shelf)[0]
    shelf.save("takes", key, b"odd", {"frames": 1, "rate": 22050})
    with pytest.raises(GoneError):
        synthesis.sound_of(shelf, key)
    assert synthesis.kept_take(shelf, key) is None


@pytest.mark.parametrize("meta", METAS.values(), ids=METAS)
def test_a_cover_with_other_facts_is_read_from_the_book_again(tmp_path: Path, meta: Mapping[str, Any]) -> None:
    cover = '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'
    book = Epub(pages={"a.xhtml": page(prose())}, manifest=cover, members={"OEBPS/c.png": PNG}).write(tmp_path)
    shelf, script = Shelf(), script_of(book)
    (key,) = keys_of("covers", shelf)
    shelf.save("covers", key, b"no picture", meta)
    assert cover_of(book, script, shelf) == Cover(data=PNG, media_type="image/png")
    assert shelf.require("covers", key) == ({"media_type": "image/png"}, PNG)


def full_order(story: Path, tmp_path: Path) -> Order:
    """An order with another value than the default in every field that says how a file is made."""
    return Order(
        book=story,
        output=tmp_path / "x.mp3",
        voices=tmp_path / "v.toml",
        engine="tone",
        chapters="2",
        per_chapter=True,
        allow_gaps=True,
        encoding=Encoding(bitrate=128, rate=44_100, channels=2),
        mastering=Mastering(loudness=-18.0, ceiling=-3.0, opening=700, closing=2_500, room=-75.0),
        tags=Tags(**{field.name: field.name for field in fields(Tags)} | {"cover": tmp_path / "c.png"}),  # type: ignore[arg-type]  # texts and a path
    )


def test_every_field_of_an_order_that_shapes_its_files_is_noted(story: Path, tmp_path: Path) -> None:
    order, shelf = full_order(story, tmp_path), Shelf()
    run = {"ledger", "listen", "jobs", "cache"}
    defaults = Order(book=tmp_path)
    changed = {f.name for f in fields(Order) if getattr(order, f.name) != getattr(defaults, f.name)}
    assert changed == {f.name for f in fields(Order)} - run, "a new field of Order needs a value in this test"
    note_order(replace(order, ledger=tmp_path / "l", listen=True, jobs=99), [tmp_path / "x.mp3"], shelf)
    assert noted_order(tmp_path / "x.mp3", shelf) == replace(order, cache=shelf.root)


def test_a_noted_order_means_the_same_in_another_folder(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    monkeypatch.chdir(tmp_path)
    note_order(Order(book=Path("ferry.txt"), tags=Tags(cover=Path("c.png"))), [tmp_path / "ferry.mp3"], shelf)
    monkeypatch.chdir("/")
    noted = noted_order(tmp_path / "ferry.mp3", shelf)
    assert noted is not None
    assert (noted.book, noted.output, noted.tags.cover) == (story, tmp_path / "ferry.mp3", tmp_path / "c.png")


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_noted_order_that_cannot_be_read_is_as_if_none_were_there(
    built: Build, story: Path, tmp_path: Path, change: Change
) -> None:
    file = tmp_path / "other" / "ferry.mp3"
    built(output=file)
    assert order_for(file).engine == "tone"
    change_payloads("editions", change)
    assert noted_order(file, Shelf()) is None
    with pytest.raises(UsageError, match="nothing says which book"):
        order_for(file)
    assert order_for(file, Wanted(book=story)).book == story


def test_the_note_of_an_earlier_version_is_as_if_none_were_there(story: Path) -> None:
    """Version 0.1 noted some of the fields, without a version."""
    file, shelf = story.with_suffix(".mp3"), Shelf()
    told = {"book": str(story), "output": str(file), "voices": None, "engine": "tone", "encoding": {"bitrate": 64}}
    shelf.save("editions", noted_requests._key(file), json.dumps(told).encode(), {})
    assert noted_order(file, shelf) is None
