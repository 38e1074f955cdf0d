import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import DeliveryError
from audiobook.runtime import cache_record, locks
from audiobook.runtime.cache import VERSION, Cache, EntryGoneError
from audiobook.runtime.cache_record import Meta
from audiobook.runtime.user_folders import CACHE_VARIABLE
from tests.conftest import ROOT

KEY = "0123456789abcdef"
META: Meta = {"frames": 3, "rate": 22_050, "note": "ein Bärenjunges"}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "shelf")


def drafts(cache: Cache) -> list[Path]:
    """What is half-written."""
    return [path for path in (cache.root / VERSION / "drafts").glob("*/*") if path.name != "lock"]


def test_what_is_saved_is_found_again_with_its_facts(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"abcdef", META)
    assert path == cache.path("takes", KEY)
    assert cache.peek("takes", KEY) == META
    assert cache.load("takes", KEY) == (META, b"abcdef")


def test_a_memoryview_of_samples_is_kept_by_its_bytes(cache: Cache) -> None:
    cache.save("takes", KEY, memoryview(b"abcdef").cast("h"), META)
    assert cache.load("takes", KEY) == (META, b"abcdef")


def test_facts_longer_than_a_glance_are_read_whole(cache: Cache) -> None:
    meta = {"note": "x" * 5_000}
    cache.save("scripts", KEY, b"payload", meta)
    assert cache.peek("scripts", KEY) == meta
    assert cache.load("scripts", KEY) == (meta, b"payload")


def test_the_kinds_are_kept_apart(cache: Cache) -> None:
    cache.save("takes", KEY, b"sound", {})
    assert cache.load("segments", KEY) is None


def test_saving_again_replaces(cache: Cache) -> None:
    cache.save("levels", KEY, b"old", {"n": 1})
    cache.save("levels", KEY, b"new one", {"n": 2})
    assert cache.load("levels", KEY) == ({"n": 2}, b"new one")


def test_nothing_is_created_by_looking(cache: Cache) -> None:
    assert cache.load("takes", KEY) is None
    assert cache.peek("takes", KEY) is None
    assert cache.usage()["takes"].entries == 0
    assert cache.prune(everything=True) == 0
    assert not cache.root.exists()


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "ABCDEF0123", "0123", "0123456789abcdeg", "a" * 129])
def test_a_key_that_is_no_hash_is_refused(cache: Cache, key: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        cache.path("takes", key)


def test_an_unknown_kind_is_refused(cache: Cache) -> None:
    with pytest.raises(ValueError, match="takes, segments, levels, scripts"):
        cache.path("cakes", KEY)  # type: ignore[arg-type]  # that is what is refused


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "elsewhere"))
    assert Cache().root == tmp_path / "elsewhere"


