"""What a first build will need, started while the build itself is being loaded."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from audiobook.edition import Order
from audiobook.errors import AudiobookError
from audiobook.production import analysing, scripts
from audiobook.recording import process, workers
from audiobook.shelf import Shelf

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
        process.dismiss_spare()


def _start(order: Order) -> None:
    if analysing.is_large(order.book):
        process.start_ahead(first=workers.prepared(partial(analysing.look_through, order.book)))
    process.start_ahead(min(order.jobs, _MOST))
