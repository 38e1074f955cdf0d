"""A file from the network: verified, and resumed where an earlier try broke off.

What has come so far is kept beside the target as `NAME.part`; the next try asks for the rest (range requests, RFC
9110).
"""

import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from audiobook import __version__
from audiobook.errors import DeliveryError, MissingToolError
from audiobook.model.progress import Progress
from audiobook.runtime.files import move_into_place

PART_SUFFIX = ".part"
FETCHING = "fetching"
_PIECE = 1 << 18  # bytes
_PATIENCE = 30.0  # seconds without a byte
_LARGEST = 1 << 30  # bytes; a server that sends more sends something else

Check = Callable[[Path], str | None]  # what is wrong with a file, or None


def fetch(url: str, target: Path, check: Check, progress: Progress) -> None:
    """Fetch a file into its place; what `check` finds wrong is thrown away.

    Raises MissingToolError where it cannot be had, DeliveryError where it cannot be written.
    """
    part = target.with_name(target.name + PART_SUFFIX)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        resumed = _received(url, part, progress)
        wrong = check(part)
        if wrong is not None and resumed:  # the piece that was here may have been of another file
            part.unlink()
            _received(url, part, progress)
            wrong = check(part)
        if wrong is not None:
            part.unlink()
            raise MissingToolError(f"what came from {url} is not what was expected: {wrong}", hint=_by_hand(url))
        move_into_place(part, target)
    except urllib.error.URLError as error:
        raise _unreachable(url, error.reason) from error
    except (ConnectionError, TimeoutError) as error:
        raise _unreachable(url, error) from error
    except OSError as error:
        raise DeliveryError(f"cannot be written: {error.strerror or error}", where=str(target)) from error


def _received(url: str, part: Path, progress: Progress) -> bool:
    """Fetch all of the file, or what is lacking of it; whether there was some of it before."""
    had = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": f"fullcast/{__version__}"})  # noqa: S310  # ours
    if had:
        request.add_header("Range", f"bytes={had}-")
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310  # https, from our table
            resumed = had > 0 and response.status == HTTPStatus.PARTIAL_CONTENT
            left = int(response.headers.get("Content-Length") or 0)
            progress.stage(FETCHING, left or None)
            with part.open("ab" if resumed else "wb") as file:
                while piece := response.read(_PIECE):
                    file.write(piece)
                    progress.advance(FETCHING, len(piece))
                    if file.tell() > _LARGEST:
                        raise MissingToolError(f"{url} sends more than a gigabyte", hint=_by_hand(url))
            if left and part.stat().st_size < left:
                raise ConnectionError("it broke off")
            return resumed
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # all of it is here already
            return True
        raise


def _unreachable(url: str, reason: object) -> MissingToolError:
    return MissingToolError(
        f"{url} cannot be fetched: {reason}", hint=f"try again, it goes on where it broke off; or {_by_hand(url)}"
    )


def _by_hand(url: str) -> str:
    return f"fetch {url} on another machine and install it with `--from FILE`"
