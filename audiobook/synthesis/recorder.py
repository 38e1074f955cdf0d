"""Records cues: what is in the cache is taken from there, the rest is spoken by workers, retried, and put there."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from audiobook.errors import AudiobookError, DeliveryError, EngineError, MissingToolError, VoicesError
from audiobook.model.cast import Voice
from audiobook.model.cue import SAMPLE_BYTES, Cue, Sound, Take
from audiobook.runtime.cache import Cache, EntryGoneError
from audiobook.synthesis.take_meta import facts_of, sentences_of
from audiobook.synthesis.validation import complaint_of_length
from audiobook.synthesis.worker import Draft, perform
from audiobook.synthesis.worker_pool import Workers

TRIES = 3
_LOOK_AHEAD = 16  # cues a worker, under way or waiting: bounds the memory, and how far the order can change
_GLANCE = 0.05  # seconds between two looks whether enough was foreseen
_HOPELESS = 8  # cues lost before a single one was recorded: the engine does not work at all
_PATIENCE = 30.0  # seconds for any cue
_PATIENCE_A_LETTER = 0.1  # seconds; a model on a slow machine takes as long as the speech lasts
_FATAL = (DeliveryError, MissingToolError, VoicesError)  # no other cue would fare better


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A cue that could not be recorded."""

    key: str
    cue: Cue
    reason: str  # of the last try
    tries: int
    error: Exception | None = field(default=None, compare=False)  # of the last try, with the worker's traceback


