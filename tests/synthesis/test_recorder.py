import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobook.errors import DeliveryError, EngineError, MissingToolError
from audiobook.model.cue import Cue, Take
from audiobook.runtime.cache import Cache
from audiobook.synthesis import LostCue, Recorder, cue_key, load_sound
from tests.fake_engines import misbehaving

SHORT_TIMEOUT = 0.5  # seconds, besides a tenth a letter
TEXT = "So."


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "shelf")


@pytest.fixture(autouse=True)
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where engines that fail once remember that they did."""
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv(misbehaving.MARKS, str(folder))
    return folder


def recorder_on(cache: Cache, workers: int = 2) -> Recorder:
    return Recorder(cache, misbehaving.speak, workers=workers, timeout=SHORT_TIMEOUT)


def keyed(*cues: Cue) -> list[tuple[str, Cue]]:
    return [(cue_key(cue, "1"), cue) for cue in cues]


def record(cache: Cache, *cues: Cue, workers: int = 1) -> list[Take | LostCue]:
    with recorder_on(cache, workers) as recorder:
        return list(recorder.record(keyed(*cues)))


def interrupt_after(seconds: float, outcomes: Iterator[Take | LostCue]) -> None:
    next(outcomes)
    time.sleep(seconds)
    raise KeyboardInterrupt


def takes(outcomes: list[Take | LostCue]) -> list[Take]:
    assert all(isinstance(outcome, Take) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Take)]


def test_every_cue_becomes_a_take_in_the_cache(cache: Cache) -> None:
    cues = [misbehaving.cue("fine", f"Line number {n} of the harbour.") for n in range(40)]
    made = takes(record(cache, *cues))
    assert {take.key for take in made} == {key for key, _ in keyed(*cues)}
    for take in made:
        sound = load_sound(cache, take.key)
        assert (sound.samples, sound.sample_rate) == (take.samples, take.sample_rate)
        assert cache.path("takes", take.key).is_file()
        assert take.fresh


def test_a_cached_cue_is_not_spoken_again(cache: Cache, marks: Path) -> None:
    cue = misbehaving.cue("leaves its number")
    record(cache, cue)
    for mark in marks.iterdir():
        mark.unlink()
    (again,) = takes(record(cache, cue))
    assert not again.fresh
    assert not list(marks.iterdir())


def test_a_repeated_key_is_recorded_once(cache: Cache) -> None:
    cue = misbehaving.cue("fine")
    assert len(record(cache, cue, misbehaving.cue("fine", "Something else."), cue, cue)) == 2


def test_a_damaged_take_is_recorded_again(cache: Cache) -> None:
    (take,) = takes(record(cache, misbehaving.cue("fine")))
    path = cache.path("takes", take.key)
    path.write_bytes(path.read_bytes()[:-2])
    (again,) = takes(record(cache, misbehaving.cue("fine")))
    assert again.fresh
    assert load_sound(cache, again.key).samples == take.samples


@pytest.mark.parametrize("way", ["fails once", "leaves once", "hangs once", "is silent once"])
def test_a_failed_cue_is_tried_again(cache: Cache, way: str) -> None:
    (take,) = takes(record(cache, misbehaving.cue(way, TEXT)))
    assert take.fresh


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("hangs", "no answer in time"),
        ("leaves", "exit code 3"),
        ("fails", "ValueError: no voice today"),
        ("fails strangely", "a strange failure"),
        ("says nothing", "silent"),
        ("is silent", "silent"),
        ("is cut off", "cut off"),
        ("is stuck", "too long"),
        ("is noise", "noise"),
        ("lies about the rate", "cut off"),
        ("returns garbage", "Error"),
    ],
)
def test_a_cue_that_always_fails_is_lost_and_the_others_are_recorded(cache: Cache, way: str, reason: str) -> None:
    text = TEXT if way == "hangs" else "The harbour lay quiet under the snow."
    good = [misbehaving.cue("fine", f"Line number {n}.") for n in range(3)]
    outcomes = record(cache, good[0], misbehaving.cue(way, text), *good[1:])
    (lost,) = [outcome for outcome in outcomes if isinstance(outcome, LostCue)]
    assert reason in lost.reason
    assert lost.attempts == 3
    assert str(lost.cue.place) == "chapter 1, paragraph 2, line 3"
    assert len(outcomes) == 4
    assert cache.peek("takes", lost.key) is None


LONG = "The harbour lay quiet under the snow, and the ferry that should have come at noon had not come by night."


@pytest.mark.parametrize(("way", "reason"), [("says half", "cut off"), ("says it twice", "too long")])
def test_a_take_with_missing_or_repeated_words_is_lost_if_the_pace_is_known(
    cache: Cache, way: str, reason: str
) -> None:
    cue = misbehaving.cue(way, LONG)
    with recorder_on(cache) as recorder:
        recorder.set_pace(cue.voice, 1.1)
        (lost,) = recorder.record(keyed(cue))
    assert isinstance(lost, LostCue)
    assert reason in lost.reason
    assert not cache.usage()["takes"].entries


def test_a_take_cached_before_the_pace_was_known_is_checked_against_it(cache: Cache) -> None:
    cue = misbehaving.cue("says half once", LONG)
    (half,) = takes(record(cache, cue))
    with recorder_on(cache) as recorder:
        recorder.set_pace(cue.voice, 1.1)
        (whole,) = takes(list(recorder.record(keyed(cue))))
    assert whole.fresh
    assert whole.samples > 1.8 * half.samples
    (again,) = takes(record(cache, cue))
    assert not again.fresh


def test_a_missing_engine_ends_recording_at_once(cache: Cache) -> None:
    with pytest.raises(MissingToolError, match="not installed"):
        record(cache, *(misbehaving.cue("is missing", f"Line {n}.") for n in range(100)))


def test_an_engine_that_always_fails_ends_recording(cache: Cache) -> None:
    asked = []

    def cues() -> Iterator[tuple[str, Cue]]:
        for n in range(10_000):
            asked.append(n)
            yield from keyed(misbehaving.cue("fails", f"Line {n}."))

    with recorder_on(cache) as recorder, pytest.raises(EngineError, match="fails for every text: ValueError: no voice"):
        list(recorder.record(cues()))
    assert len(asked) < 100


def test_cues_are_requested_only_a_little_ahead(cache: Cache) -> None:
    pulled = 0

    def cues() -> Iterator[tuple[str, Cue]]:
        nonlocal pulled
        for n in range(400):
            pulled += 1
            yield from keyed(misbehaving.cue("fine", f"Line {n}."))

    with recorder_on(cache) as recorder:
        for settled, _ in enumerate(recorder.record(cues()), 1):
            assert pulled - settled <= 33
    assert pulled == 400


def test_a_cache_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeliveryError, match="cannot be written"):
        record(Cache(tmp_path / "file"), misbehaving.cue("fine"))


def test_an_interruption_ends_fast_and_keeps_finished_takes(cache: Cache) -> None:
    cues = [misbehaving.cue("fine", f"Line {n}.") for n in range(10)]
    began = time.monotonic()
    recorder = recorder_on(cache, workers=1)
    with recorder, pytest.raises(KeyboardInterrupt):
        interrupt_after(1.0, recorder.record(keyed(*cues, misbehaving.cue("hangs"))))
    assert time.monotonic() - began < 8
    assert cache.usage()["takes"].entries == 10
    assert not list((cache.root / "v2" / "drafts").iterdir())


def test_a_deleted_take_is_an_error_with_a_hint(cache: Cache) -> None:
    (take,) = takes(record(cache, misbehaving.cue("fine")))
    cache.path("takes", take.key).unlink()
    with pytest.raises(DeliveryError) as caught:
        load_sound(cache, take.key)
    assert "build again" in str(caught.value.hint)


def test_a_recorder_can_record_several_times(cache: Cache, marks: Path) -> None:
    with recorder_on(cache, workers=1) as recorder:
        recorder.warm_up()
        for text in ("One.", "Two."):
            list(recorder.record(keyed(misbehaving.cue("leaves its number", text))))
    assert len(list(marks.iterdir())) == 1
    assert str(os.getpid()) not in {mark.name for mark in marks.iterdir()}


def test_what_is_prefetched_comes_to_the_cache_when_it_is_asked_for_and_is_spoken_once(cache: Cache) -> None:
    asked, guessed = keyed(misbehaving.cue("fine", "Once."), misbehaving.cue("fine", "Never asked for."))
    with recorder_on(cache) as recorder:
        recorder.prefetch([asked, guessed], lambda: False)
        assert cache.usage()["takes"].entries == 0
        first = [outcome.key for outcome in recorder.record([asked])]
        spoken = cache.path("takes", asked[0]).stat().st_ino
        again = [outcome for outcome in recorder.record([asked]) if isinstance(outcome, Take)]
    with recorder_on(cache) as recorder:
        later = [outcome for outcome in recorder.record([asked]) if isinstance(outcome, Take)]
    assert first == [asked[0]]
    assert [take.fresh for take in again] == [True]  # it made it itself
    assert [take.fresh for take in later] == [False]
    assert cache.path("takes", asked[0]).stat().st_ino == spoken
    assert cache.usage()["takes"].entries == 1


def test_no_more_is_prefetched_than_there_is_time_for(cache: Cache) -> None:
    with recorder_on(cache) as recorder:
        recorder.prefetch(keyed(misbehaving.cue("fine", "Too late.")), lambda: True)
        assert not recorder._prefetched


def test_a_prefetched_cue_that_fails_is_tried_again_when_it_is_asked_for(cache: Cache) -> None:
    wanted = keyed(misbehaving.cue("fails once", TEXT))
    with recorder_on(cache) as recorder:
        recorder.prefetch(wanted, lambda: False)
        assert [type(outcome) for outcome in recorder.record(wanted)] == [Take]


def test_what_was_prefetched_when_a_build_is_interrupted_is_kept(cache: Cache) -> None:
    (key, cue), last = keyed(misbehaving.cue("fine", "Foreseen."), misbehaving.cue("fine", "And this."))

    def interrupted() -> None:
        with recorder_on(cache, workers=1) as recorder:
            recorder.prefetch([(key, cue)], lambda: False)
            interrupt_after(0, recorder.record([last]))  # which was behind it

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert cache.peek("takes", key) is not None
