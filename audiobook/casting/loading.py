"""Find the voices files that apply to a book, and merge their settings into one casting configuration."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.casting.config import DEFAULT_ENGINE, CastingConfig, Pools, SoundChoice, SpeakerChoice, VoiceChoice
from audiobook.casting.names import VOICES_HINT, Names, fold
from audiobook.casting.toml_document import TomlDocument, load_toml_document
from audiobook.casting.validation import Problem, make_voices_error
from audiobook.casting.voices_file import Pool, VoicesFile, VoicesFileReader, pronunciation_key
from audiobook.errors import VoicesError
from audiobook.model.cast import PROSODIES, Pauses, Pronunciation, Prosody, VoiceFacts
from audiobook.runtime.user_folders import config_folder

_NAME = "voices.toml"


def find_voices_file(book: Path, given: Path | None) -> Path:
    """Find the voices file of a book: the given one, the book's own, its folder's, the user's, or the one we ship.

    A book's own file is `emma.voices.toml` beside `emma.txt`, or `emma.txt.voices.toml` if another book in the folder
    is named `emma` too. Raises VoicesError if the given file does not exist.
    """
    if given is not None:
        if not given.is_file():
            what = "is a folder, not a voices file" if given.is_dir() else "this voices file does not exist"
            raise VoicesError(what, where=str(given))
        return given
    candidates = (*_own_file_candidates(book), book.parent / _NAME)
    return next((file for file in candidates if _exists(file)), find_users_voices_file() or find_shipped_voices_file())


def own_voices_file(book: Path, given: Path | None) -> Path:
    """The file that a book's speakers are written to: the given one, else the book's own, which may not exist yet."""
    if given is not None:
        return given
    own = _own_file_candidates(book)
    return next((file for file in own if _exists(file)), own[-1])


def _own_file_candidates(book: Path) -> tuple[Path, ...]:
    """Possible names of a book's own file, the most specific first. `emma.script.json` shares the file of `emma`."""
    stem = book.stem.removesuffix(".script") if book.suffix.lower() in (".json", ".txt") else book.stem
    return tuple(book.with_name(f"{name}.{_NAME}") for name in dict.fromkeys((book.name, book.stem, stem)))


def _exists(file: Path) -> bool:
    """Whether the file exists. A name that is too long for the file system counts as missing."""
    try:
        return file.is_file()
    except OSError:
        return False


def find_fallback_files(file: Path) -> tuple[Path, ...]:
    """Find the files that supply settings missing in `file`, the nearest first.

    After a book's own file come `voices.toml` in its folder, so that the books of a series can share a cast, then the
    user's file for all books, then the file we ship.
    """
    folder = file.with_name(_NAME)
    beneath = [folder] if file.name.endswith(f".{_NAME}") and folder.is_file() else []
    users = find_users_voices_file()
    own = [users] if users is not None else []
    distinct = {f.resolve(): f for f in (find_shipped_voices_file(), *own, *reversed(beneath), file)}
    return tuple(f for f in reversed(distinct.values()) if f is not file)


def find_users_voices_file() -> Path | None:
    """The user's voices file for all books: `voices.toml` in the configuration folder; None if it does not exist."""
    folder = config_folder()
    if folder is None or not _exists(folder / _NAME):
        return None
    return folder / _NAME


def find_shipped_voices_file() -> Path:
    """The voices file we ship: inside the installed package, or at the root of a checkout."""
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
    """Read a voices file and the files it falls back to, as one configuration.

    `engines` are the names of the available engines. `voices` lists the voices of one engine; it is called only if a
    file names a voice or a language. If `engine` is given, it speaks every line, and voices named for other engines
    are replaced. Raises one VoicesError that lists every problem in every file.
    """
    problems: list[Problem] = []
    names = Names(engines, voices)
    documents = [load_toml_document(file, problems) for file in (path, *find_fallback_files(path))]
    default = _find_default_engine(documents, names)
    only = names.engine(engine) if engine else None
    voices_files = [VoicesFileReader(document, names, default, only).read() for document in documents]
    if problems:
        raise make_voices_error(problems, VOICES_HINT if any("has no voice" in c.message for c in problems) else None)
    return replace(_merge(voices_files, only or default), written_engine=default)


def _find_default_engine(documents: Sequence[TomlDocument], names: Names) -> str:
    """The first valid `[defaults] engine` of the files. An invalid one is reported when its table is checked."""
    known = {name.casefold(): name for name in names.engines}
    for document in documents:
        defaults = document.data.get("defaults")
        named = defaults.get("engine") if isinstance(defaults, dict) else None
        if isinstance(named, str) and named.strip().casefold() in known:
            return known[named.strip().casefold()]
    return DEFAULT_ENGINE


def _merge(voices_files: Sequence[VoicesFile], engine: str) -> CastingConfig:
    """Merge the files; settings in earlier files take precedence."""
    defaults, narrator = VoiceChoice(engine=engine), VoiceChoice()
    pools: dict[str, Pool] = {}
    pauses: dict[str, int] = {}
    prosodies: dict[str, Prosody] = {}
    words: dict[str, Pronunciation] = {}
    sounds: dict[str, SoundChoice | None] = {}
    for voices_file in reversed(voices_files):
        defaults, narrator = voices_file.defaults.fill_from(defaults), voices_file.narrator.fill_from(narrator)
        pools |= voices_file.pools
        pauses |= voices_file.pauses
        prosodies |= voices_file.prosodies
        sounds |= voices_file.sounds
        words |= {pronunciation_key(word): word for word in voices_file.pronunciations}
    return CastingConfig(
        defaults=VoiceChoice(
            engine=engine, words_per_minute=defaults.words_per_minute, pitch=defaults.pitch, volume=defaults.volume
        ),
        language=next((voices_file.language for voices_file in voices_files if voices_file.language), None),
        narrator=narrator,
        speakers=_merge_speakers(voices_files),
        pools=_make_pools(pools),
        pauses=Pauses(**pauses),
        pronunciations=tuple(words.values()),
        prosodies={**PROSODIES, **prosodies},
        sounds={place: sound for place, sound in sounds.items() if sound is not None},
        recordings=next((one.recordings for one in voices_files if one.recordings), None),
    )


def _make_pools(said: dict[str, Pool]) -> Pools:
    lists = {key: pool for key, pool in said.items() if isinstance(pool, tuple)}
    return Pools(**lists, unknown_is_narrator=said.get("unknown") == "narrator")


def _merge_speakers(voices_files: Sequence[VoicesFile]) -> tuple[SpeakerChoice, ...]:
    """Merge the tables of speakers. A name or alias that an earlier file uses is ignored in later files."""
    merged: dict[str, SpeakerChoice] = {}
    claimed: dict[str, str] = {}  # folded name → key of the table that has it
    for speaker in (speaker for voices_file in voices_files for speaker in voices_file.speakers):
        key = claimed.get(fold(speaker.name), fold(speaker.name))
        aliases = tuple(alias for alias in speaker.aliases if claimed.get(fold(alias), key) == key)
        merged[key] = _merge_speaker(merged.get(key), replace(speaker, aliases=aliases))
        for name in (speaker.name, *aliases):
            claimed.setdefault(fold(name), key)
    return tuple(merged.values())


def _merge_speaker(upper: SpeakerChoice | None, lower: SpeakerChoice) -> SpeakerChoice:
    if upper is None:
        return lower
    aliases = tuple(dict.fromkeys((*upper.aliases, *lower.aliases)))
    return replace(upper, aliases=aliases, choice=upper.choice.fill_from(lower.choice))
