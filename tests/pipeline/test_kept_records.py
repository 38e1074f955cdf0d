"""What is kept in the cache by another version, or was damaged and still has its checksum, counts as missing."""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from audiobook import mixing, synthesis
from audiobook.errors import UsageError
from audiobook.model.book import Cover
from audiobook.model.plan import REQUESTS
from audiobook.model.reading import ReadingOptions
from audiobook.model.request import BuildRequest, Encoding, Mastering, Tags
from audiobook.pipeline import voice_levels
from audiobook.pipeline.plans import absolute_request, kept_plan, noted_request
from audiobook.pipeline.scripts import find_cover
from audiobook.pipeline.voice_levels import Heard
from audiobook.runtime.cache import Cache, EntryGoneError, Kind
from audiobook.services import Wanted, load_script, request_for
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
    assert voice_levels._load_cached(cache, "a") == heard
    assert change_payloads("levels", change) == 1
    assert voice_levels._load_cached(cache, "a") is None


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
        synthesis.load_sound(cache, key)
    assert synthesis.find_take(cache, key) is None


@pytest.mark.parametrize("meta", METAS.values(), ids=METAS)
def test_a_cover_with_other_facts_is_read_from_the_book_again(tmp_path: Path, meta: Mapping[str, Any]) -> None:
    cover = '<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>'
    book = Epub(pages={"a.xhtml": page(prose())}, manifest=cover, members={"OEBPS/c.png": PNG}).write(tmp_path)
    cache, script = Cache(), load_script(book)
    (key,) = keys_of("covers", cache)
    cache.save("covers", key, b"no picture", meta)
    assert find_cover(book, script, cache) == Cover(data=PNG, media_type="image/png")
    assert cache.get_or_raise("covers", key) == ({"media_type": "image/png"}, PNG)


def full_request(story: Path, tmp_path: Path) -> BuildRequest:
    """A request whose value differs from the default in every field that determines the file."""
    return BuildRequest(
        book=story,
        output=tmp_path / "x.mp3",
        voices=tmp_path / "v.toml",
        engine="tone",
        chapters="2",
        per_chapter=True,
        allow_gaps=True,
        effects=("warm",),
        reading=ReadingOptions(language="de"),
        encoding=Encoding(bitrate=128, sample_rate=44_100, channels=2),
        mastering=Mastering(loudness=-18.0, ceiling=-3.0, opening=700, closing=2_500, room=-75.0),
        tags=Tags(**{field.name: field.name for field in fields(Tags)} | {"cover": tmp_path / "c.png"}),  # type: ignore[arg-type]  # texts and a path
    )


def test_every_field_of_a_request_that_shapes_its_files_is_kept_with_the_plan(story: Path, tmp_path: Path) -> None:
    request = full_request(story, tmp_path)
    run = {"also", "ledger", "timeline", "listen", "jobs", "cache"}
    defaults = BuildRequest(book=tmp_path)
    changed = {f.name for f in fields(BuildRequest) if getattr(request, f.name) != getattr(defaults, f.name)}
    assert changed == {f.name for f in fields(BuildRequest)} - run, "a new field needs a value in this test"
    written = REQUESTS.dumps(absolute_request(replace(request, ledger=tmp_path / "l", listen=True, jobs=99)))
    assert REQUESTS.loads(written) == request


def test_a_kept_request_means_the_same_in_another_folder(
    built: Build, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "c.png").write_bytes(PNG)
    monkeypatch.chdir(tmp_path)
    built(book=Path("ferry.txt"), tags=Tags(cover=Path("c.png")))
    monkeypatch.chdir("/")
    noted = noted_request(tmp_path / "ferry.mp3", Cache())
    assert noted is not None
    assert (noted.book, noted.output, noted.tags.cover) == (story, tmp_path / "ferry.mp3", tmp_path / "c.png")


def test_each_file_of_a_book_in_chapters_is_known_and_no_other_in_its_folder(built: Build, tmp_path: Path) -> None:
    files = built(output=tmp_path / "ferry", per_chapter=True).files
    assert len(files) > 2
    assert all(noted_request(file, Cache()) == noted_request(files[0], Cache()) is not None for file in files)
    assert noted_request(tmp_path / "ferry" / "other.mp3", Cache()) is None


def change_plan_heads(change: Change) -> None:
    """Rewrite the head of every kept plan, with its right checksum."""
    for key in keys_of("plans", Cache()):
        meta, payload = Cache().get_or_raise("plans", key)
        kept, head, *rest = zlib.decompress(payload).split(b"\n")
        changed = change(json.loads(head + b"]}"))
        line = changed if isinstance(changed, bytes) else json.dumps(changed).encode()[:-2]
        Cache().save("plans", key, zlib.compress(b"\n".join((kept, line, *rest))), meta)


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_a_kept_plan_that_cannot_be_read_is_as_if_none_were_there(
    built: Build, story: Path, tmp_path: Path, change: Change
) -> None:
    file = tmp_path / "other" / "ferry.mp3"
    built(output=file)
    assert request_for(file).engine == "tone"
    change_plan_heads(change)
    assert kept_plan(file, Cache()) is None
    assert noted_request(file, Cache()) is None
    with pytest.raises(UsageError, match="nothing says which book"):
        request_for(file)
    assert request_for(file, Wanted(book=story)).book == story


@pytest.mark.parametrize("payload", [b"", b"{}", b"\x78\x9c", zlib.compress(b"{}"), zlib.compress(b"\xff\n{}")])
def test_a_kept_plan_of_other_bytes_is_as_if_none_were_there(built: Build, payload: bytes) -> None:
    file = built().files[0]
    for key in keys_of("plans", Cache()):
        Cache().save("plans", key, payload, {})
    assert kept_plan(file, Cache()) is None
    assert noted_request(file, Cache()) is None


def test_a_kept_plan_that_lost_its_end_is_a_miss_and_its_request_still_known(built: Build) -> None:
    file = built().files[0]
    (key,) = keys_of("plans", Cache())
    lines = zlib.decompress(Cache().get_or_raise("plans", key)[1]).split(b"\n")
    Cache().save("plans", key, zlib.compress(b"\n".join(lines[:-2])), {})
    assert kept_plan(file, Cache()) is None
    assert noted_request(file, Cache()) is not None
