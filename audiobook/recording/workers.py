"""Worker processes that are watched: a `concurrent.futures.Executor` whose calls always come to an end.

The pools of the standard library break as a whole when one process dies, and wait for ever when one hangs. Here a
worker that dies or takes too long is replaced, the call it was at gets an error that says so, and nobody else notices.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from audiobook.recording.framing import packed
from audiobook.recording.keeping import START_PATIENCE, Call, CallQueue, Keeper

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
