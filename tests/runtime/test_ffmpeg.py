"""The only starter of ffmpeg: which one it takes, and what it says when things go wrong."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobook.errors import DeliveryError, MissingToolError
from audiobook.runtime import ffmpeg

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    ffmpeg.find.cache_clear()
    monkeypatch.delenv(ffmpeg.VARIABLE, raising=False)
    yield monkeypatch
    ffmpeg.find.cache_clear()


def stand_in(folder: Path, script: str) -> Path:
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@posix
def test_a_system_ffmpeg_that_can_write_mp3_is_used(tmp_path: Path, fresh: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, f'exec "{ffmpeg.wheels_own()}" "$@"')
    fresh.setenv("PATH", str(tmp_path))
    assert ffmpeg.find() == program


@posix
@pytest.mark.parametrize("script", ["echo ' A..... aac'", "exit 1", "exec /nowhere/at/all"])
def test_one_that_cannot_is_passed_over_for_the_wheels(tmp_path: Path, script: str, fresh: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, script)
    fresh.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert ffmpeg.find() == ffmpeg.wheels_own()


def test_without_any_the_way_out_is_named(fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv("PATH", "")
    fresh.setattr(ffmpeg, "wheels_own", lambda: None)
    with pytest.raises(MissingToolError) as caught:
        ffmpeg.find()
    assert "pip install" in str(caught.value.hint)


@posix
def test_the_variable_names_another_ffmpeg(tmp_path: Path, fresh: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, f'exec "{ffmpeg.wheels_own()}" "$@"')
    fresh.setenv(ffmpeg.VARIABLE, str(program))
    assert ffmpeg.find() == program


@posix
@pytest.mark.parametrize(
    ("script", "said"), [(None, "not a program that can be started"), ("exit 1", "cannot write MP3")]
)
def test_a_variable_that_names_no_usable_ffmpeg_is_an_error_and_no_other_is_used(
    tmp_path: Path, script: str | None, said: str, fresh: pytest.MonkeyPatch
) -> None:
    program = stand_in(tmp_path, script) if script else tmp_path / "missing"
    fresh.setenv(ffmpeg.VARIABLE, str(program))
    with pytest.raises(MissingToolError, match=said) as caught:
        ffmpeg.find()
    assert str(program) in str(caught.value)
    assert ffmpeg.VARIABLE in str(caught.value.hint)


def test_all_samples_on_standard_input_arrive() -> None:
    pcm = bytes(range(256)) * 200
    assert ffmpeg.pipe([*ffmpeg.samples_in(22_050), "-f", "s16le", "pipe:1"], [pcm]) == pcm


@pytest.mark.parametrize("name", ["Dune: Messiah.wav", "-x.wav", "concat:a.wav", "100%.wav"])
def test_a_relative_path_is_a_file_whatever_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.name == "nt" and ":" in name:
        pytest.skip("Windows allows no colon in a name")
    monkeypatch.chdir(tmp_path)
    pcm = bytes(range(256)) * 20
    ffmpeg.pipe([*ffmpeg.samples_in(22_050), Path(name)], [pcm])
    assert (tmp_path / name).is_file()
    assert ffmpeg.run(["-i", Path(name), "-f", "s16le", "pipe:1"])[0] == pcm


def test_the_wheels_own_is_found_without_importing_its_package() -> None:
    code = (
        "import sys; from audiobook.runtime import ffmpeg; ffmpeg.wheels_own(); "
        "assert 'imageio_ffmpeg' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_failure_carries_ffmpegs_last_words() -> None:
    with pytest.raises(DeliveryError, match=r"No such file|no-such-file"):
        ffmpeg.run(["-i", "/no-such-file", "-f", "null", "-"])
    with pytest.raises(DeliveryError, match=r"[Ee]ncoder"):
        ffmpeg.pipe(["-f", "s16le", "-i", "pipe:0", "-c:a", "no_such_codec", "-f", "null", "-"], [bytes(100)] * 5000)


def test_large_input_and_large_output_do_not_wait_for_each_other() -> None:
    copied = ffmpeg.pipe(["-f", "s16le", "-ar", "8000", "-i", "pipe:0", "-f", "s16le", "pipe:1"], [bytes(50_000)] * 60)
    assert len(copied) == 3_000_000


def test_what_it_writes_needs_no_folder_for_temporary_files_which_may_be_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    pcm = bytes(2 * 22_050 * 60)
    source = ["-f", "s16le", "-ar", "22050", "-ac", "1", "-i", "pipe:0"]
    assert ffmpeg.pipe([*source, "-f", "s16le", "pipe:1"], [pcm]) == pcm


@posix
def test_one_that_dies_in_the_middle_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, "head -c 10 >/dev/null; echo 'out of paper' >&2; exit 3")
    monkeypatch.setattr(ffmpeg, "find", lambda: program)
    with pytest.raises(DeliveryError, match=r"\(3\): out of paper"):
        ffmpeg.pipe([], [bytes(100_000)] * 20)


@posix
def test_what_a_killed_one_was_at_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, f'mkdir "{tmp_path}/killed" 2>/dev/null && kill -9 $$; echo done')
    monkeypatch.setattr(ffmpeg, "find", lambda: program)
    assert ffmpeg.run([])[0] == b"done\n"
    (tmp_path / "killed").rmdir()
    assert ffmpeg.retried(lambda: ffmpeg.pipe([], [bytes(100_000)] * 20)) == b"done\n"


@posix
def test_one_that_is_killed_every_time_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = stand_in(tmp_path, f'echo x >>"{tmp_path}/starts"; echo gasp >&2; kill -9 $$')
    monkeypatch.setattr(ffmpeg, "find", lambda: program)
    with pytest.raises(DeliveryError, match="ended by SIGKILL: gasp"):
        ffmpeg.run([])
    assert (tmp_path / "starts").read_text() == "x\n" * ffmpeg.TRIES


@posix
@pytest.mark.parametrize("script", ["exec sleep 60", "cat >/dev/null; exec sleep 60"])
def test_one_that_hangs_is_stopped(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, script)
    monkeypatch.setattr(ffmpeg, "find", lambda: program)
    started = time.monotonic()
    with pytest.raises(DeliveryError, match="did not finish within"):
        ffmpeg.pipe([], [bytes(100_000)] * 20, timeout=0.5)
    with pytest.raises(DeliveryError, match="did not finish within"):
        ffmpeg.run([], timeout=0.5)
    assert time.monotonic() - started < 10


@posix
def test_a_killed_build_leaves_no_ffmpeg_behind(tmp_path: Path) -> None:
    code = textwrap.dedent("""
        import time
        from audiobook.runtime import ffmpeg
        def chunks():
            yield bytes(100_000)
            print("fed", flush=True)
            time.sleep(60)
        ffmpeg.pipe(["-f", "s16le", "-i", "pipe:0", "-metadata", "comment=MARKER", "-f", "null", "-"], chunks())
    """).replace("MARKER", tmp_path.name)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as build:
        assert build.stdout is not None
        assert build.stdout.readline() == b"fed\n"
        assert processes_with(tmp_path.name)
        build.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while processes_with(tmp_path.name) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not processes_with(tmp_path.name)


def processes_with(word: str) -> list[str]:
    """Running ffmpegs with this word among their arguments; a test on systems without /proc is skipped."""
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("no /proc to look for processes in")
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:
            continue
        if f"comment={word}".encode() in command.split(b"\0"):
            found.append(path.parent.name)
    return found


@posix
def test_an_error_while_feeding_stops_ffmpeg_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, "exec sleep 60")
    monkeypatch.setattr(ffmpeg, "find", lambda: program)

    def chunks() -> Iterator[bytes]:
        yield b"x"
        raise LookupError("gone")

    started = time.monotonic()
    with pytest.raises(LookupError, match="gone"):
        ffmpeg.pipe([], chunks())
    assert time.monotonic() - started < 5


def test_the_last_line_is_the_reason() -> None:
    assert ffmpeg.last_line("a\n b \n\n") == "b"
    assert ffmpeg.last_line("") == "it said nothing"


def test_a_fingerprint_is_short_and_stable() -> None:
    assert ffmpeg.fingerprint() == ffmpeg.fingerprint()
    assert len(ffmpeg.fingerprint()) < 120
