"""Speed and scale held against regression on any machine: ratios of CPU time, which other work there hardly changes."""

import pytest

from tests.benchmarks.books import write_book
from tests.benchmarks.build import Bench, Built

SHORT, LONG = 1_500, 4_500  # words
OFTEN = 0.05  # seconds between looks at the memory: of a build of three seconds, rare looks miss the peak


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bench, Bench]:
    """A short and a long book, each with a shelf of its own."""
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
def test_more_text_costs_hardly_more_than_speaking_and_encoding_it(
    benches: tuple[Bench, Bench], built: tuple[Built, Built]
) -> None:
    """What every build costs once, such as starting processes, is left out by taking the difference of two books."""
    took = built[1].usage.cpu - built[0].usage.cpu
    limit = benches[1].limit()["cpu"] - benches[0].limit()["cpu"]
    assert took < 2.5 * limit


@pytest.mark.engine
def test_more_text_needs_hardly_more_memory(built: tuple[Built, Built]) -> None:
    assert built[1].usage.peak < 1.25 * built[0].usage.peak


@pytest.mark.engine
def test_nothing_is_made_twice_and_a_rebuild_costs_a_fraction(
    benches: tuple[Bench, Bench], built: tuple[Built, Built]
) -> None:
    again = benches[1].build()
    assert (again.report["recorded"], again.report["reels_encoded"]) == (0, 0)
    assert again.usage.cpu < 0.3 * built[1].usage.cpu