@settings(max_examples=40, deadline=None)
@given(data=st.data(), payload=st.binary(min_size=1, max_size=200))
def test_any_changed_byte_makes_a_miss(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, payload: bytes
) -> None:
    cache = Cache(tmp_path_factory.mktemp("shelf"))
    path = cache.save("takes", KEY, payload, META)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert cache.load("takes", KEY) is None


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_other_length_makes_a_miss(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    cache = Cache(tmp_path_factory.mktemp("shelf"))
    path = cache.save("takes", KEY, b"some sound", META)
    content = path.read_bytes()
    cut = data.draw(st.one_of(st.integers(0, len(content) - 1).map(lambda n: content[:n]), st.just(content + b"x")))
    path.write_bytes(cut)
    assert cache.peek("takes", KEY) is None
    assert cache.load("takes", KEY) is None


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=2_000))
def test_anything_else_in_its_place_is_a_miss(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    cache = Cache(tmp_path_factory.mktemp("shelf"))
    path = cache.path("takes", KEY)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert cache.peek("takes", KEY) is None
    assert cache.load("takes", KEY) is None


def test_a_folder_in_its_place_is_a_miss(cache: Cache) -> None:
    cache.path("takes", KEY).mkdir(parents=True)
    assert cache.load("takes", KEY) is None


def test_another_version_is_another_folder(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"sound", {})
    other = Path(str(path).replace(f"{os.sep}{VERSION}{os.sep}", f"{os.sep}v0{os.sep}"))
    other.parent.mkdir(parents=True)
    path.rename(other)
    assert cache.load("takes", KEY) is None


def test_a_draft_is_in_the_cache_only_once_published(cache: Cache) -> None:
    draft = cache.draft(b"sound", {"frames": 2})
    assert cache.load("takes", KEY) is None
    cache.publish("takes", KEY, draft)
    assert cache.load("takes", KEY) == ({"frames": 2}, b"sound")
    assert not draft.exists()


def test_a_cache_deleted_meanwhile_is_made_again(cache: Cache) -> None:
    cache.save("takes", KEY, b"sound", {})
    shutil.rmtree(cache.root)
    cache.save("takes", KEY, b"sound", {})
    assert cache.load("takes", KEY) == ({}, b"sound")


def test_a_place_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        Cache(tmp_path / "file").save("takes", KEY, b"sound", {})
    assert caught.value.where == str(tmp_path / "file")
    assert CACHE_VARIABLE in str(caught.value.hint)


def test_a_disk_that_takes_no_more_is_one_sentence_and_leaves_no_draft(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.save("takes", KEY, b"sound", {})
    resource = pytest.importorskip("resource", reason="Windows limits no file sizes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(DeliveryError, match="cannot be written"):
            cache.save("takes", "f" * 16, bytes(5_000), {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert cache.peek("takes", "f" * 16) is None
    assert drafts(cache) == []


def test_usage_counts_pieces_and_bytes_by_kind(cache: Cache) -> None:
    first = cache.save("takes", "a" * 16, b"12345", {})
    second = cache.save("takes", "b" * 16, b"1234567890", {})
    cache.save("segments", "c" * 16, b"1", {})
    usage = cache.usage()
    assert usage["takes"].entries == 2
    assert usage["takes"].size == first.stat().st_size + second.stat().st_size
    assert usage["segments"].entries == 1
    assert usage["levels"].size == 0


def test_pruning_by_size_removes_the_least_recently_used_first(cache: Cache) -> None:
    now = time.time()
    paths = [cache.save("takes", f"{n:016x}", bytes(1_000), {}) for n in range(4)]
    for age, path in zip((5, 40, 20, 30), paths, strict=True):
        os.utime(path, (now - age * 86_400,) * 2)
    size = paths[0].stat().st_size
    assert cache.prune(to_size=2 * size) == 2 * size
    assert [path.exists() for path in paths] == [True, False, True, False]


def test_pruning_by_age_keeps_what_was_used_since(cache: Cache) -> None:
    paths = [cache.save("takes", f"{n:016x}", b"x", {}) for n in range(2)]
    for path in paths:
        os.utime(path, (time.time() - 40 * 86_400,) * 2)
    assert cache.load("takes", f"{0:016x}") is not None
    cache.prune(older_than=30)
    assert [path.exists() for path in paths] == [True, False]


def test_pruning_by_age_spares_what_was_used_today_as_a_build_may_be_at_it(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"x", {})
    os.utime(path, (time.time() - 20 * 3_600,) * 2)
    assert cache.prune(older_than=0) == 0
    assert path.exists()


def test_a_date_in_the_future_is_put_right_at_the_next_use(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"x", {})
    os.utime(path, (time.time() + 9e8,) * 2)
    cache.peek("takes", KEY)
    assert path.stat().st_mtime == pytest.approx(time.time(), abs=60)


@pytest.mark.parametrize("content", [b"[1, 2]", b"not json", b"null"])
def test_facts_that_are_no_facts_are_a_miss(cache: Cache, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook.runtime.cache_record.json.dumps", lambda *_, **__: content.decode())
    cache.save("takes", KEY, b"sound", {})
    monkeypatch.undo()
    assert cache.peek("takes", KEY) is None


def test_what_is_damaged_is_removed_when_it_is_read_so_that_a_glance_cannot_take_it_for_whole(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"sound", {})
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert cache.peek("takes", KEY) is not None
    with pytest.raises(EntryGoneError):
        cache.get_or_raise("takes", KEY)
    assert cache.peek("takes", KEY) is None


def test_what_the_disk_cannot_read_any_more_counts_as_missing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    path = cache.save("takes", KEY, bytes(5_000), {})

    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(cache_record, "_read_exactly", broken)
    assert cache.load("takes", KEY) is None
    assert not path.exists()


def test_a_draft_that_is_gone_is_said_to_be(cache: Cache) -> None:
    draft = cache.draft(b"sound", {})
    draft.unlink()
    with pytest.raises(EntryGoneError):
        cache.publish("takes", KEY, draft)


def test_a_cache_that_one_may_not_look_into_is_said_so(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    for look in (cache.usage, cache.prune):
        with pytest.raises(DeliveryError, match="cannot be read: permission denied"):
            look()
    assert cache.sweep() == 0  # which is no reason for a build to fail


def test_where_nothing_can_be_removed_pruning_says_so(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    cache.save("takes", KEY, b"x", {})
    cache.close_workspace()
    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(DeliveryError, match="cannot be written: read-only"):
        cache.prune(everything=True)


def test_pruning_clears_away_the_claims_of_killed_builds(cache: Cache) -> None:
    with cache.exclusive(KEY, pytest.fail):
        (cache.root / VERSION / "locks" / "abandoned").touch()
        cache.prune()
        assert [path.name for path in (cache.root / VERSION / "locks").iterdir()] == [KEY]


def test_a_home_that_nobody_has_is_a_folders_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, "~nobody-of-that-name/cache")
    assert Cache().root == Path.cwd() / "~nobody-of-that-name" / "cache"


def test_pruning_everything_leaves_nothing(cache: Cache) -> None:
    cache.save("takes", KEY, b"x", {})
    assert cache.prune(everything=True) > 0
    cache.close_workspace()
    assert not [path for path in cache.root.rglob("*") if path.is_file()]


def test_pruning_everything_leaves_alone_what_is_being_written(cache: Cache) -> None:
    draft = cache.draft(b"half-way", {})
    Cache(cache.root).prune(everything=True)
    cache.publish("takes", KEY, draft)
    assert cache.load("takes", KEY) == ({}, b"half-way")


def _drafted_and_killed(root: Path) -> None:
    cache = Cache(root)
    cache.draft(b"half-way", {})
    os.kill(os.getpid(), signal.SIGKILL)


def test_drafts_of_killed_processes_are_swept_at_once_and_those_of_living_ones_never(cache: Cache) -> None:
    killed = multiprocessing.get_context("spawn").Process(target=_drafted_and_killed, args=(cache.root,))
    killed.start()
    killed.join(30)
    mine = cache.draft(b"new", {})
    os.utime(mine.parent, (0, 0))  # however old
    assert len(drafts(cache)) == 2
    assert Cache(cache.root).sweep() == len(mine.read_bytes()) + len(b"half-way") - len(b"new")
    assert drafts(cache) == [mine]


def test_where_there_are_no_locks_a_day_decides_what_is_swept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(locks, "_lock", refuse)
    young = cache.draft(b"young", {})
    assert Cache(cache.root).sweep() == 0
    os.utime(young.parent, (0, 0))
    assert Cache(cache.root).sweep() > 0
    assert drafts(cache) == []


def _save_often(root: Path, seed: int) -> None:
    cache = Cache(root)
    for exclusive in range(60):
        payload = bytes([seed]) * (1_000 + 100 * seed)
        cache.save("takes", f"{exclusive % 5:016x}", payload, {"seed": seed, "size": len(payload)})


def test_builds_sharing_a_cache_never_see_half_a_piece(cache: Cache) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_save_often, args=(cache.root, seed)) for seed in (1, 2)]
    for writer in writers:
        writer.start()
    torn: list[object] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for exclusive in range(5):
                path = cache.path("takes", f"{exclusive:016x}")
                found = cache.load("takes", f"{exclusive:016x}")
                if found is None and path.exists() and cache.load("takes", f"{exclusive:016x}") is None:
                    torn.append(path)
                elif found is not None and (len(found[1]) != found[0]["size"] or {*found[1]} != {found[0]["seed"]}):
                    torn.append(found[0])

    reader = threading.Thread(target=read)
    reader.start()
    for writer in writers:
        writer.join(30)
    over.set()
    reader.join()
    assert not torn
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert cache.usage()["takes"].entries == 5


def test_a_piece_read_again_within_the_hour_costs_no_write(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"x", {})
    before = time.time() - 3_000
    os.utime(path, (before, before))
    cache.peek("takes", KEY)
    assert path.stat().st_mtime == pytest.approx(before)


def test_the_head_is_small_enough_for_a_glance(cache: Cache) -> None:
    path = cache.save("takes", KEY, b"", {"frames": 10**9, "rate": 192_000})
    assert path.stat().st_size < 512
    assert json.loads(path.read_bytes()[28:]) == {"frames": 10**9, "rate": 192_000}


def test_a_piece_is_the_same_whichever_library_sums_it_up(cache: Cache) -> None:
    cache.save("takes", KEY, b"a sound", {"frames": 3})
    program = (
        "import sys\n"
        "sys.modules['zlib_ng.zlib_ng'] = None\n"  # as where there is no wheel of it
        "from pathlib import Path\n"
        "from audiobook.runtime import cache, cache_record\n"
        "assert cache_record.crc32.__module__ == 'zlib'\n"
        f"assert cache.Cache(Path(sys.argv[1])).load('takes', {KEY!r})[1] == b'a sound'\n"
    )
    subprocess.run([sys.executable, "-c", program, cache.root], check=True, cwd=ROOT, timeout=60)
