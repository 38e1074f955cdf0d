"""Supervised worker processes: a `concurrent.futures.Executor` in which every call ends.

The pools of the standard library break as a whole when a process dies, and wait forever when one hangs. Here, a worker
that dies or exceeds its time limit is replaced, its call gets an error that says so, and other calls are not affected.
"""

import pickle
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from audiobook.errors import EngineError
from audiobook.synthesis.worker_process import WorkerProcess, get_process, pack_message

START_TIMEOUT = 60.0  # seconds in which a process must start
_QUEUED_CALLS = 2  # calls given to a worker in advance, so that it need not wait while its answer is read


class WorkerLostError(EngineError):
    """A worker process died or hung during this call."""


@dataclass(slots=True, kw_only=True)
class Call:
    """A call for a worker."""

    future: Future[Any]
    message: bytes  # pickled, with its length
    timeout: float  # seconds
    tries: int = 1  # number of processes that may be lost during this call, including the current one


class CallQueue:
    """Calls that wait for a worker, shared by all worker threads."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, call: Call) -> None:
        """Add a call at the end. Raises RuntimeError after `close`."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the worker pool is shut down")
            self._calls.append(call)
            self._changed.notify()

    def take(self, *, wait: bool) -> Call | None:
        """The next call; None if there is none now or, with `wait`, if there will be no more."""
        with self._changed:
            while wait and not self._calls and not self._closed:
                self._changed.wait()
            return self._calls.popleft() if self._calls else None

    def close(self) -> None:
        """Accept no more calls."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def cancel(self) -> None:
        """Cancel the waiting calls."""
        with self._changed:
            calls, self._calls = self._calls, deque()
        for call in calls:
            call.future.cancel()


class WorkerThread(threading.Thread):
    """A thread that feeds calls to one worker process until there are no more, then ends the process."""

    def __init__(
        self, queue: CallQueue, number: int, setup: bytes | None = None, start_timeout: float = START_TIMEOUT
    ) -> None:
        """`setup` is a call that every process gets before all others, whose result is ignored. Its time limit is
        `start_timeout` seconds.
        """
        super().__init__(name=f"keeper-{number}", daemon=True)
        self._queue = queue
        self._setup = setup
        self._start_timeout = start_timeout
        self._sent: deque[Call] = deque()  # sent to the process and not answered; the first one is being made
        self._has_succeeded = False  # whether the process has completed a call without an exception
        self._process: WorkerProcess | None = None
        self._lock = threading.Lock()  # guards the process and:
        self._stopped = False

    def run(self) -> None:
        """Run until the queue is closed and empty, or until `stop`."""
        self._replace_process()
        while self._fill():
            self._take_answer()
        if self._process is not None:
            self._process.close()

    def stop(self) -> None:
        """Kill the process and fail its calls. May be called from any thread."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill("was told to stop")

    def watch(self, now: float, *, extension: float = 0.0) -> None:
        """Kill the process if its answer is late, after extending its time limit. May be called from any thread."""
        process = self._process
        if process is not None:
            process.kill_if_overdue(now, extension=extension)

    def _fill(self) -> bool:
        """Send as many calls to the process as it may hold; False if there is nothing left to do."""
        while len(self._sent) < _QUEUED_CALLS:
            call = self._queue.take(wait=not self._sent)
            if call is None:
                break
            if call.future.set_running_or_notify_cancel():
                self._sent.append(call)
                if self._process is not None:
                    self._process.send(call.message)
        return bool(self._sent)

    def _take_answer(self) -> None:
        """Wait for the answer to the current call, and set its result or exception."""
        if self._process is None:
            self._fail_first("could not be started")
            self._replace_process()
            return
        body = self._process.receive(self._sent[0].timeout)
        if body is None:
            self._fail_first(self._process.close())
            self._replace_process()
            return
        succeeded, result = pickle.loads(body)  # noqa: S301  # from our own child
        must_replace = self._process.killed or (not succeeded and self._has_succeeded)
        self._has_succeeded |= succeeded
        future = self._sent.popleft().future
        if succeeded:
            future.set_result(result)
        else:
            future.set_exception(result)
        if must_replace:  # a process that has never succeeded is not replaced, because a new one would not do better
            self._process.close()
            self._replace_process()

    def _fail_first(self, reason: str) -> None:
        """Fail the current call unless it may be retried; after `stop`, fail all calls of this process."""
        while self._sent:
            call = self._sent[0]
            call.tries -= 1
            if call.tries and not self._stopped:
                break
            self._sent.popleft()
            call.future.set_exception(WorkerLostError(f"the worker process {reason}"))
            if not self._stopped:
                break

    def _replace_process(self) -> None:
        """Start a new process and send it all unanswered calls."""
        self._has_succeeded = False
        with self._lock:
            try:
                self._process = None if self._stopped else get_process(self._setup)
            except OSError:  # the system cannot start more processes
                self._process = None
        if self._process is not None:
            self._process.receive(START_TIMEOUT)  # its first message says that it has started
            if self._setup is not None:
                self._process.receive(self._start_timeout)
            for call in self._sent:
                self._process.send(call.message)


