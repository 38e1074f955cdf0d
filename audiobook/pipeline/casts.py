"""From a script and the voices files to a cast, and back into the voices file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook import casting, engines
from audiobook.errors import MissingToolError, VoicesError
from audiobook.model.cast import EFFECT, Cast, VoiceFacts
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest, Mastering
from audiobook.model.script import Script
from audiobook.pipeline.own_audio import count_recorded_lines, import_own_audio, misfits
from audiobook.pipeline.scripts import script_of, selected
from audiobook.runtime.cache import Cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """A cast, and everything a person asks about it."""

    script: Script  # of the chapters asked for
    cast: Cast
    casting_config: casting.CastingConfig
    voices_file: Path  # that directed it
    rows: tuple[casting.SpeakerRow, ...]
    unused: tuple[str, ...]  # tables of the voices file that speak of nobody in this book
    recorded_lines: int = 0  # lines that a person's recording takes the place of
    misfits: tuple[str, ...] = ()  # a sentence for each recording that is not used


def cast_for(script: Script, casting_config: casting.CastingConfig) -> Cast:
    """A voice for every speaker. Raises MissingToolError where an engine offers none."""
    available = [facts for engine in casting_config.engines() for facts in engines.voices_of(engine)]
    return casting.cast_script(script, casting_config, available)


def mastered(cast: Cast, mastering: Mastering) -> Cast:
    """The cast with the silences that a publisher asks for at a chapter's ends."""
    pauses = cast.pauses
    opening = pauses.opening if mastering.opening is None else mastering.opening
    closing = pauses.chapter if mastering.closing is None else mastering.closing
    return replace(cast, pauses=replace(pauses, opening=opening, chapter=closing))


def casting_config_for(request: BuildRequest) -> tuple[casting.CastingConfig, Path]:
    """The settings of a book's voices files, and the uppermost of the files. Raises VoicesError with every mistake."""
    file = casting.find_voices_file(request.book, request.voices)
    casting_config = casting.read_casting_config(
        file, engines=engines.engine_names(), voices=engines.voices_of, engine=request.engine
    )
    return casting_config, file


def config_with_own_audio(request: BuildRequest) -> tuple[casting.CastingConfig, Path]:
    """The same with the person's own sounds and recordings decoded. Raises VoicesError, also for a bad sound file."""
    casting_config, file = casting_config_for(request)
    return import_own_audio(casting_config, request.mastering.loudness, Cache(request.cache)), file


def casting_of(request: BuildRequest) -> Casting:
    """The cast of a book as a build would have it. Raises BookError, VoicesError, UsageError."""
    casting_config, file = config_with_own_audio(request)
    script = script_of(request.book)
    cast = cast_for(script, casting_config)
    part = selected(script, request.chapters, request.book)
    return Casting(
        script=part,
        cast=cast,
        casting_config=casting_config,
        voices_file=file,
        rows=casting.speaker_rows(part, cast),
        unused=casting.unused_speakers(script, casting_config),
        recorded_lines=count_recorded_lines(part, cast.own_audio),
        misfits=tuple(misfits(script, cast.own_audio)),
    )


def write_voices(request: BuildRequest, made: Casting) -> tuple[Path, tuple[str, ...]]:
    """Add the speakers to the book's own voices file; the file, and the names that were added. Raises VoicesError."""
    file = casting.own_voices_file(request.book, request.voices)
    return file, casting.write_speakers(file, made.script, made.cast, made.casting_config)


def voices_here(
    *, engine: str | None = None, language: str | None = None, effects: bool = True
) -> Sequence[VoiceFacts]:
    """The voices of one engine or of all, of one language or accent or of all, the pleasantest first.

    Without `effects`, only those that casting would choose by itself. Of all engines, those of our extras that are not
    installed are left out: see `missing_part_of`.

    Raises VoicesError where the engine is unknown or nothing speaks the language.
    """
    names = engines.engine_names() if engine is None else (engine,)
    every = [facts for name in names if engine or not missing_part_of(name) for facts in engines.voices_of(name)]
    found = [facts for facts in every if language is None or _speaks(facts.language, language)]
    if not found:
        tags = ", ".join(sorted({facts.language.partition("-")[0] for facts in every}))
        raise VoicesError(
            f"no voice here speaks {language!r}", hint=f"the languages are {tags}; --language all shows all"
        )
    found = [facts for facts in found if effects or facts.rank < EFFECT]
    return sorted(found, key=lambda facts: (names.index(facts.engine), facts.rank))


def more_voices() -> dict[str, str]:
    """The engines of our extras that are not here, and how each is had."""
    return {name: error.hint or "" for name in engines.engine_names() if (error := missing_part_of(name))}


def install_voices(engine: str, given: tuple[Path, ...], *, progress: Progress = SILENT) -> tuple[Path, ...]:
    """Install what a neural engine needs, from files or folders or as it is published; the files that are there now.

    Raises UsageError, MissingToolError, DeliveryError.
    """
    from audiobook.engines.install import install  # noqa: PLC0415  # only this needs it

    return install(engine, given, progress=progress)


def missing_part_of(name: str) -> MissingToolError | None:
    """What an engine of our extras lacks on this machine, and how it is installed; None where nothing."""
    if name not in engines.EXTRAS:
        return None
    try:
        engines.voices_of(name)
    except MissingToolError as error:
        return error
    return None


def _speaks(tag: str, wanted: str) -> bool:
    tag, wanted = tag.casefold(), wanted.casefold().replace("_", "-")
    return tag == wanted or tag.startswith(wanted + "-")
