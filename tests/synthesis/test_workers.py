import math
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from audiobook import readers
from audiobook.errors import BookError, EngineError
from audiobook.synthesis import Workers, worker_process
from audiobook.synthesis.worker_pool import WorkerLostError, pack_prepare_call
from tests.conftest import ROOT
from tests.fake_engines import misbehaving

SHORT_TIMEOUT = 0.4  # seconds


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One pool for many tests: what one of them does to a worker must not be noticed by the next."""
    with Workers(2) as pool:
        yield pool


def sleep_and_tell(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def test_a_call_runs_in_another_process(workers: Workers) -> None:
    assert workers.submit(math.factorial, 5).result(20) == 120
    assert workers.submit(os.getpid).result(20) != os.getpid()


def test_map_keeps_the_order(workers: Workers) -> None:
    assert list(workers.map(math.factorial, range(60))) == [math.factorial(n) for n in range(60)]


def test_both_workers_are_used(workers: Workers) -> None:
    processes = {future.result(20) for future in [workers.submit(sleep_and_tell, 0.05) for _ in range(8)]}
    assert len(processes) == 2


def test_an_exception_keeps_its_type_and_arguments(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError, match="by zero"):
        workers.submit(divmod, 1, 0).result(20)


def test_an_exception_that_cannot_be_pickled_becomes_a_runtime_error(workers: Workers) -> None:
    with pytest.raises(RuntimeError, match="UnpicklableError: a strange failure"):
        workers.submit(misbehaving.speak, misbehaving.cue("fails strangely")).result(20)


class LayeredError(Exception):
    """An error that says nothing itself and has its reason as its cause."""


def fail_below(depth: int) -> None:
    try:
        dict[str, str]()[f"nothing at depth {depth}"]
    except KeyError as error:
        raise LayeredError from error


class FrozenError(Exception):
    """An error whose attributes cannot be set."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)


def fail_frozen() -> None:
    raise FrozenError("cold")


@pytest.mark.parametrize(
    ("call", "arguments", "raised", "shown"),
    [
        (fail_below, (3,), LayeredError, ["in fail_below", "KeyError: 'nothing at depth 3'", "LayeredError"]),
        (fail_frozen, (), FrozenError, ["in fail_frozen", "FrozenError"]),
        (misbehaving.speak, (misbehaving.cue("fails strangely"),), RuntimeError, ["in speak", "UnpicklableError"]),
        (misbehaving.speak, (misbehaving.cue("exits"),), RuntimeError, ["in speak", "SystemExit"]),
        (readers.read_book, (Path("no such book.txt"),), BookError, ["in check_readable", "there is no such file"]),
    ],
)
def test_an_error_shows_the_traceback_of_the_worker(
    workers: Workers,
    call: Callable[..., object],
    arguments: tuple[object, ...],
    raised: type[Exception],
    shown: list[str],
) -> None:
    with pytest.raises(raised) as caught:
        workers.submit(call, *arguments).result(20)
    story = "".join(traceback.format_exception(caught.value))
    assert [words for words in shown if words not in story] == []


def fail_in_a_worker_of_a_worker() -> None:
    with Workers(1) as inner:
        inner.submit(fail_below, 7).result(20)


def test_a_traceback_survives_a_second_process() -> None:
    with Workers(1) as outer, pytest.raises(LayeredError) as caught:
        outer.submit(fail_in_a_worker_of_a_worker).result(20)
    assert "nothing at depth 7" in "".join(traceback.format_exception(caught.value))


def test_sys_exit_in_an_engine_ends_neither_worker_nor_parent(workers: Workers) -> None:
    with pytest.raises(RuntimeError, match="SystemExit: I have had enough"):
        workers.submit(misbehaving.speak, misbehaving.cue("exits")).result(20)


def test_printing_in_a_worker_has_no_effect(workers: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        assert workers.submit(misbehaving.speak, misbehaving.cue("prints")).result(20).samples > 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("leaves", "ended with exit code 3"),
        ("crashes", "SIGSEGV|exit code"),
        ("dies with words", "exit code 1 .*out of phonemes"),
    ],
)
def test_a_dying_worker_is_an_error_of_its_call_only(workers: Workers, way: str, words: str) -> None:
    bad = workers.submit(misbehaving.speak, misbehaving.cue(way))
    others = [workers.submit(math.factorial, n) for n in range(20)]
    assert [other.result(20) for other in others] == [math.factorial(n) for n in range(20)]
    with pytest.raises(WorkerLostError, match=words):
        bad.result(20)