_P = ParamSpec("_P")
_T = TypeVar("_T")

TIMEOUT = 60.0  # seconds for a call
_CHECK_INTERVAL = 0.1  # seconds between two checks of the time limits
_SUSPENDED = 1.0  # seconds; if a check is later than this, everything was suspended (Ctrl-Z, a sleeping machine)


class Workers(Executor):
    """`count` processes, started with the first call or by `warm_up`.

    `timeout` computes the time limit of a call in seconds from its arguments. Functions, arguments and results must be
    picklable. A call whose worker died or hung raises WorkerLostError after `tries` workers were lost; the calls queued
    behind it go to another worker. `prepare` is called first in each process, to load what later calls need; its time
    limit is `start_timeout` seconds. Its exceptions are ignored, but if the process dies or hangs in it, that counts as
    one try of the first call.
    """

    def __init__(
        self,
        count: int,
        *,
        timeout: Callable[..., float] | None = None,
        tries: int = 1,
        prepare: Callable[[], object] | None = None,
        start_timeout: float = START_TIMEOUT,
    ) -> None:
        self._timeout = timeout or (lambda *_args, **_options: TIMEOUT)
        self._tries = tries
        self._queue = CallQueue()
        setup = None if prepare is None else pack_prepare_call(prepare)
        self._threads = [WorkerThread(self._queue, number, setup, start_timeout) for number in range(max(1, count))]
        self._watchdog = threading.Thread(target=self._run_watchdog, name="watchdog", daemon=True)
        self._started = False
        self._ended = threading.Event()  # set when all processes have ended

    def warm_up(self) -> None:
        """Start the processes before there is anything to do."""
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()
            self._watchdog.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Submit a call to a worker. Raises RuntimeError after `shutdown`."""
        future: Future[_T] = Future()
        message = pack_message((fn, args, kwargs))
        timeout = self._timeout(*args, **kwargs)
        self._queue.put(Call(future=future, message=message, timeout=timeout, tries=self._tries))
        self.warm_up()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Accept no more calls. With `cancel_futures`, cancel waiting calls and kill running ones."""
        self._queue.close()
        if cancel_futures:
            self._queue.cancel()
            for thread in self._threads:
                thread.stop()
        if wait and self._started:
            for thread in self._threads:
                thread.join()
            self._ended.set()
            self._watchdog.join()

    def _run_watchdog(self) -> None:
        checked = time.monotonic()
        while any(thread.is_alive() for thread in self._threads):
            self._ended.wait(_CHECK_INTERVAL)
            late, checked = time.monotonic() - checked - _CHECK_INTERVAL, time.monotonic()
            for thread in self._threads:
                thread.watch(checked, extension=late if late > _SUSPENDED else 0.0)


def pack_prepare_call(prepare: Callable[[], object]) -> bytes:
    """The message that makes a process call `prepare`, for processes that are started ahead of their pool."""
    return pack_message((prepare, (), {}))
