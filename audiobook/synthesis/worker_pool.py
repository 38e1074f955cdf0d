"""Worker processes that are watched: a `concurrent.futures.Executor` whose calls always come to an end.

The pools of the standard library break as a whole when one process dies, and wait for ever when one hangs. Here a
worker that dies or takes too long is replaced, the call it was at gets an error that says so, and nobody else notices.
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
from audiobook.synthesis.worker_process import WorkerProcess, obtained, packed

START_PATIENCE = 60.0  # seconds a process may take to start
_AHEAD = 2  # calls a worker is given at once, so that it works on while its answer travels


class WorkerLostError(EngineError):
    """A worker process died or hung over this call."""


@dataclass(slots=True, kw_only=True)
class Call:
    """Something for a worker to do."""

    future: Future[Any]
    message: bytes  # as it goes through the pipe
    patience: float  # seconds it may take
    tries: int = 1  # processes that may be lost over it, this one included


class CallQueue:
    """Calls that wait for a worker, shared by the keepers."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, call: Call) -> None:
        """Add a call at the end. Raises RuntimeError after `close`."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the workers have gone home")
            self._calls.append(call)
            self._changed.notify()

    def take(self, *, wait: bool) -> Call | None:
        """The next call; None where there is none now or, after waiting, where there will be none."""
        with self._changed:
            while wait and not self._calls and not self._closed:
                self._changed.wait()
            return self._calls.popleft() if self._calls else None

    def close(self) -> None:
        """No more calls will come."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def cancel(self) -> None:
        """Drop the calls that wait."""
        with self._changed:
            calls, self._calls = self._calls, deque()
        for call in calls:
            call.future.cancel()


