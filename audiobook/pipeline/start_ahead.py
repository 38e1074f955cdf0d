"""What a first build will need, started while the build itself is being loaded."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from audiobook.errors import AudiobookError
from audiobook.model.request import Order
from audiobook.pipeline import analysis, scripts
from audiobook.runtime.cache import Shelf
from audiobook.synthesis import worker_pool, worker_process

_MOST = 8  # processes that speak; one after another, more would keep the build waiting


@contextmanager
def started_ahead(order: Order) -> Iterator[None]:
    """Start the processes that will read and speak a book that was never analysed; of a known one, all may be kept.

    The build belongs inside; what it did not need has ended afterwards. What is wrong with the order, or the machine,
    the build will say.
    """
    try:
        with suppress(AudiobookError, OSError):
            if not scripts.is_analysed(order.book, Shelf(order.cache)):
                _start(order)
        yield
    finally:
        worker_process.dismiss_spare()


def _start(order: Order) -> None:
    if analysis.is_large(order.book):
        worker_process.start_ahead(first=worker_pool.prepared(partial(analysis.look_through, order.book)))
    worker_process.start_ahead(min(order.jobs, _MOST))