@pytest.mark.parametrize("way", ["hangs", "spins", "holds everything up"])
def test_a_hanging_worker_is_killed_and_replaced(way: str) -> None:
    with Workers(1, timeout=lambda *_: SHORT_TIMEOUT) as workers:
        workers.submit(os.getpid).result(20)
        began = time.monotonic()
        bad = workers.submit(misbehaving.speak, misbehaving.cue(way))
        after = [workers.submit(math.factorial, n) for n in range(5)]
        with pytest.raises(EngineError, match="no answer in time"):
            bad.result(20)
        assert time.monotonic() - began < SHORT_TIMEOUT + 5
        assert [call.result(20) for call in after] == [1, 1, 2, 6, 24]


def test_a_call_may_be_retried_by_another_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(misbehaving.MARKS, str(tmp_path))
    with Workers(1, tries=2) as workers:
        once = workers.submit(misbehaving.speak, misbehaving.cue("leaves once"))
        always = workers.submit(misbehaving.speak, misbehaving.cue("leaves"))
        assert once.result(20).samples
        with pytest.raises(WorkerLostError, match="exit code 3"):
            always.result(20)
        assert workers.submit(math.factorial, 3).result(20) == 6


def test_the_time_limit_begins_when_the_call_begins() -> None:
    with Workers(1, timeout=lambda *_: 1.0) as workers:
        calls = [workers.submit(sleep_and_tell, 0.3) for _ in range(6)]
        assert len({call.result(20) for call in calls}) == 1


_STOPPED = """
import time
from audiobook.synthesis import Workers; from audiobook.synthesis import worker_process as process
with Workers(1, timeout=lambda *_: 0.8) as workers:
    call = workers.submit(time.sleep, 0.4)
    print("begun", flush=True)
    print(call.result(20), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_time_while_the_machine_is_suspended_does_not_count() -> None:
    """As after Ctrl-Z and `fg`."""
    with subprocess.Popen(
        [sys.executable, "-c", _STOPPED], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as build:
        assert build.stdout is not None
        assert build.stdout.readline() == "begun\n"
        os.killpg(build.pid, signal.SIGSTOP)
        time.sleep(2.0)
        os.killpg(build.pid, signal.SIGCONT)
        assert build.stdout.read() == "None\n"


_CROWDED = """
import os, subprocess, sys, time
from audiobook.synthesis import Workers; from audiobook.synthesis import worker_process as process
from tests.synthesis.test_workers import toil
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
with Workers(1, timeout=lambda *_: 1.0) as workers:
    assert workers.submit(abs, -1).result(20)
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(5)]
    try:
        call, begun = workers.submit(toil, 0.5), time.monotonic()
        print(call.result(60), time.monotonic() - begun > 1.2)
    finally:
        for other in others:
            other.kill()
