"""What a first build will need, started while the build itself is being loaded."""

from contextlib import suppress
from functools import partial

from audiobook.edition import Order
from audiobook.errors import AudiobookError
from audiobook.production import scripts
from audiobook.recording import process, workers
from audiobook.shelf import Shelf


def start_ahead(order: Order) -> None:
    """Start the processes that will read and speak a book that was never built; of a known one, little may be left.

    What is wrong with the order, or the machine, the build will say.
    """
    with suppress(AudiobookError, OSError):
        if scripts.is_analysed(order.book, Shelf(order.cache)):
            return
        if scripts.is_large(order.book):
            process.start_ahead(first=workers.prepared(partial(scripts.look_through, order.book)))
        process.start_ahead(order.jobs)
