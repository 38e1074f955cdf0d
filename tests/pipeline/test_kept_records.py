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
from audiobook.model.request import BuildRequest, Encoding, Mastering, Tags
from audiobook.pipeline import noted_requests, voice_levels
from audiobook.pipeline.noted_requests import note_request, noted_request
from audiobook.pipeline.scripts import cover_of
from audiobook.pipeline.voice_levels import Heard
from audiobook.runtime.cache import Cache, EntryGoneError, Kind
from audiobook.services import Wanted, request_for, script_of
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


def keys_of(kind: Kind, cache: Cache) -> list[str]:
    return sorted(path.name for path in (cache.root / "v2" / kind).glob("*/*"))


def change_payloads(kind: Kind, change: Change) -> int:
    """Rewrite all pieces of a kind, each with its right checksum; gives how many."""
    cache = Cache()
    for key in keys_of(kind, cache):
        meta, payload = cache.get_or_raise(kind, key)
        changed = change(json.loads(payload))
        cache.save(kind, key, changed if isinstance(changed, bytes) else json.dumps(changed).encode(), meta)
    return len(keys_of(kind, cache))


def payloads(kind: Kind) -> list[bytes]:
    return [Cache().get_or_raise(kind, key)[1] for key in keys_of(kind, Cache())]


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("kind", ["scripts", "phrases", "results"])
def test_a_build_makes_anew_what_it_cannot_read(built: Build, kind: Kind, change: Change) -> None:
    first = built()
    sound = first.files[0].read_bytes()
    kept = payloads(kind)
    assert change_payloads(kind, change) > 0
    again = built()
    assert payloads(kind) == kept or kind == "results"  # whose time is another
    assert again.files[0].read_bytes() == sound
    assert again.report.ledger == first.report.ledger
    assert again.marks == first.marks
    assert built().files[0].stat().st_mtime_ns == again.files[0].stat().st_mtime_ns  # and it is kept again


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_level_that_cannot_be_read_is_measured_again(change: Change) -> None:
    cache, heard = Cache(), Heard(mixing.Level(loudness=-20.5, peak=-3.0), 9.5)
    cache.save("levels", mixing.level_key("a"), voice_levels._LEVELS.dumps(heard), {})
    assert voice_levels._kept(cache, "a") == heard
    assert change_payloads("levels", change) == 1
    assert voice_levels._kept(cache, "a") is None


METAS: Mapping[str, Mapping[str, Any]] = {
    "no facts": {},
    "an unknown fact": {"frames": 10, "rate": 22050, "crc": 1, "colour": 2},
    "text for a number": {"frames": "many", "rate": "x", "crc": "y", "media_type": 3},
    "no rate": {"frames": 10, "rate": 0},
}


@pytest.mark.parametrize("meta", METAS.values(), ids=METAS)
def test_takes_and_encoded_segments_with_other_facts_are_made_again(built: Build, meta: Mapping[str, Any]) -> None:
    first, cache = built(), Cache()
    sound = first.files[0].read_bytes()
    first.files[0].unlink()
    for kind in ("takes", "segments"):
        for key in keys_of(kind, cache):
            cache.save(kind, key, cache.get_or_raise(kind, key)[1], meta)
    again = built()
    assert (again.report.recorded, again.report.encoded) == (first.report.recorded, first.report.encoded)
    assert again.files[0].read_bytes() == sound


def test_a_take_that_is_no_sound_leaves_the_cache(built: Build) -> None:
    built()
    cache = Cache()
    key = keys_of("takes", cache)[0]
    cache.save("takes", key, b"odd", {"frames": 1, "rate": 22050})
    with pytest.raises(EntryGoneError):
        synthesis.sound_of(cache, key)
    assert synthesis.kept_take(cache, key) is None


@pytest.mark.parametrize("meta", METAS.values(), ids=METAS)
def test_a_cover_with_other_facts_is_read_from_the_book_again(tmp_path: Path, meta: Mapping[str, Any]) -> None:
    cover = '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'
    book = Epub(pages={"a.xhtml": page(prose())}, manifest=cover, members={"OEBPS/c.png": PNG}).write(tmp_path)
    cache, script = Cache(), script_of(book)
    (key,) = keys_of("covers", cache)
    cache.save("covers", key, b"no picture", meta)
    assert cover_of(book, script, cache) == Cover(data=PNG, media_type="image/png")
    assert cache.get_or_raise("covers", key) == ({"media_type": "image/png"}, PNG)


def full_order(story: Path, tmp_path: Path) -> BuildRequest:
    """An order with another value than the default in every field that says how a file is made."""
    return BuildRequest(
        book=story,
        output=tmp_path / "x.mp3",
        voices=tmp_path / "v.toml",
        engine="tone",
        chapters="2",
        per_chapter=True,
        allow_gaps=True,
        effects=("warm",),
        encoding=Encoding(bitrate=128, rate=44_100, channels=2),
        mastering=Mastering(loudness=-18.0, ceiling=-3.0, opening=700, closing=2_500, room=-75.0),
        tags=Tags(**{field.name: field.name for field in fields(Tags)} | {"cover": tmp_path / "c.png"}),  # type: ignore[arg-type]  # texts and a path
    )


def test_every_field_of_an_order_that_shapes_its_files_is_noted(story: Path, tmp_path: Path) -> None:
    request, cache = full_order(story, tmp_path), Cache()
    run = {"ledger", "timeline", "listen", "jobs", "cache"}
    defaults = BuildRequest(book=tmp_path)
    changed = {f.name for f in fields(BuildRequest) if getattr(request, f.name) != getattr(defaults, f.name)}
    assert changed == {f.name for f in fields(BuildRequest)} - run, "a new field of Order needs a value in this test"
    note_request(replace(request, ledger=tmp_path / "l", listen=True, jobs=99), [tmp_path / "x.mp3"], cache)
    assert noted_request(tmp_path / "x.mp3", cache) == replace(request, cache=cache.root)


def test_a_noted_order_means_the_same_in_another_folder(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache()
    monkeypatch.chdir(tmp_path)
    note_request(BuildRequest(book=Path("ferry.txt"), tags=Tags(cover=Path("c.png"))), [tmp_path / "ferry.mp3"], cache)
    monkeypatch.chdir("/")
    noted = noted_request(tmp_path / "ferry.mp3", cache)
    assert noted is not None
    assert (noted.book, noted.output, noted.tags.cover) == (story, tmp_path / "ferry.mp3", tmp_path / "c.png")


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_noted_order_that_cannot_be_read_is_as_if_none_were_there(
    built: Build, story: Path, tmp_path: Path, change: Change
) -> None:
    file = tmp_path / "other" / "ferry.mp3"
    built(output=file)
    assert request_for(file).engine == "tone"
    change_payloads("results", change)
    assert noted_request(file, Cache()) is None
    with pytest.raises(UsageError, match="nothing says which book"):
        request_for(file)
    assert request_for(file, Wanted(book=story)).book == story


def test_the_note_of_an_earlier_version_is_as_if_none_were_there(story: Path) -> None:
    """Version 0.1 noted some of the fields, without a version."""
    file, cache = story.with_suffix(".mp3"), Cache()
    told = {"book": str(story), "output": str(file), "voices": None, "engine": "tone", "encoding": {"bitrate": 64}}
    cache.save("results", noted_requests._key(file), json.dumps(told).encode(), {})
    assert noted_request(file, cache) is None
