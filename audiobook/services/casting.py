"""Show the cast of a book and add it to the voices file; list the voices on this machine, and install more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook import casting, engines
from audiobook.errors import MissingToolError, VoicesError
from audiobook.languages.codes import is_spoken_by, normalize_language
from audiobook.model.cast import EFFECT, Cast, VoiceFacts
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest
from audiobook.model.script import Script
from audiobook.pipeline.own_audio import count_recorded_lines, describe_unused
from audiobook.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Casting:
    """A cast, with the facts that a listing shows."""

    script: Script  # of the requested chapters
    cast: Cast
    casting_config: casting.CastingConfig
    voices_file: Path  # the one with the highest priority
    rows: tuple[casting.SpeakerRow, ...]
    unused: tuple[str, ...]  # names in the voices file that are not in this book
    recorded_lines: int = 0  # lines replaced by recordings of the user
    misfits: tuple[str, ...] = ()  # a message for each recording that is not used


def cast_book(request: BuildRequest) -> Casting:
    """The cast of a book, as in a build. Raises BookError, VoicesError, UsageError."""
    project = Project(request)
    return Casting(
        script=project.part,
        cast=project.cast,
        casting_config=project.full_config,
        voices_file=project.voices_file,
        rows=casting.list_speakers(project.part, project.cast),
        unused=casting.find_unused_speakers(project.script, project.full_config),
        recorded_lines=count_recorded_lines(project.part, project.cast.own_audio),
        misfits=tuple(describe_unused(project.script, project.cast.own_audio)),
    )


def write_voices(request: BuildRequest, made: Casting) -> tuple[Path, tuple[str, ...]]:
    """Add the speakers to the voices file of the book. Returns the file and the added names. Raises VoicesError."""
    file = casting.own_voices_file(request.book, request.voices)
    return file, casting.write_speakers(file, made.script, made.cast, made.casting_config)


def list_voices(
    *, engine: str | None = None, language: str | None = None, effects: bool = True
) -> Sequence[VoiceFacts]:
    """The voices of one engine or of all, of one language or accent or of all, by rank.

    Without `effects`, only voices that are chosen automatically. Optional engines that are not installed are left out:
    see `missing_part_of`. Raises VoicesError if the engine is unknown or no voice speaks the language.
    """
    names = engines.list_engines() if engine is None else (engine,)
    every = [facts for name in names if engine or not missing_part_of(name) for facts in engines.list_voices(name)]
    found = [facts for facts in every if language is None or _speaks(facts.language, language)]
    if not found:
        tags = ", ".join(sorted({facts.language.partition("-")[0] for facts in every}))
        raise VoicesError(
            f"no voice here speaks {language!r}", hint=f"the languages are {tags}; --language all shows all"
        )
    found = [facts for facts in found if effects or facts.rank < EFFECT]
    return sorted(found, key=lambda facts: (names.index(facts.engine), facts.rank))


def list_missing_engines() -> dict[str, str]:
    """The optional engines that are not installed, and how to install each."""
    return {name: error.hint or "" for name in engines.list_engines() if (error := missing_part_of(name))}


def install_voices(engine: str, given: tuple[Path, ...], *, progress: Progress = SILENT) -> tuple[Path, ...]:
    """Install the files of a neural engine, from given paths or from its publisher. Returns the installed files.

    Raises UsageError, MissingToolError, DeliveryError.
    """
    from audiobook.engines.install import install  # noqa: PLC0415  # only this needs it

    return install(engine, given, progress=progress)


def missing_part_of(name: str) -> MissingToolError | None:
    """The error that says what an optional engine lacks and how to install it; None if it is complete."""
    if name not in engines.EXTRAS:
        return None
    try:
        engines.list_voices(name)
    except MissingToolError as error:
        return error
    return None


def _speaks(tag: str, wanted: str) -> bool:
    """Whether a voice of that tag is one of the wanted language, or of the wanted region where one is named."""
    tag, wanted = tag.casefold(), (normalize_language(wanted) or wanted).casefold()
    if "-" not in wanted:
        return is_spoken_by(wanted, tag)
    return tag == wanted or tag.startswith(wanted + "-")
