"""Record cues: use cached takes, have the others spoken by worker processes, retry failures, and cache the results."""

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
from audiobook.synthesis.take_key import parse_meta, parse_sentences
from audiobook.synthesis.validation import check_duration
from audiobook.synthesis.worker import Draft, record_draft
from audiobook.synthesis.worker_pool import Workers

ATTEMPTS = 3
_LOOK_AHEAD = 16  # cues per worker that are submitted ahead; limits memory, and how far results can be out of order
_POLL_INTERVAL = 0.05  # seconds between two calls of `should_stop`
_MAX_INITIAL_FAILURES = 8  # cues lost before the first success; then the engine is considered broken
_TIMEOUT = 30.0  # seconds for any cue
_TIMEOUT_PER_LETTER = 0.1  # seconds; on a slow machine, a model takes about as long as the speech lasts
_FATAL = (DeliveryError, MissingToolError, VoicesError)  # errors that would affect all other cues too


@dataclass(frozen=True, slots=True, kw_only=True)
class LostCue:
    """A cue that could not be recorded."""

    key: str
    cue: Cue
    reason: str  # of the last attempt
    attempts: int
    error: Exception | None = field(default=None, compare=False)  # of the last attempt, with the worker's traceback


class Recorder:
    """Owns the worker processes of a build. Use it in a `with` statement, which stops them at once after an error.

    `speak` is a top-level function that is called in the workers. `timeout` is the time in seconds for any cue, to
    which a tenth of a second per letter is added. With `verify_cache`, each cached take is read completely before it
    is used. `prepare` is called in a worker before its first cue.
    """

    def __init__(
        self,
        cache: Cache,
        speak: Callable[[Cue], Sound],
        *,
        workers: int = 1,
        timeout: float = _TIMEOUT,
        verify_cache: bool = False,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self.cache = cache
        self.verify_cache = verify_cache
        self._speak = speak
        self._look_ahead = workers * _LOOK_AHEAD
        self._workers = Workers(
            workers,
            timeout=lambda _speak, _workspace, cue: timeout + _TIMEOUT_PER_LETTER * len(cue.text),
            prepare=prepare,
        )

        self._session: _Session | None = None
        self._prefetched: dict[str, Future[Draft] | Draft] = {}  # requested by `prefetch` and not yet by `record`
        self._prefetch_lock = (
            threading.Lock()
        )  # guards `_prefetched`, where drafts replace futures, which need ten times the memory
        self._paces: dict[Voice, float] = {}  # measured paces
        self._made: set[str] = set()  # keys of takes that this recorder has made

    def __enter__(self) -> Self:
        self.cache.sweep()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._workers.shutdown(cancel_futures=True)
        if self._session is not None:
            self._session.publish_finished()
        if error is not None:  # the next build will need the prefetched takes
            for key, found in self._prefetched.items():
                if isinstance(found, Draft):
                    _publish_quietly(self.cache, key, found)
        self.cache.close_workspace()

    def warm_up(self) -> None:
        """Start the workers before there is anything to record."""
        self._workers.warm_up()

    def stop_workers(self) -> None:
        """Let the workers end in the background, once everything is recorded."""
        self._workers.shutdown(wait=False)

    def set_pace(self, voice: Voice, pace: float) -> None:
        """Set the pace of a voice, as returned by `measure_pace`. Later takes are checked against it."""
        self._paces[voice] = pace

    def prefetch(self, cues: Iterable[tuple[str, Cue]], should_stop: Callable[[], bool]) -> None:
        """Have cues spoken that are likely to be needed, until all are submitted or `should_stop` returns True.

        They are cached only when `record` is called with them.
        """
        slots = threading.Semaphore(self._look_ahead)
        for key, cue in cues:
            if key in self._prefetched or self._find_cached(key) is not None:
                continue
            while not slots.acquire(timeout=_POLL_INTERVAL):
                if should_stop():
                    return
            if should_stop():
                return
            self._prefetched[key] = future = self._submit_to_worker(cue)
            future.add_done_callback(partial(self._store_draft, key))
            future.add_done_callback(lambda _: slots.release())

    def _store_draft(self, key: str, future: Future[Draft]) -> None:
        with self._prefetch_lock:
            if key in self._prefetched and not future.cancelled() and future.exception() is None:
                self._prefetched[key] = future.result()

    def record(self, cues: Iterable[tuple[str, Cue]]) -> Iterator[Take | LostCue]:
        """Record cues, and yield each key's take, or that it is lost after three attempts, in the order of completion.

        Cues are taken from the iterable only a limited number ahead. Raises errors that a retry cannot solve:
        MissingToolError, VoicesError, DeliveryError if the cache cannot be written, and EngineError if every cue fails.
        """
        session = _Session(self.cache, self._submit, self._paces, self._made)
        self._session = session
        seen: set[str] = set()
        for key, cue in cues:
            if key in seen:
                continue
            seen.add(key)
            cached = self._find_cached(key)
            if cached is not None and check_duration(cached.seconds, cue, self._paces.get(cue.voice)) is None:
                yield cached
                continue
            session.begin(key, cue)
            yield from session.collect(until=self._look_ahead)
        yield from session.collect(until=0)

    def _find_cached(self, key: str) -> Take | None:
        cached = find_take(self.cache, key, verify_cache=self.verify_cache)
        return replace(cached, fresh=True) if cached is not None and key in self._made else cached

    def _submit(self, key: str, cue: Cue) -> Future[Draft]:
        with self._prefetch_lock:
            found = self._prefetched.pop(key, None)
        if isinstance(found, Draft):
            future: Future[Draft] = Future()
            future.set_result(found)
            return future
        return found or self._submit_to_worker(cue)

    def _submit_to_worker(self, cue: Cue) -> Future[Draft]:
        return self._workers.submit(record_draft, self._speak, str(self.cache.workspace()), cue)


@dataclass(slots=True, kw_only=True)
class _Attempt:
    """One attempt to record a cue."""

    key: str
    cue: Cue
    number: int


class _Session:
    """One call of `record`: the cues being spoken, and the results of the others."""

    def __init__(
        self, cache: Cache, call: Callable[[str, Cue], Future[Draft]], paces: Mapping[Voice, float], made: set[str]
    ) -> None:
        """`made` receives the keys of takes that are added to the cache."""
        self._cache = cache
        self._submit_to_worker = call
        self._paces = paces
        self._made = made
        self._pending = 0
        self._finished: SimpleQueue[tuple[_Attempt, Future[Draft]]] = SimpleQueue()
        self._recorded = self._lost = 0

    def begin(self, key: str, cue: Cue, number: int = 1) -> None:
        """Submit a cue to the workers."""
        attempt = _Attempt(key=key, cue=cue, number=number)
        self._pending += 1
        self._submit_to_worker(key, cue).add_done_callback(lambda done: self._finished.put((attempt, done)))

    def collect(self, *, until: int) -> Iterator[Take | LostCue]:
        """Yield the results that are ready, and wait for others until at most `until` cues are being spoken."""
        while self._pending > until or not self._finished.empty():
            attempt, future = self._finished.get()
            self._pending -= 1
            outcome = self._collect(attempt, future)
            if outcome is not None:
                yield outcome

    def publish_finished(self) -> None:
        """Cache the drafts that were finished but not yet collected, for example after Ctrl-C."""
        while not self._finished.empty():
            attempt, future = self._finished.get()
            if not future.cancelled() and future.exception() is None:
                _publish_quietly(self._cache, attempt.key, future.result())

    def _collect(self, attempt: _Attempt, future: Future[Draft]) -> Take | LostCue | None:
        """The result of an attempt; None if the cue is tried again."""
        try:
            take = self._accept(attempt, future.result())
        except EntryGoneError as error:  # the cache folder was deleted during the build
            return self._retry_or_give_up(attempt, error)
        except _FATAL:
            raise
        except Exception as error:  # noqa: BLE001  # an engine may raise anything
            return self._retry_or_give_up(attempt, error)
        self._recorded += 1
        return take

    def _accept(self, attempt: _Attempt, draft: Draft) -> Take:
        fault = check_duration(draft.seconds, attempt.cue, self._paces.get(attempt.cue.voice))
        if fault is None:
            take = _publish(self._cache, attempt.key, draft)
            self._made.add(take.key)
            return take
        Path(draft.path).unlink(missing_ok=True)
        raise EngineError(fault)

    def _retry_or_give_up(self, attempt: _Attempt, error: Exception) -> LostCue | None:
        if attempt.number < ATTEMPTS:
            self.begin(attempt.key, attempt.cue, attempt.number + 1)
            return None
        self._lost += 1
        reason = error.message if isinstance(error, AudiobookError) else f"{type(error).__name__}: {error}"
        if self._lost >= _MAX_INITIAL_FAILURES and not self._recorded:
            raise EngineError(
                f"the engine {attempt.cue.voice.engine!r} fails for every text: {reason}",
                where=str(attempt.cue.place),
                hint="see what is missing with: audiobook doctor",
            ) from error
        return LostCue(key=attempt.key, cue=attempt.cue, reason=reason, attempts=attempt.number, error=error)


def _publish(cache: Cache, key: str, draft: Draft) -> Take:
    cache.publish("takes", key, draft.path)
    return Take(key=key, samples=draft.samples, sample_rate=draft.sample_rate)


def _publish_quietly(cache: Cache, key: str, draft: Draft) -> None:
    """Cache a draft that is no longer needed now; errors are ignored."""
    with suppress(AudiobookError):
        _publish(cache, key, draft)


def find_take(cache: Cache, key: str, *, verify_cache: bool = False) -> Take | None:
    """Find a take in the cache; None if there is none, or if its metadata is invalid."""
    meta = cache.peek("takes", key, verify_cache=verify_cache)
    facts = None if meta is None else parse_meta(meta)
    if facts is None:
        return None
    return Take(key=key, samples=facts[0], sample_rate=facts[1], fresh=False)


def load_sound(cache: Cache, key: str) -> Sound:
    """Load the sound of a take. Raises EntryGoneError if it was deleted or damaged since it was made."""
    meta, pcm = cache.get_or_raise("takes", key)
    facts = parse_meta(meta)
    if facts is None or len(pcm) != facts[0] * SAMPLE_BYTES:
        cache.remove("takes", key)
        raise EntryGoneError("a take in the cache is damaged", where=key, hint="build again")
    return Sound(pcm=pcm, sample_rate=facts[1], sentences=parse_sentences(meta))
