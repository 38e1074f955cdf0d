"""Record and encode at the same time: a segment is encoded as soon as its last take is in the cache."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from queue import SimpleQueue

from audiobook.model.cue import Cue, Take
from audiobook.model.ledger import Gap
from audiobook.model.progress import Progress
from audiobook.pipeline.live_playback import Listener
from audiobook.pipeline.planning import SegmentPlan
from audiobook.pipeline.segment_encoder import SegmentEncoder, SegmentResult
from audiobook.pipeline.timeline.store import StoredChapter, TimelineWriter
from audiobook.synthesis import LostCue, Recorder
from audiobook.writers import GrowingFile

SPEAKING, MIXING = "speaking", "mixing"

_AHEAD = 8  # ready segments per encoder that may wait; then speaking waits, if encoding is slower
_AT_ONCE = 32  # segments added to the growing file per encoded one; 0.01 s of the main thread


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedBook:
    """The encoded segments of a book, in order, with their counts."""

    segments: tuple[SegmentResult, ...]  # without those that have gaps, unless gaps are allowed
    gaps: tuple[Gap, ...]
    failure: Exception | None  # the error of the first gap
    recorded: int
    reused: int  # with sounds and recordings of the user
    sounds: int
    recordings: int
    encoded: int
    kept: int
    timed: tuple[StoredChapter, ...]  # the chapters, as the timeline has them


@dataclass(slots=True)
class _Waiting:
    """A segment that waits for takes."""

    number: int
    plan: SegmentPlan
    missing: set[str]


@dataclass(slots=True)
class SegmentScheduler:
    """Drives one recorder and a few encoder threads through the segments of a book.

    Segments are pulled from the plans as the recorder needs work, so that memory does not grow with the book.
    """

    recorder: Recorder
    encoder: SegmentEncoder
    jobs: int
    allow_gaps: bool
    progress: Progress
    timeline: TimelineWriter
    listener: Listener | None = None
    growing: GrowingFile | None = None  # the output file, if it is written meanwhile

    _encoded: dict[int, SegmentResult] = field(default_factory=dict, init=False)
    _under_way: dict[Future[SegmentResult], _Waiting] = field(default_factory=dict, init=False)
    _finished: "SimpleQueue[Future[SegmentResult]]" = field(default_factory=SimpleQueue, init=False)
    _waiting: defaultdict[str, list[_Waiting]] = field(default_factory=lambda: defaultdict(list), init=False)
    _settled: set[str] = field(default_factory=set, init=False)  # keys in the cache
    _asked: dict[str, Cue] = field(default_factory=dict, init=False)  # cues that are being recorded
    _lost: dict[str, str] = field(default_factory=dict, init=False)  # key → reason
    _failure: Exception | None = field(default=None, init=False)
    _gaps: list[Gap] = field(default_factory=list, init=False)
    _recorded: int = field(default=0, init=False)
    _cues: int = field(default=0, init=False)
    _kept: int = field(default=0, init=False)
    _sounds: int = field(default=0, init=False)
    _recordings: int = field(default=0, init=False)
    _joined: int = field(default=0, init=False)  # number of segments in the growing file

    def run(self, plans: Iterable[SegmentPlan]) -> EncodedBook:
        """Record and encode everything. Raises what an encoder raised; Ctrl-C cancels what has not begun."""
        if self.listener is not None:
            self.listener.begin()
        pool = ThreadPoolExecutor(self.jobs, "encode")
        try:
            for outcome in self.recorder.record(self._wanted(plans, pool)):
                self._settle(outcome, pool)
                self._collect(most=self.jobs * _AHEAD)
            self.recorder.stop_workers()
            self._collect(most=0)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return EncodedBook(
            segments=tuple(self._encoded[number] for number in sorted(self._encoded)),
            gaps=tuple(sorted(self._gaps, key=lambda gap: gap.place)),
            failure=self._failure,
            recorded=self._recorded,
            reused=self._cues - self._recorded - len(self._gaps),
            sounds=self._sounds,
            recordings=self._recordings,
            encoded=len(self._encoded) - self._kept,
            kept=self._kept,
            timed=self.timeline.finish(),
        )

    def _wanted(self, plans: Iterable[SegmentPlan], pool: ThreadPoolExecutor) -> Iterator[tuple[str, Cue]]:
        for number, plan in enumerate(plans):
            self._cues += len(plan.cues)
            found = self.encoder.find(plan)
            self._count_imported(plan)
            self.timeline.expect(number, plan)
            if self.listener is not None:
                self.listener.follow(plan.segment.clips, found)
            if found is not None:
                self._keep(number, found)
                self._kept += 1
                self.progress.advance(SPEAKING, plan.letters)
                self.progress.advance(MIXING, plan.letters)
                continue
            missing = {k for k, _ in plan.cues} - self._settled - plan.imported
            waiting = _Waiting(number=number, plan=plan, missing=missing)
            for key in waiting.missing:
                self._waiting[key].append(waiting)
            if not waiting.missing:
                self._submit(waiting, pool)
            yield from self._new_cues(plan)

    def _count_imported(self, plan: SegmentPlan) -> None:
        """Count sounds and recordings of the user. They are already in the cache."""
        for clip in plan.segment.clips:
            if clip.origin == "voice":
                continue
            self._sounds += clip.origin == "sound"
            self._recordings += clip.origin == "recording"
            if self.listener is not None:
                self.listener.ready(clip.key)

    def _new_cues(self, plan: SegmentPlan) -> Iterator[tuple[str, Cue]]:
        """The cues of a segment that were not passed to the recorder before. Repeated cues are spoken once.

        They are sorted by voice, because engines are faster when the voice does not change.
        """
        turns = {voice: turn for turn, voice in enumerate(dict.fromkeys(cue.voice for _, cue in plan.cues))}
        imported = plan.imported
        for key, cue in sorted(plan.cues, key=lambda own: turns[own[1].voice]):
            if key in self._settled or key in self._asked or key in imported:
                self.progress.advance(SPEAKING, len(cue.text))
            else:
                self._asked[key] = cue
                yield key, cue

    def _settle(self, outcome: Take | LostCue, pool: ThreadPoolExecutor) -> None:
        """Handle a recorded or lost cue. Segments that waited for it may be ready."""
        self._settled.add(outcome.key)
        cue = self._asked.pop(outcome.key)
        if self.listener is not None:
            self.listener.ready(outcome.key, lost=isinstance(outcome, LostCue))
        self.progress.advance(SPEAKING, len(cue.text), place=cue.place)
        if isinstance(outcome, LostCue):
            self._lost[outcome.key] = outcome.reason
            self._failure = self._failure or outcome.error
            self.progress.note(f"{outcome.cue.place} could not be spoken: {outcome.reason}")
        elif outcome.fresh:
            self._recorded += 1
        for waiting in self._waiting.pop(outcome.key, ()):
            waiting.missing.discard(outcome.key)
            if not waiting.missing:
                self._submit(waiting, pool)

    def _submit(self, waiting: _Waiting, pool: ThreadPoolExecutor) -> None:
        plan = waiting.plan
        lost = frozenset(key for key, _ in plan.cues if key in self._lost)
        self._gaps += [
            Gap(place=cue.place, text=cue.text, reason=self._lost[key], words=cue.words)
            for key, cue in plan.cues
            if key in lost
        ]
        if not lost or self.allow_gaps:
            future = pool.submit(self.encoder.encode, plan, lost)
            self._under_way[future] = waiting
            future.add_done_callback(self._finished.put)

    def _collect(self, *, most: int) -> None:
        """Collect encoded segments until at most `most` are under way. Raises what an encoder raised."""
        while len(self._under_way) > most or (self._under_way and not self._finished.empty()):
            future = self._finished.get()
            waiting = self._under_way.pop(future)
            self._keep(waiting.number, future.result())
            self.progress.advance(MIXING, waiting.plan.letters, place=waiting.plan.cues[-1][1].place)
            self._grow()

    def _keep(self, number: int, result: SegmentResult) -> None:
        """Keep the result of a segment, without the times of its cues, which are in the timeline."""
        self.timeline.add(number, result)
        self._encoded[number] = replace(result, clips=())

    def _grow(self) -> None:
        """Add a few segments to the growing file, up to the first missing one, without delaying the recording."""
        for _ in range(_AT_ONCE):
            if self.growing is None or self._joined not in self._encoded:
                return
            self.growing.take(self._encoded[self._joined].encoded)
            self._joined += 1