"""


def toil(seconds: float) -> str:
    """Keep a processor busy for so long."""
    while time.process_time() < seconds:
        pass
    return "done"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how long a process waited")
def test_time_while_waiting_for_a_cpu_does_not_count() -> None:
    """As on a machine that is busy with other things."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}  # the worker imports what it is to do
    done = subprocess.run(
        [sys.executable, "-c", _CROWDED], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout == "done True\n", done.stderr


def test_calls_larger_than_a_pipe_buffer_work(workers: Workers) -> None:
    text = bytes(3_000_000)
    assert [call.result(20) for call in [workers.submit(len, text) for _ in range(4)]] == [len(text)] * 4
    assert len(workers.submit(bytes, 5_000_000).result(20)) == 5_000_000


def test_shutting_down_completes_submitted_calls() -> None:
    workers = Workers(1)
    calls = [workers.submit(math.factorial, n) for n in range(10)]
    workers.shutdown()
    assert [call.result(0) for call in calls] == [math.factorial(n) for n in range(10)]
    with pytest.raises(RuntimeError, match="shut down"):
        workers.submit(os.getpid)


def test_cancelling_ends_all_calls_at_once() -> None:
    workers = Workers(2)
    running = workers.submit(misbehaving.speak, misbehaving.cue("hangs"))
    waiting = [workers.submit(math.factorial, 3) for _ in range(9)]
    blocked = workers.submit(misbehaving.speak, misbehaving.cue("hangs"))
    time.sleep(0.3)
    began = time.monotonic()
    workers.shutdown(cancel_futures=True)
    assert time.monotonic() - began < 5
    assert running.done()
    assert blocked.done()
    assert all(call.done() for call in waiting)


def test_workers_that_are_not_needed_are_not_started() -> None:
    workers = Workers(2)
    workers.shutdown()
    assert not any(keeper.is_alive() for keeper in workers._threads)


_PARENT = """
import os, sys, time
from audiobook.synthesis import Workers; from audiobook.synthesis import worker_process as process
from tests.engines import misbehaving
from tests.synthesis.test_workers import sleep_and_tell
workers = Workers(2)
print(workers.submit(sleep_and_tell, 0.1).result(), workers.submit(sleep_and_tell, 0.1).result(), flush=True)
workers.submit(misbehaving.speak, misbehaving.cue(sys.argv[1]))
workers.submit(misbehaving.speak, misbehaving.cue(sys.argv[1]))
time.sleep(600)
"""


@pytest.mark.parametrize(
    "way",
    ["hangs", pytest.param("holds everything up", marks=pytest.mark.skipif(sys.platform != "linux", reason="prctl"))],
)
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_hanging_workers_end_when_their_parent_is_killed(way: str) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", _PARENT, way], stdout=subprocess.PIPE, cwd=root, text=True) as parent:
        assert parent.stdout is not None
        children = {int(number) for number in parent.stdout.readline().split()}
        time.sleep(0.2)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(map(alive, children)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(alive, children))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def _note_here(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


def _noted(folder: Path) -> bool:
    return (folder / str(os.getpid())).exists()


def test_every_process_is_prepared_before_its_first_call(tmp_path: Path) -> None:
    with Workers(2, prepare=partial(_note_here, tmp_path)) as pool:
        assert all(future.result(20) for future in [pool.submit(_noted, tmp_path) for _ in range(8)])
        with pytest.raises(WorkerLostError):
            pool.submit(misbehaving.speak, misbehaving.cue("leaves")).result(20)
        assert pool.submit(_noted, tmp_path).result(20)  # the one that took its place, too


@pytest.mark.parametrize("way", ["fails", "leaves", "exits"])
def test_an_error_while_preparing_is_reported_by_the_first_call_that_needs_it(way: str) -> None:
    with Workers(1, prepare=partial(misbehaving.speak, misbehaving.cue(way)), tries=3) as pool:
        if way == "leaves":  # and so would every other
            with pytest.raises(WorkerLostError, match="exit code 3"):
                pool.submit(math.factorial, 5).result(20)
        else:
            assert pool.submit(math.factorial, 5).result(20) == 120


def test_processes_started_ahead_are_used() -> None:
    worker_process.start_spare_processes(2)
    ahead = {one._process.pid for one in worker_process._SPARE[None]}
    with Workers(2) as pool:
        at_work = {future.result(20) for future in [pool.submit(sleep_and_tell, 0.05) for _ in range(8)]}
    assert at_work == ahead


def test_a_process_started_ahead_is_prepared_only_once(tmp_path: Path) -> None:
    worker_process.start_spare_processes(setup=pack_prepare_call(partial(_count_here, tmp_path)))
    with Workers(1, prepare=partial(_count_here, tmp_path)) as pool:
        assert pool.submit(math.factorial, 5).result(20) == 120
        assert len(list(tmp_path.iterdir())) == 1
        with pytest.raises(WorkerLostError):
            pool.submit(misbehaving.speak, misbehaving.cue("leaves")).result(20)
        assert pool.submit(math.factorial, 5).result(20) == 120
    assert len(list(tmp_path.iterdir())) == 2  # another process had to do it again


def _count_here(folder: Path) -> None:
    (folder / str(time.monotonic_ns())).touch()


def test_a_spare_process_that_died_is_not_used() -> None:
    worker_process.start_spare_processes(1)
    (spare,) = worker_process._SPARE[None]
    spare.kill("was in somebody's way")
    spare._process.wait()
    with Workers(1) as pool:
        assert pool.submit(math.factorial, 5).result(20) == 120


def test_spare_processes_can_be_stopped() -> None:
    worker_process.start_spare_processes(1)
    worker_process.start_spare_processes(1, setup=pack_prepare_call(os.getpid))
    spare = [one for own in worker_process._SPARE.values() for one in own]
    worker_process.stop_spare_processes()
    assert [one.killed for one in spare] == [True, True]
    assert all(one._process.poll() is not None for one in spare)
    with Workers(1) as pool:
        assert pool.submit(os.getpid).result(20) not in [one._process.pid for one in spare]


def test_spare_processes_end_with_their_parent() -> None:
    program = (
        "from audiobook.synthesis import worker_process as w; w.start_spare_processes(1); "
        "print(w._SPARE[None][0]._process.pid)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    pid, until = int(done.stdout), time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("it is still there")