class Recorder:
    """Owns the worker processes of a build; use it in a `with`, which ends them at once where it is left by an error.

    `speak` is a top-level function, called in the workers. `patience` is the number of seconds that any cue may take
    before its worker is given up, to which a tenth of a second a letter is added. With `verify_cache`, a cached take
    is read whole before it is used. `prepare` is called in a worker before its first cue.
    All of these are set one at a time, by a build or by a test.
    """

    def __init__(
        self,
        cache: Cache,
        speak: Callable[[Cue], Sound],
        *,
        workers: int = 1,
        patience: float = _PATIENCE,
        verify_cache: bool = False,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self.cache = cache
        self.verify_cache = verify_cache
        self._speak = speak
        self._look_ahead = workers * _LOOK_AHEAD
        self._workers = Workers(
            workers,
            patience=lambda _speak, _workspace, cue: patience + _PATIENCE_A_LETTER * len(cue.text),
            prepare=prepare,
        )

        self._session: _Session | None = None
        self._foreseen: dict[str, Future[Draft] | Draft] = {}  # begun before anybody asked, and what was finished of it
        self._forgetting = threading.Lock()  # over it: a future takes ten times the room of a draft
        self._paces: dict[Voice, float] = {}  # of the voices that were heard
        self._made: set[str] = set()  # keys of the takes that were not there before

    def __enter__(self) -> Self:
        self.cache.sweep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._workers.shutdown(cancel_futures=True)
        if self._session is not None:
            self._session.keep_finished()
        if error is not None:  # the next build will ask for what this one had no time to
            for key, found in self._foreseen.items():
                if isinstance(found, Draft):
                    _keep(self.cache, key, found)
        self.cache.close_workspace()

    def warm_up(self) -> None:
        """Start the workers before there is anything to record."""
        self._workers.warm_up()

    def dismiss(self) -> None:
        """Let the workers go, now that everything is recorded: they leave while other work is done."""
        self._workers.shutdown(wait=False)

    def learn(self, voice: Voice, pace: float) -> None:
        """How fast the voice speaks, as `pace_of` says: what is recorded from now on is held to that."""
        self._paces[voice] = pace

    def prefetch(self, cues: Iterable[tuple[str, Cue]], enough: Callable[[], bool]) -> None:
        """Have cues spoken that will be asked for in all likelihood, until they end or `enough` says so.

        None of them comes to the cache before `record` is asked for it.
        """
        room = threading.Semaphore(self._look_ahead)
        for key, cue in cues:
            if key in self._foreseen or self._kept(key) is not None:
                continue
            while not room.acquire(timeout=_GLANCE):
                if enough():
                    return
            if enough():
                return
            self._foreseen[key] = future = self._call(cue)
            future.add_done_callback(partial(self._noted, key))
            future.add_done_callback(lambda _: room.release())

    def _noted(self, key: str, future: Future[Draft]) -> None:
        with self._forgetting:
            if key in self._foreseen and not future.cancelled() and future.exception() is None:
                self._foreseen[key] = future.result()

    def record(self, cues: Iterable[tuple[str, Cue]]) -> Iterator[Take | Lost]:
        """The take of every key, once each, as they are finished; or that it is lost, after three tries.

        Cues are pulled as they are needed, a bounded number ahead. Raises what no retry mends: MissingToolError,
        VoicesError, DeliveryError where the cache cannot be written, EngineError where the engine fails at everything.
        """
        session = _Session(self.cache, self._begun, self._paces, self._made)
        self._session = session
        seen: set[str] = set()
        for key, cue in cues:
            if key in seen:
                continue
            seen.add(key)
            kept = self._kept(key)
            if kept is not None and complaint_of_length(kept.seconds, cue, self._paces.get(cue.voice)) is None:
                yield kept
                continue
            session.begin(key, cue)
            yield from session.outcomes(until=self._look_ahead)
        yield from session.outcomes(until=0)

    def _kept(self, key: str) -> Take | None:
        kept = kept_take(self.cache, key, verify_cache=self.verify_cache)
        return replace(kept, fresh=True) if kept is not None and key in self._made else kept

    def _begun(self, key: str, cue: Cue) -> Future[Draft]:
        with self._forgetting:
            found = self._foreseen.pop(key, None)
        if isinstance(found, Draft):
            future: Future[Draft] = Future()
            future.set_result(found)
            return future
        return found or self._call(cue)

    def _call(self, cue: Cue) -> Future[Draft]:
        return self._workers.submit(perform, self._speak, str(self.cache.workspace()), cue)


@dataclass(slots=True, kw_only=True)
class _Try:
    """A cue on its way, for the how-manieth time."""

    key: str
    cue: Cue
    number: int


class _Session:
    """One pass through a row of cues: which are under way, and what became of those that are not."""

    def __init__(
        self, cache: Cache, call: Callable[[str, Cue], Future[Draft]], paces: Mapping[Voice, float], made: set[str]
    ) -> None:
        """`made` gets the keys of what comes to the cache."""
        self._cache = cache
        self._call = call
        self._paces = paces
        self._made = made
        self._under_way = 0
        self._finished: SimpleQueue[tuple[_Try, Future[Draft]]] = SimpleQueue()
        self._recorded = self._lost = 0

    def begin(self, key: str, cue: Cue, number: int = 1) -> None:
        """Have a cue spoken."""
        attempt = _Try(key=key, cue=cue, number=number)
        self._under_way += 1
        self._call(key, cue).add_done_callback(lambda done: self._finished.put((attempt, done)))

    def outcomes(self, *, until: int) -> Iterator[Take | Lost]:
        """What is finished by now, and what comes until no more than `until` cues are under way."""
        while self._under_way > until or not self._finished.empty():
            attempt, future = self._finished.get()
            self._under_way -= 1
            outcome = self._outcome(attempt, future)
            if outcome is not None:
                yield outcome

    def keep_finished(self) -> None:
        """Put in the cache what was finished while nobody asked for it any more, as after Ctrl-C."""
        while not self._finished.empty():
            attempt, future = self._finished.get()
            if not future.cancelled() and future.exception() is None:
                _keep(self._cache, attempt.key, future.result())

    def _outcome(self, attempt: _Try, future: Future[Draft]) -> Take | Lost | None:
        """What became of a try; None where there is another."""
        try:
            take = self._accepted(attempt, future.result())
        except EntryGoneError as error:  # somebody deleted the cache folder meanwhile
            return self._failed(attempt, error)
        except _FATAL:
            raise
        except Exception as error:  # noqa: BLE001  # whatever an engine raises in its worker comes out here
            return self._failed(attempt, error)
        self._recorded += 1
        return take

    def _accepted(self, attempt: _Try, draft: Draft) -> Take:
        wrong = complaint_of_length(draft.seconds, attempt.cue, self._paces.get(attempt.cue.voice))
        if wrong is None:
            take = _published(self._cache, attempt.key, draft)
            self._made.add(take.key)
            return take
        Path(draft.path).unlink(missing_ok=True)
        raise EngineError(wrong)

    def _failed(self, attempt: _Try, error: Exception) -> Lost | None:
        if attempt.number < TRIES:
            self.begin(attempt.key, attempt.cue, attempt.number + 1)
            return None
        self._lost += 1
        reason = error.message if isinstance(error, AudiobookError) else f"{type(error).__name__}: {error}"
        if self._lost >= _HOPELESS and not self._recorded:
            raise EngineError(
                f"the engine {attempt.cue.voice.engine!r} fails at everything: {reason}",
                where=str(attempt.cue.place),
                hint="see what is missing with: audiobook doctor",
            ) from error
        return Lost(key=attempt.key, cue=attempt.cue, reason=reason, tries=attempt.number, error=error)


def _published(cache: Cache, key: str, draft: Draft) -> Take:
    cache.publish("takes", key, draft.path)
    return Take(key=key, frames=draft.frames, rate=draft.rate)


def _keep(cache: Cache, key: str, draft: Draft) -> None:
    """Put in the cache what nobody waits for any more."""
    with suppress(AudiobookError):
        _published(cache, key, draft)


def kept_take(cache: Cache, key: str, *, verify_cache: bool = False) -> Take | None:
    """The take in the cache; None where there is none, or its facts are not those of a take."""
    meta = cache.peek("takes", key, verify_cache=verify_cache)
    facts = None if meta is None else facts_of(meta)
    if facts is None:
        return None
    return Take(key=key, frames=facts[0], rate=facts[1], fresh=False)


def sound_of(cache: Cache, key: str) -> Sound:
    """The sound of a take. Raises EntryGoneError if it has left the cache, or was damaged, since it was made."""
    meta, pcm = cache.get_or_raise("takes", key)
    facts = facts_of(meta)
    if facts is None or len(pcm) != facts[0] * SAMPLE_BYTES:
        cache.remove("takes", key)
        raise EntryGoneError("a take in the cache folder is not a sound", where=key, hint="build again")
    return Sound(pcm=pcm, rate=facts[1], sentences=sentences_of(meta))