class Keeper(threading.Thread):
    """Feeds one worker process with calls until there are no more, then sees it off."""

    def __init__(
        self, queue: CallQueue, number: int, first: bytes | None = None, start_patience: float = START_PATIENCE
    ) -> None:
        """`first` is a call that every process gets before all others, and of which nobody wants to hear; it may take
        `start_patience` seconds.
        """
        super().__init__(name=f"keeper-{number}", daemon=True)
        self._queue = queue
        self._first = first
        self._start_patience = start_patience
        self._held: deque[Call] = deque()  # given to the process and not answered, the one under way first
        self._has_done_well = False  # whether the process has answered a call with a result
        self._process: WorkerProcess | None = None
        self._lock = threading.Lock()  # over the process and this:
        self._stopped = False

    def run(self) -> None:
        """Keep going until the queue is closed and empty, or `stop`."""
        self._replace_process()
        while self._fill():
            self._take_answer()
        if self._process is not None:
            self._process.close()

    def stop(self) -> None:
        """Kill the process and fail what it was at. From any thread."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill("was told to stop")

    def watch(self, now: float, *, forgive: float = 0.0) -> None:
        """Kill the process where its answer is overdue, after forgiving it some seconds. From any thread."""
        process = self._process
        if process is not None:
            process.kill_if_overdue(now, forgive=forgive)

    def _fill(self) -> bool:
        """Give the process as many calls as it should hold; False where there is nothing left to do."""
        while len(self._held) < _AHEAD:
            call = self._queue.take(wait=not self._held)
            if call is None:
                break
            if call.future.set_running_or_notify_cancel():
                self._held.append(call)
                if self._process is not None:
                    self._process.send(call.message)
        return bool(self._held)

    def _take_answer(self) -> None:
        """Settle the call under way, one way or the other."""
        if self._process is None:
            self._fail_first("could not be started")
            self._replace_process()
            return
        body = self._process.receive(self._held[0].patience)
        if body is None:
            self._fail_first(self._process.close())
            self._replace_process()
            return
        done, result = pickle.loads(body)  # noqa: S301  # from our own child
        in_disorder = self._process.killed or (not done and self._has_done_well)
        self._has_done_well |= done
        future = self._held.popleft().future
        if done:
            future.set_result(result)
        else:
            future.set_exception(result)
        if in_disorder:  # a process that has never done well is not replaced: the next would not fare better
            self._process.close()
            self._replace_process()

    def _fail_first(self, reason: str) -> None:
        """The call under way is lost, unless it may be tried again; after `stop`, those behind it as well."""
        while self._held:
            call = self._held[0]
            call.tries -= 1
            if call.tries and not self._stopped:
                break
            self._held.popleft()
            call.future.set_exception(WorkerLostError(f"the worker process {reason}"))
            if not self._stopped:
                break

    def _replace_process(self) -> None:
        """A fresh process, given all the calls that the old one held."""
        self._has_done_well = False
        with self._lock:
            try:
                self._process = None if self._stopped else obtained(self._first)
            except OSError:  # the system starts no more processes
                self._process = None
        if self._process is not None:
            self._process.receive(START_PATIENCE)  # its first message says only that it is there
            if self._first is not None:
                self._process.receive(self._start_patience)
            for call in self._held:
                self._process.send(call.message)


_P = ParamSpec("_P")
_T = TypeVar("_T")

PATIENCE = 60.0  # seconds a call may take
_LOOK = 0.1  # seconds between two looks at the clock
_ASLEEP = 1.0  # seconds a look may come late before we know that everything stood still: Ctrl-Z, a machine that slept


class Workers(Executor):
    """`count` processes, started with the first call or by `warm_up`.

    `patience` gives the seconds that a call may take, from its arguments. What is called, its arguments and what it
    returns must survive pickling. A call that died with its worker, or hung, raises WorkerLostError once `tries`
    workers were lost over it; calls that waited behind it go to another worker. `prepare` is called in each process
    before anything else, to load what later calls will need, and may take `start_patience` seconds; what goes wrong in
    it is not told, but a process that dies or hangs over it costs the first call a try.
    """

    def __init__(
        self,
        count: int,
        *,
        patience: Callable[..., float] | None = None,
        tries: int = 1,
        prepare: Callable[[], object] | None = None,
        start_patience: float = START_PATIENCE,
    ) -> None:
        self._patience = patience or (lambda *_args, **_options: PATIENCE)
        self._tries = tries
        self._queue = CallQueue()
        first = None if prepare is None else prepared(prepare)
        self._keepers = [Keeper(self._queue, number, first, start_patience) for number in range(max(1, count))]
        self._watch = threading.Thread(target=self._watch_over, name="watchdog", daemon=True)
        self._started = False
        self._over = threading.Event()  # every process is seen off

    def warm_up(self) -> None:
        """Start the processes now, before there is anything to do."""
        if not self._started:
            self._started = True
            for keeper in self._keepers:
                keeper.start()
            self._watch.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """The future of a call in some worker. Raises RuntimeError after `shutdown`."""
        future: Future[_T] = Future()
        message = packed((fn, args, kwargs))
        patience = self._patience(*args, **kwargs)
        self._queue.put(Call(future=future, message=message, patience=patience, tries=self._tries))
        self.warm_up()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls. With `cancel_futures` the waiting ones are dropped and those under way are killed."""
        self._queue.close()
        if cancel_futures:
            self._queue.cancel()
            for keeper in self._keepers:
                keeper.stop()
        if wait and self._started:
            for keeper in self._keepers:
                keeper.join()
            self._over.set()
            self._watch.join()

    def _watch_over(self) -> None:
        looked = time.monotonic()
        while any(keeper.is_alive() for keeper in self._keepers):
            self._over.wait(_LOOK)
            late, looked = time.monotonic() - looked - _LOOK, time.monotonic()
            for keeper in self._keepers:
                keeper.watch(looked, forgive=late if late > _ASLEEP else 0.0)


def prepared(prepare: Callable[[], object]) -> bytes:
    """The message that has a process call `prepare`, for one that is started ahead of its Workers."""
    return packed((prepare, (), {}))
