"""Speed and scale do not regress on any machine: ratios of CPU time, which other work on the machine hardly changes."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from audiobook.model.request import Encoding
from audiobook.runtime import cache_record
from audiobook.writers.mp3 import encoding
from tools.benchmarks.books import write_book
from tools.benchmarks.build import Bench, Built

SHORT, LONG = 1_500, 4_500  # words
OFTEN = 0.05  # seconds between looks at the memory: of a build of three seconds, rare looks miss the peak


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bench, Bench]:
    """A short and a long book, each with a cache of its own."""
    found = []
    for words in (SHORT, LONG):
        folder = tmp_path_factory.mktemp("bench")
        bench = Bench(folder, folder / "book.txt", OFTEN)
        write_book(bench.book, words)
        found.append(bench)
    return found[0], found[1]


@pytest.fixture(scope="module")
def built(benches: tuple[Bench, Bench]) -> tuple[Built, Built]:
    """Both, built from nothing."""
    return benches[0].build_anew(), benches[1].build_anew()


@pytest.mark.engine
def test_cpu_time_grows_little_more_than_linearly_with_the_text(
    benches: tuple[Bench, Bench], built: tuple[Built, Built]
) -> None:
    """What every build costs once, such as starting processes, is left out by taking the difference of two books."""
    took = built[1].usage.cpu - built[0].usage.cpu
    limit = benches[1].limit()["cpu"] - benches[0].limit()["cpu"]
    assert took < 2.5 * limit


@pytest.mark.engine
def test_memory_grows_little_with_the_text(built: tuple[Built, Built]) -> None:
    assert built[1].usage.peak < 1.25 * built[0].usage.peak


@pytest.mark.engine
def test_nothing_is_made_twice_and_a_rebuild_is_much_cheaper(
    benches: tuple[Bench, Bench], built: tuple[Built, Built]
) -> None:
    again = benches[1].build()
    assert (again.report["recorded"], again.report["reels_encoded"]) == (0, 0)
    assert again.usage.cpu < 0.3 * built[1].usage.cpu


@pytest.mark.skipif(not encoding.has_lame(), reason="there is no wheel of LAME for this machine")
def test_a_checksum_does_not_slow_down_later_code(tmp_path: Path) -> None:
    """There are libraries that don't: after their 512-bit instructions, LAME takes twice as long in the same thread."""
    take = tmp_path / "take"
    cache_record.write(str(take), random.Random(512).randbytes(500_000), {})
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:  # for what was slowed down stays slow
        plain, read = fresh.submit(_encoding_what_is_there_and_what_is_read, take).result()
    assert read < 1.4 * plain


def _encoding_what_is_there_and_what_is_read(path: Path) -> tuple[float, float]:
    def read() -> bytes:
        with path.open("rb") as file:
            found = cache_record.read(file, whole=True)
        assert found is not None
        return found[1]

    sound = read()
    plain = min(_encoding(lambda: sound) for _ in range(3))
    return plain, min(_encoding(read) for _ in range(3))


def _encoding(sound: Callable[[], bytes]) -> float:
    """Seconds of CPU for a minute of it."""
    begun = time.process_time()
    encoding.encode_frames((sound() for _ in range(5)), Encoding())
    return time.process_time() - begun
