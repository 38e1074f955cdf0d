"""The table of engines. Nothing of an engine is imported before its name is used."""

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
EXTRAS = frozenset({"kokoro", "piper"})  # engines that may be absent without anything being wrong
ENTRY_POINTS = "audiobook.engines"  # the group in which third parties enter theirs; a name above cannot be taken


def engine_names() -> tuple[str, ...]:
    """Every engine that can be named in voices.toml, ours first."""
    return (*ENGINES, *sorted(name for name in entry_points(group=ENTRY_POINTS).names if name not in ENGINES))


@functools.cache
def open_engine(name: str) -> Engine:
    """The process's one engine of that name.

    Raises VoicesError where nobody knows the name, MissingToolError where the engine cannot be loaded here, and
    EngineError where it fails, however it says so.
    """
    point = EntryPoint(name, ENGINES[name], ENTRY_POINTS) if name in ENGINES else _entered(name)
    try:
        make = point.load()
    except (ImportError, AttributeError) as error:
        raise MissingToolError(
            f"the engine {name!r} cannot be loaded: {error}", hint="see what is missing with: audiobook doctor"
        ) from error
    with _blamed(name):
        engine: Engine = make()
    return engine


@contextmanager
def _blamed(name: str) -> Iterator[None]:
    """What a third party's engine raises is an error of the engine, not a bug of ours."""
    try:
        yield
    except AudiobookError:
        raise
    except Exception as error:  # a third party's engine may raise anything
        raise EngineError(f"the engine {name!r} failed: {type(error).__name__}: {error}") from error


def _entered(name: str) -> EntryPoint:
    found = entry_points(group=ENTRY_POINTS, name=name)
    if found:
        return next(iter(found))
    known = engine_names()
    near = difflib.get_close_matches(name, known, n=1)
    raise VoicesError(
        f"there is no engine {name!r}; the engines are {', '.join(known)}",
        hint=f"did you mean {near[0]!r}?" if near else None,
    )


@functools.cache
def engine_facts(name: str) -> EngineFacts:
    """What the engine of that name is. Raises as `open_engine` does."""
    engine = open_engine(name)
    with _blamed(name):
        return engine.facts()


def get_ready(names: Iterable[str]) -> None:
    """Open these engines, in a process that will be asked to speak with them; models are loaded when they speak.

    Raises as `open_engine` does.
    """
    for name in names:
        engine_facts(name)


def sound_version(voice: Voice) -> str:
    """The version of all that shapes the voice's sound but its own settings. Raises as `open_engine` does."""
    facts = engine_facts(voice.engine)
    own = facts.voice_versions.get(voice.name)
    return f"{facts.version}, {own}" if own else facts.version


def side_by_side(names: Iterable[str], cores: int) -> int:
    """How many processes may speak with any of these engines at once: no core has two threads. Raises likewise."""
    facts = [engine_facts(name) for name in names]
    room = min((cores // one.threads for one in facts), default=cores)
    return max(1, min([room, *(one.processes for one in facts if one.processes is not None)]))


@functools.cache
def voices_of(name: str) -> tuple[VoiceFacts, ...]:
    """Every voice of the engine of that name. Raises as `open_engine` does."""
    engine = open_engine(name)
    with _blamed(name):
        return tuple(engine.voices())


def speak_cue(cue: Cue) -> Sound:
    """The cue's text in its voice. A top-level function, so that a worker process can be told to call it.

    Raises what the engine does, and EngineError where what it returns is not what the contract says.
    """
    name = cue.voice.engine
    sound: object = open_engine(name).speak(cue.text, cue.voice)
    rate = engine_facts(name).rate
    if not isinstance(sound, Sound):
        raise EngineError(f"the engine {name!r} returned a {type(sound).__name__} instead of a sound")
    if rate not in {None, sound.rate}:
        raise EngineError(f"the engine {name!r} made a sound of {sound.rate} Hz; all of its have {rate} Hz, it says")
    return sound
