"""Which voices file directs a book."""

from pathlib import Path

from audiobook.errors import VoicesError
from audiobook.user_folders import config_folder

_NAME = "voices.toml"


def find_voices_file(book: Path, given: Path | None) -> Path:
    """The voices file of a book: the one given, the book's own, its folder's, the user's, or the one that ships.

    A book's own file is `emma.voices.toml` beside `emma.txt` (or `emma.txt.voices.toml`, where another file named
    `emma` beside it shall have another). Raises VoicesError where the file given does not exist.
    """
    if given is not None:
        if not given.is_file():
            what = "is a folder, not a voices file" if given.is_dir() else "there is no such voices file"
            raise VoicesError(what, where=str(given))
        return given
    candidates = (*_own_files(book), book.parent / _NAME)
    return next((file for file in candidates if _is_there(file)), users_voices_file() or shipped_voices_file())


def own_voices_file(book: Path, given: Path | None) -> Path:
    """The file that a book's speakers are written to: the one given, else the book's own, which need not exist yet."""
    if given is not None:
        return given
    own = _own_files(book)
    return next((file for file in own if _is_there(file)), own[-1])


def _own_files(book: Path) -> tuple[Path, ...]:
    """A book's own file by its whole name, then by its name without the suffix: `emma.script.json` is Emma's too."""
    stem = book.stem.removesuffix(".script") if book.suffix.lower() in (".json", ".txt") else book.stem
    return tuple(book.with_name(f"{name}.{_NAME}") for name in dict.fromkeys((book.name, book.stem, stem)))


def _is_there(file: Path) -> bool:
    """Whether there is such a file. Beside a book with a very long name there can be none."""
    try:
        return file.is_file()
    except OSError:
        return False


def files_beneath(file: Path) -> tuple[Path, ...]:
    """The files that say what `file` leaves out, the nearest first.

    Under a book's own file lies its folder's `voices.toml`, so that the books of a series share a cast; under that the
    user's own, for all books; under every file lies the one that ships.
    """
    folder = file.with_name(_NAME)
    beneath = [folder] if file.name.endswith(f".{_NAME}") and folder.is_file() else []
    users = users_voices_file()
    own = [users] if users is not None else []
    distinct = {f.resolve(): f for f in (shipped_voices_file(), *own, *reversed(beneath), file)}
    return tuple(f for f in reversed(distinct.values()) if f is not file)


def users_voices_file() -> Path | None:
    """The user's voices file for all books: `voices.toml` in the folder of settings. None where there is none."""
    folder = config_folder()
    if folder is None or not _is_there(folder / _NAME):
        return None
    return folder / _NAME


def shipped_voices_file() -> Path:
    """The voices file that ships: inside an installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / _NAME
    return installed if installed.is_file() else package.parent / _NAME
