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
from audiobook.runtime.cache import VERSION, GoneError, Shelf
from audiobook.runtime.cache_record import Meta
from audiobook.runtime.user_folders import CACHE_VARIABLE
from tests.conftest import ROOT

KEY = "0123456789abcdef"
META: Meta = {"frames": 3, "rate": 22_050, "note": "ein Bärenjunges"}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


def drafts(shelf: Shelf) -> list[Path]:
    """What is half-written."""
    return [path for path in (shelf.root / VERSION / "drafts").glob("*/*") if path.name != "claim"]


def test_what_is_saved_is_found_again_with_its_facts(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"abcdef", META)
    assert path == shelf.path("takes", KEY)
    assert shelf.glance("takes", KEY) == META
    assert shelf.load("takes", KEY) == (META, b"abcdef")


def test_a_memoryview_of_samples_is_kept_by_its_bytes(shelf: Shelf) -> None:
    shelf.save("takes", KEY, memoryview(b"abcdef").cast("h"), META)
    assert shelf.load("takes", KEY) == (META, b"abcdef")


def test_facts_longer_than_a_glance_are_read_whole(shelf: Shelf) -> None:
    meta = {"note": "x" * 5_000}
    shelf.save("scripts", KEY, b"payload", meta)
    assert shelf.glance("scripts", KEY) == meta
    assert shelf.load("scripts", KEY) == (meta, b"payload")


def test_the_kinds_are_kept_apart(shelf: Shelf) -> None:
    shelf.save("takes", KEY, b"sound", {})
    assert shelf.load("prints", KEY) is None


def test_saving_again_replaces(shelf: Shelf) -> None:
    shelf.save("levels", KEY, b"old", {"n": 1})
    shelf.save("levels", KEY, b"new one", {"n": 2})
    assert shelf.load("levels", KEY) == ({"n": 2}, b"new one")


def test_nothing_is_created_by_looking(shelf: Shelf) -> None:
    assert shelf.load("takes", KEY) is None
    assert shelf.glance("takes", KEY) is None
    assert shelf.usage()["takes"].pieces == 0
    assert shelf.prune(everything=True) == 0
    assert not shelf.root.exists()


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "ABCDEF0123", "0123", "0123456789abcdeg", "a" * 129])
def test_a_key_that_is_no_hash_is_refused(shelf: Shelf, key: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        shelf.path("takes", key)


def test_an_unknown_kind_is_refused(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match="takes, prints, levels, scripts"):
        shelf.path("cakes", KEY)  # type: ignore[arg-type]  # that is what is refused


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "elsewhere"))
    assert Shelf().root == tmp_path / "elsewhere"


@settings(max_examples=40, deadline=None)
@given(data=st.data(), payload=st.binary(min_size=1, max_size=200))
def test_any_changed_byte_makes_a_miss(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, payload: bytes
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    path = shelf.save("takes", KEY, payload, META)
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert shelf.load("takes", KEY) is None


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_other_length_makes_a_miss(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    path = shelf.save("takes", KEY, b"some sound", META)
    content = path.read_bytes()
    cut = data.draw(st.one_of(st.integers(0, len(content) - 1).map(lambda n: content[:n]), st.just(content + b"x")))
    path.write_bytes(cut)
    assert shelf.glance("takes", KEY) is None
    assert shelf.load("takes", KEY) is None


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=2_000))
def test_anything_else_in_its_place_is_a_miss(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("shelf"))
    path = shelf.path("takes", KEY)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert shelf.glance("takes", KEY) is None
    assert shelf.load("takes", KEY) is None


def test_a_folder_in_its_place_is_a_miss(shelf: Shelf) -> None:
    shelf.path("takes", KEY).mkdir(parents=True)
    assert shelf.load("takes", KEY) is None


def test_another_version_is_another_folder(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"sound", {})
    other = Path(str(path).replace(f"{os.sep}{VERSION}{os.sep}", f"{os.sep}v0{os.sep}"))
    other.parent.mkdir(parents=True)
    path.rename(other)
    assert shelf.load("takes", KEY) is None


def test_a_draft_is_on_the_shelf_only_once_published(shelf: Shelf) -> None:
    draft = shelf.draft(b"sound", {"frames": 2})
    assert shelf.load("takes", KEY) is None
    shelf.publish("takes", KEY, draft)
    assert shelf.load("takes", KEY) == ({"frames": 2}, b"sound")
    assert not draft.exists()


