"""The table of engines. An engine's module is imported when its name is first used."""

import difflib
import functools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint, entry_points

from audiobook.engines.contract import Engine, EngineFacts
from audiobook.errors import AudiobookError, EngineError, MissingToolError, VoicesError
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Cue, Sound

ENGINES = {
    "pyttsx3": "audiobook.engines.espeak.engine:Pyttsx3Engine",
    "kokoro": "audiobook.engines.kokoro.engine:KokoroEngine",
    "piper": "audiobook.engines.piper.engine:PiperEngine",
    "tone": "audiobook.engines.tone:ToneEngine",
}
EXTRAS = frozenset({"kokoro", "piper"})  # optional engines; their absence is not a problem
ENTRY_POINTS = (
    "audiobook.engines"  # the entry point group for engines in other packages; names in the table take precedence
)


def list_engines() -> tuple[str, ...]:
    """All engines that voices.toml can name; those of the table first."""
    return (*ENGINES, *sorted(name for name in entry_points(group=ENTRY_POINTS).names if name not in ENGINES))


@functools.cache
def open_engine(name: str) -> Engine:
    """The engine of that name, created once in a process.

    Raises VoicesError if the name is unknown, MissingToolError if the engine cannot be loaded on this machine, and
    EngineError if it fails in any other way.
    """
    point = EntryPoint(name, ENGINES[name], ENTRY_POINTS) if name in ENGINES else _find_entry_point(name)
    try:
        make = point.load()
    except (ImportError, AttributeError) as error:
        raise MissingToolError(
            f"the engine {name!r} cannot be loaded: {error}", hint="see what is missing with: audiobook doctor"
        ) from error
    with _convert_errors(name):
        engine: Engine = make()
    return engine


@contextmanager
def _convert_errors(name: str) -> Iterator[None]:
    """Turn any exception of an engine into an EngineError, so that it is not reported as a bug in this program."""
    try:
        yield
    except AudiobookError:
        raise
    except Exception as error:  # an engine from another package may raise anything
        raise EngineError(f"the engine {name!r} failed: {type(error).__name__}: {error}") from error


def _find_entry_point(name: str) -> EntryPoint:
    found = entry_points(group=ENTRY_POINTS, name=name)
    if found:
        return next(iter(found))
    known = list_engines()
    near = difflib.get_close_matches(name, known, n=1)
    raise VoicesError(
        f"{name!r} is not an engine; the engines are {', '.join(known)}",
        hint=f"did you mean {near[0]!r}?" if near else None,
    )


@functools.cache
def engine_facts(name: str) -> EngineFacts:
    """The properties of an engine. Raises as `open_engine` does."""
    engine = open_engine(name)
    with _convert_errors(name):
        return engine.facts()


def get_ready(names: Iterable[str]) -> None:
    """Open these engines in a worker process. Models are loaded with the first text.

    Raises as `open_engine` does.
    """
    for name in names:
        engine_facts(name)


def sound_version(voice: Voice) -> str:
    """The version of everything that affects a voice's sound, except its settings. Raises as `open_engine` does."""
    facts = engine_facts(voice.engine)
    own = facts.voice_versions.get(voice.name)
    return f"{facts.version}, {own}" if own else facts.version


def max_processes(names: Iterable[str], cores: int) -> int:
    """How many processes may speak at the same time, so that no core runs two threads. Raises as `open_engine` does."""
    all_facts = [engine_facts(name) for name in names]
    room = min((cores // facts.threads for facts in all_facts), default=cores)
    return max(1, min([room, *(facts.processes for facts in all_facts if facts.processes is not None)]))


@functools.cache
def list_voices(name: str) -> tuple[VoiceFacts, ...]:
    """All voices of an engine. Raises as `open_engine` does."""
    engine = open_engine(name)
    with _convert_errors(name):
        return tuple(engine.voices())


def speak_cue(cue: Cue) -> Sound:
    """Speak a cue's text in its voice. A top-level function, so that it can be sent to a worker process.

    Raises the errors of the engine, and EngineError if its result does not meet the interface.
    """
    name = cue.voice.engine
    sound: object = open_engine(name).speak(cue.text, cue.voice)
    sample_rate = engine_facts(name).sample_rate
    if not isinstance(sound, Sound):
        raise EngineError(f"the engine {name!r} returned a {type(sound).__name__} instead of a sound")
    if sample_rate not in {None, sound.sample_rate}:
        raise EngineError(
            f"the engine {name!r} returned a sound of {sound.sample_rate} Hz, but its facts say {sample_rate} Hz"
        )
    return sound
