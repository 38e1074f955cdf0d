"""What a first build will need, started while the build itself is being loaded."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from audiobook.errors import AudiobookError
from audiobook.model.request import BuildRequest
from audiobook.pipeline import analysis, scripts
from audiobook.runtime.cache import Cache
from audiobook.synthesis import worker_pool, worker_process

_MOST = 8  # processes that speak; one after another, more would keep the build waiting


@contextmanager
def started_ahead(request: BuildRequest) -> Iterator[None]:
    """Start the processes that will read and speak a book that was never analysed; of a known one, all may be kept.

    The build belongs inside; what it did not need has ended afterwards. What is wrong with the order, or the machine,
    the build will say.
    """
    try:
        with suppress(AudiobookError, OSError):
            if not scripts.is_analysed(request.book, Cache(request.cache)):
                _start(request)
        yield
    finally:
        worker_process.dismiss_spare()


def _start(request: BuildRequest) -> None:
    if analysis.is_large(request.book):
        worker_process.start_ahead(first=worker_pool.prepared(partial(analysis.look_through, request.book)))
    worker_process.start_ahead(min(request.jobs, _MOST))
