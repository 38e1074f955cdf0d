"""The table of files that go with the sound, and the choice of them by name (`--also`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook.errors import UsageError
from audiobook.writers.companions.contract import TimedSound
from audiobook.writers.companions.page import write_page
from audiobook.writers.companions.subtitles import write_ass, write_chapters_vtt, write_lrc, write_srt, write_vtt


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A kind of file that goes with the sound."""

    suffix: str  # appended to the name of the sound file without its own suffix
    write: Callable[[TimedSound], Iterator[str]] | None = None  # one for each sound file,
    write_all: Callable[[Sequence[TimedSound]], Iterator[str]] | None = None  # or one for the whole audiobook


COMPANIONS: Mapping[str, Companion] = {
    "srt": Companion(suffix=".srt", write=write_srt),
    "vtt": Companion(suffix=".vtt", write=write_vtt),
    "chapters": Companion(suffix=".chapters.vtt", write=write_chapters_vtt),
    "lrc": Companion(suffix=".lrc", write=write_lrc),
    "ass": Companion(suffix=".ass", write=write_ass),
    "page": Companion(suffix=".html", write_all=write_page),
}
GROUPS: Mapping[str, tuple[str, ...]] = {"captions": ("srt", "vtt")}


def parse_companions(text: str | None) -> tuple[str, ...]:
    """The names in `captions,page`, each once, groups taken apart. Raises UsageError for a name not in the table."""
    found = dict[str, None]()
    for word in (text or "").replace(",", " ").split():
        name = word.casefold()
        if name not in COMPANIONS and name not in GROUPS:
            known = ", ".join([*COMPANIONS, *GROUPS])
            raise UsageError(f"there is no {word!r} to write beside the sound", hint=f"--also takes {known}")
        found.update(dict.fromkeys(GROUPS.get(name, (name,))))
    return tuple(found)
