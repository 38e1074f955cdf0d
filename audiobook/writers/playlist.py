"""The playlist of a book in several files (extended M3U in UTF-8). It also identifies the files of earlier builds."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_SIGNATURE = "# Made by audiobook. The files listed here are replaced when the book is built again."
_OURS = re.compile(r"\d{2,} - [^/\\]*(\.[a-z0-9]+)")
_MOST_BYTES = 1 << 20  # larger files are not our playlists


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file in the playlist."""

    name: str  # in the playlist's folder
    title: str  # one line
    seconds: float


def write_playlist(path: Path, title: str, entries: Sequence[Entry]) -> None:
    """Write a playlist of files in the same folder."""
    lines = ["#EXTM3U", _SIGNATURE, f"#PLAYLIST:{title}"]
    for entry in entries:
        lines += [f"#EXTINF:{round(entry.seconds)},{entry.title}", entry.name]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def listed_files(folder: Path, suffixes: Collection[str]) -> set[str]:
    """The names of files with these suffixes that the playlists of earlier builds in the folder list."""
    return {name for path in folder.glob("*.m3u8") for name in _listed(path, suffixes)}


def _listed(path: Path, suffixes: Collection[str]) -> Iterator[str]:
    if path.stat().st_size > _MOST_BYTES:
        return
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if _SIGNATURE not in lines:
        return
    yield path.name
    yield from (line for line in lines if _is_ours(line, suffixes) and _is_there(path.parent / line))


def _is_ours(line: str, suffixes: Collection[str]) -> bool:
    match = _OURS.fullmatch(line)
    return match is not None and match[1] in suffixes


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long for a file
        return False
