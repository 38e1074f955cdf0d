"""Download a file: verified, and resumed after an interruption.

An incomplete download is kept beside the target as `NAME.part`; the next attempt requests the rest (range requests,
RFC 9110).
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
_CHUNK = 1 << 18  # bytes
_TIMEOUT = 30.0  # seconds without data
_MAX_SIZE = 1 << 30  # bytes; a server that sends more is sending a different file

Check = Callable[[Path], str | None]  # describes what is wrong with a file; None if it is right


def fetch(url: str, target: Path, check: Check, progress: Progress) -> None:
    """Download a file to its place. A file that `check` rejects is deleted.

    Raises MissingToolError if it cannot be downloaded, DeliveryError if it cannot be written.
    """
    part = target.with_name(target.name + PART_SUFFIX)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        resumed = _download(url, part, progress)
        wrong = check(part)
        if wrong is not None and resumed:  # the earlier part may belong to another version of the file
            part.unlink()
            _download(url, part, progress)
            wrong = check(part)
        if wrong is not None:
            part.unlink()
            raise MissingToolError(f"{url} sent something else than expected: {wrong}", hint=_manual_hint(url))
        move_into_place(part, target)
    except urllib.error.URLError as error:
        raise _make_error(url, error.reason) from error
    except (ConnectionError, TimeoutError) as error:
        raise _make_error(url, error) from error
    except OSError as error:
        raise DeliveryError(f"cannot be written: {error.strerror or error}", where=str(target)) from error


def _download(url: str, part: Path, progress: Progress) -> bool:
    """Download the file or the rest of it. Returns whether an earlier download was resumed."""
    had = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": f"fullcast/{__version__}"})  # noqa: S310  # ours
    if had:
        request.add_header("Range", f"bytes={had}-")
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310  # https, from our table
            resumed = had > 0 and response.status == HTTPStatus.PARTIAL_CONTENT
            left = int(response.headers.get("Content-Length") or 0)
            progress.stage(FETCHING, left or None)
            with part.open("ab" if resumed else "wb") as file:
                while chunk := response.read(_CHUNK):
                    file.write(chunk)
                    progress.advance(FETCHING, len(chunk))
                    if file.tell() > _MAX_SIZE:
                        raise MissingToolError(f"{url} sends more than a gigabyte", hint=_manual_hint(url))
            if left and part.stat().st_size < left:
                raise ConnectionError("the connection was closed early")
            return resumed
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:  # the download was already complete
            return True
        raise


def _make_error(url: str, reason: object) -> MissingToolError:
    return MissingToolError(
        f"{url} cannot be downloaded: {reason}", hint=f"try again, the download will be resumed; or {_manual_hint(url)}"
    )


def _manual_hint(url: str) -> str:
    return f"download {url} on another machine and install it with `--from FILE`"
