"""Which voices files apply to a book, and their settings as one casting configuration."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.casting.config import DEFAULT_ENGINE, CastingConfig, Pools, SoundChoice, SpeakerChoice, VoiceChoice
from audiobook.casting.names import VOICES_HINT, Names, fold
from audiobook.casting.toml_document import TomlDocument, load_toml_document
from audiobook.casting.validation import Complaint, voices_error
from audiobook.casting.voices_file import Pool, VoicesFile, VoicesFileReader, word_key
from audiobook.errors import VoicesError
from audiobook.model.cast import PROSODIES, Pauses, Pronunciation, Prosody, VoiceFacts
from audiobook.runtime.user_folders import config_folder

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


def read_casting_config(
    path: Path,
    *,
    engines: Collection[str],
    voices: Callable[[str], Sequence[VoiceFacts]],
    engine: str | None = None,
) -> CastingConfig:
    """What a voices file, and the files beneath it, ask for.

    `engines` are the names of those that can be used; `voices` lists one engine's voices and is only asked where a
    file names a voice or a language. `engine` speaks for everybody: voices the files name for others are cast anew.
    Raises one VoicesError with every mistake in every file.
    """
    complaints: list[Complaint] = []
    names = Names(engines, voices)
    documents = [load_toml_document(file, complaints) for file in (path, *files_beneath(path))]
    default = _default_engine(documents, names)
    only = names.engine(engine) if engine else None
    voices_files = [VoicesFileReader(document, names, default, only).voices_file() for document in documents]
    if complaints:
        raise voices_error(complaints, VOICES_HINT if any("has no voice" in c.message for c in complaints) else None)
    return replace(_direction(voices_files, only or default), written_engine=default)


def _default_engine(documents: Sequence[TomlDocument], names: Names) -> str:
    """The uppermost known `[defaults] engine`; a wrong one is complained about when its table is checked."""
    known = {name.casefold(): name for name in names.engines}
    for document in documents:
        defaults = document.data.get("defaults")
        named = defaults.get("engine") if isinstance(defaults, dict) else None
        if isinstance(named, str) and named.strip().casefold() in known:
            return known[named.strip().casefold()]
    return DEFAULT_ENGINE


def _direction(voices_files: Sequence[VoicesFile], engine: str) -> CastingConfig:
    """The layers as one, the first on top."""
    defaults, narrator = VoiceChoice(engine=engine), VoiceChoice()
    pools: dict[str, Pool] = {}
    pauses: dict[str, int] = {}
    prosodies: dict[str, Prosody] = {}
    words: dict[str, Pronunciation] = {}
    sounds: dict[str, SoundChoice | None] = {}
    for voices_file in reversed(voices_files):
        defaults, narrator = voices_file.defaults.over(defaults), voices_file.narrator.over(narrator)
        pools |= voices_file.pools
        pauses |= voices_file.pauses
        prosodies |= voices_file.prosodies
        sounds |= voices_file.sounds
        words |= {word_key(word): word for word in voices_file.pronunciations}
    return CastingConfig(
        defaults=VoiceChoice(engine=engine, rate=defaults.rate, pitch=defaults.pitch, volume=defaults.volume),
        language=next((voices_file.language for voices_file in voices_files if voices_file.language), None),
        narrator=narrator,
        speakers=_speakers(voices_files),
        pools=_pools(pools),
        pauses=Pauses(**pauses),
        pronunciations=tuple(words.values()),
        prosodies={**PROSODIES, **prosodies},
        sounds={place: sound for place, sound in sounds.items() if sound is not None},
        recordings=next((one.recordings for one in voices_files if one.recordings), None),
    )


def _pools(said: dict[str, Pool]) -> Pools:
    lists = {key: pool for key, pool in said.items() if isinstance(pool, tuple)}
    return Pools(**lists, unknown_is_narrator=said.get("unknown") == "narrator")


def _speakers(voices_files: Sequence[VoicesFile]) -> tuple[SpeakerChoice, ...]:
    """Every table once; a name or alias that an upper file claims is not the lower one's."""
    merged: dict[str, SpeakerChoice] = {}
    claimed: dict[str, str] = {}  # folded name → whose it is
    for speaker in (speaker for voices_file in voices_files for speaker in voices_file.speakers):
        key = claimed.get(fold(speaker.name), fold(speaker.name))
        aliases = tuple(alias for alias in speaker.aliases if claimed.get(fold(alias), key) == key)
        merged[key] = _merged(merged.get(key), replace(speaker, aliases=aliases))
        for name in (speaker.name, *aliases):
            claimed.setdefault(fold(name), key)
    return tuple(merged.values())


def _merged(upper: SpeakerChoice | None, lower: SpeakerChoice) -> SpeakerChoice:
    if upper is None:
        return lower
    aliases = tuple(dict.fromkeys((*upper.aliases, *lower.aliases)))
    return replace(upper, aliases=aliases, choice=upper.choice.over(lower.choice))