def test_a_cache_deleted_meanwhile_is_made_again(shelf: Shelf) -> None:
    shelf.save("takes", KEY, b"sound", {})
    shutil.rmtree(shelf.root)
    shelf.save("takes", KEY, b"sound", {})
    assert shelf.load("takes", KEY) == ({}, b"sound")


def test_a_place_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        Shelf(tmp_path / "file").save("takes", KEY, b"sound", {})
    assert caught.value.where == str(tmp_path / "file")
    assert CACHE_VARIABLE in str(caught.value.hint)


def test_a_disk_that_takes_no_more_is_one_sentence_and_leaves_no_draft(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.save("takes", KEY, b"sound", {})
    resource = pytest.importorskip("resource", reason="Windows limits no file sizes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(DeliveryError, match="cannot be written"):
            shelf.save("takes", "f" * 16, bytes(5_000), {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert shelf.glance("takes", "f" * 16) is None
    assert drafts(shelf) == []


def test_usage_counts_pieces_and_bytes_by_kind(shelf: Shelf) -> None:
    first = shelf.save("takes", "a" * 16, b"12345", {})
    second = shelf.save("takes", "b" * 16, b"1234567890", {})
    shelf.save("prints", "c" * 16, b"1", {})
    usage = shelf.usage()
    assert usage["takes"].pieces == 2
    assert usage["takes"].size == first.stat().st_size + second.stat().st_size
    assert usage["prints"].pieces == 1
    assert usage["levels"].size == 0


def test_pruning_by_size_removes_the_least_recently_used_first(shelf: Shelf) -> None:
    now = time.time()
    paths = [shelf.save("takes", f"{n:016x}", bytes(1_000), {}) for n in range(4)]
    for age, path in zip((5, 40, 20, 30), paths, strict=True):
        os.utime(path, (now - age * 86_400,) * 2)
    size = paths[0].stat().st_size
    assert shelf.prune(to_size=2 * size) == 2 * size
    assert [path.exists() for path in paths] == [True, False, True, False]


def test_pruning_by_age_keeps_what_was_used_since(shelf: Shelf) -> None:
    paths = [shelf.save("takes", f"{n:016x}", b"x", {}) for n in range(2)]
    for path in paths:
        os.utime(path, (time.time() - 40 * 86_400,) * 2)
    assert shelf.load("takes", f"{0:016x}") is not None
    shelf.prune(older_than=30)
    assert [path.exists() for path in paths] == [True, False]


def test_pruning_by_age_spares_what_was_used_today_as_a_build_may_be_at_it(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"x", {})
    os.utime(path, (time.time() - 20 * 3_600,) * 2)
    assert shelf.prune(older_than=0) == 0
    assert path.exists()


def test_a_date_in_the_future_is_put_right_at_the_next_use(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"x", {})
    os.utime(path, (time.time() + 9e8,) * 2)
    shelf.glance("takes", KEY)
    assert path.stat().st_mtime == pytest.approx(time.time(), abs=60)


@pytest.mark.parametrize("content", [b"[1, 2]", b"not json", b"null"])
def test_facts_that_are_no_facts_are_a_miss(shelf: Shelf, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook.runtime.cache_record.json.dumps", lambda *_, **__: content.decode())
    shelf.save("takes", KEY, b"sound", {})
    monkeypatch.undo()
    assert shelf.glance("takes", KEY) is None


def test_what_is_damaged_is_removed_when_it_is_read_so_that_a_glance_cannot_take_it_for_whole(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"sound", {})
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert shelf.glance("takes", KEY) is not None
    with pytest.raises(GoneError):
        shelf.require("takes", KEY)
    assert shelf.glance("takes", KEY) is None


def test_what_the_disk_cannot_read_any_more_counts_as_missing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    path = shelf.save("takes", KEY, bytes(5_000), {})

    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, "input/output error")

    monkeypatch.setattr(cache_record, "_read_exactly", broken)
    assert shelf.load("takes", KEY) is None
    assert not path.exists()


def test_a_draft_that_is_gone_is_said_to_be(shelf: Shelf) -> None:
    draft = shelf.draft(b"sound", {})
    draft.unlink()
    with pytest.raises(GoneError):
        shelf.publish("takes", KEY, draft)


def test_a_cache_that_one_may_not_look_into_is_said_so(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    for look in (shelf.usage, shelf.prune):
        with pytest.raises(DeliveryError, match="cannot be read: permission denied"):
            look()
    assert shelf.sweep() == 0  # which is no reason for a build to fail


def test_where_nothing_can_be_removed_pruning_says_so(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    shelf.save("takes", KEY, b"x", {})
    shelf.clear_desk()
    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(DeliveryError, match="cannot be written: read-only"):
        shelf.prune(everything=True)


def test_pruning_clears_away_the_claims_of_killed_builds(shelf: Shelf) -> None:
    with shelf.turn(KEY, pytest.fail):
        (shelf.root / VERSION / "turns" / "abandoned").touch()
        shelf.prune()
        assert [path.name for path in (shelf.root / VERSION / "turns").iterdir()] == [KEY]


def test_a_home_that_nobody_has_is_a_folders_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, "~nobody-of-that-name/cache")
    assert Shelf().root == Path.cwd() / "~nobody-of-that-name" / "cache"


def test_pruning_everything_leaves_nothing(shelf: Shelf) -> None:
    shelf.save("takes", KEY, b"x", {})
    assert shelf.prune(everything=True) > 0
    shelf.clear_desk()
    assert not [path for path in shelf.root.rglob("*") if path.is_file()]


def test_pruning_everything_leaves_alone_what_is_being_written(shelf: Shelf) -> None:
    draft = shelf.draft(b"half-way", {})
    Shelf(shelf.root).prune(everything=True)
    shelf.publish("takes", KEY, draft)
    assert shelf.load("takes", KEY) == ({}, b"half-way")


def _drafted_and_killed(root: Path) -> None:
    shelf = Shelf(root)
    shelf.draft(b"half-way", {})
    os.kill(os.getpid(), signal.SIGKILL)


def test_drafts_of_killed_processes_are_swept_at_once_and_those_of_living_ones_never(shelf: Shelf) -> None:
    killed = multiprocessing.get_context("spawn").Process(target=_drafted_and_killed, args=(shelf.root,))
    killed.start()
    killed.join(30)
    mine = shelf.draft(b"new", {})
    os.utime(mine.parent, (0, 0))  # however old
    assert len(drafts(shelf)) == 2
    assert Shelf(shelf.root).sweep() == len(mine.read_bytes()) + len(b"half-way") - len(b"new")
    assert drafts(shelf) == [mine]


def test_where_there_are_no_locks_a_day_decides_what_is_swept(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(locks, "_lock", refuse)
    young = shelf.draft(b"young", {})
    assert Shelf(shelf.root).sweep() == 0
    os.utime(young.parent, (0, 0))
    assert Shelf(shelf.root).sweep() > 0
    assert drafts(shelf) == []


def _save_often(root: Path, seed: int) -> None:
    shelf = Shelf(root)
    for turn in range(60):
        payload = bytes([seed]) * (1_000 + 100 * seed)
        shelf.save("takes", f"{turn % 5:016x}", payload, {"seed": seed, "size": len(payload)})


def test_builds_sharing_a_shelf_never_see_half_a_piece(shelf: Shelf) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_save_often, args=(shelf.root, seed)) for seed in (1, 2)]
    for writer in writers:
        writer.start()
    torn: list[object] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for turn in range(5):
                path = shelf.path("takes", f"{turn:016x}")
                found = shelf.load("takes", f"{turn:016x}")
                if found is None and path.exists() and shelf.load("takes", f"{turn:016x}") is None:
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
    assert shelf.usage()["takes"].pieces == 5


def test_a_piece_read_again_within_the_hour_costs_no_write(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"x", {})
    before = time.time() - 3_000
    os.utime(path, (before, before))
    shelf.glance("takes", KEY)
    assert path.stat().st_mtime == pytest.approx(before)


def test_the_head_is_small_enough_for_a_glance(shelf: Shelf) -> None:
    path = shelf.save("takes", KEY, b"", {"frames": 10**9, "rate": 192_000})
    assert path.stat().st_size < 512
    assert json.loads(path.read_bytes()[28:]) == {"frames": 10**9, "rate": 192_000}


def test_a_piece_is_the_same_whichever_library_sums_it_up(shelf: Shelf) -> None:
    shelf.save("takes", KEY, b"a sound", {"frames": 3})
    program = (
        "import sys\n"
        "sys.modules['zlib_ng.zlib_ng'] = None\n"  # as where there is no wheel of it
        "from pathlib import Path\n"
        "from audiobook.runtime import cache_record as pieces; from audiobook.runtime import cache as shelf\n"
        "assert pieces.crc32.__module__ == 'zlib'\n"
        f"assert shelf.Shelf(Path(sys.argv[1])).load('takes', {KEY!r})[1] == b'a sound'\n"
    )
    subprocess.run([sys.executable, "-c", program, shelf.root], check=True, cwd=ROOT, timeout=60)
