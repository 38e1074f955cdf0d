"""`python -m audiobook`, and the `audiobook` command."""

import _signal  # type: ignore[import-not-found]  # `signal` itself takes milliseconds, in which Ctrl-C is not answered

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # until we have words for it, Ctrl-C ends us without a traceback

import gc
from typing import NoReturn

from audiobook.cli import signals


def main() -> NoReturn:
    """Run the command line, with handlers for Ctrl-C and its like from the start."""
    signals.install_handlers()
    from audiobook.cli import boundary  # noqa: PLC0415  # takes a tenth of a second

    try:
        boundary.main()
    finally:
        gc.freeze()  # nothing is worth collecting any more: a process that leaves takes 0.03 s less


if __name__ == "__main__":
    main()
