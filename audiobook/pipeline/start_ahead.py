"""Start worker processes for a first build while its modules are being loaded."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from audiobook.errors import AudiobookError
from audiobook.model.request import BuildRequest
from audiobook.pipeline import analysis, scripts
from audiobook.runtime.cache import Cache
from audiobook.synthesis import worker_pool, worker_process

_MOST = 8  # worker processes; they start one by one, and more would delay the build


@contextmanager
def start_workers_early(request: BuildRequest) -> Iterator[None]:
    """Start the processes that read and speak a new book. A known book may need none, so none are started.

    Run the build inside the block; unused processes are ended afterwards. Errors are ignored here, because the build
    reports them.
    """
    try:
        with suppress(AudiobookError, OSError):
            if not scripts.is_analysed(request.book, Cache(request.cache), request.reading):
                _start(request)
        yield
    finally:
        worker_process.stop_spare_processes()


def _start(request: BuildRequest) -> None:
    if analysis.is_large(request.book, request.reading):
        preload = partial(analysis.preload_book, request.book, request.reading)
        worker_process.start_spare_processes(setup=worker_pool.pack_prepare_call(preload))
    worker_process.start_spare_processes(min(request.jobs, _MOST))
