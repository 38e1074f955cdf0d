"""A ranker trained on short stories."""

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("lightgbm", reason="learning needs the `train` extra")

from audiobook.attribution.ranking.forest import Forest
from audiobook.attribution.ranking.ranker import Ranker, rank_candidates
from tests.tools.test_labels import write
from tools.training.crossing import UNKNOWN, guesses
from tools.training.examples import Novel, examples_of, read_novel
from tools.training.fitting import Fitting, _tree

HANDS = ("Ada", "Ben"), ("Cora", "Dan"), ("Eve", "Finn")


@pytest.fixture
def novels(tmp_path: Path) -> list[Novel]:
    return [make(tmp_path / "".join(pair), *pair) for pair in HANDS]


def make(folder: Path, one: str, other: str, talk: int = 200) -> Novel:
    folder.mkdir()
    tags = [f" said {(one, other)[at % 2]}." if at % 4 < 2 else "" for at in range(talk)]
    said = [f'"Number {at},"{tag}' for at, tag in enumerate(tags)]
    text = f"{one} met {other} on the quay.\n\n" + "\n\n".join(said)
    (folder / "novel_text.txt").write_text(text, encoding="utf-8")
    starts = [text.index(f'"Number {at},') for at in range(talk)]
    ends = [text.index(',"', at) + 2 for at in starts]
    spans = zip(starts, ends, strict=True)
    rows = [((one, other)[n % 2], "Explicit", f"[[{start}, {end}]]") for n, (start, end) in enumerate(spans)]
    write(folder / "quotation_info.csv", ("speaker", "quoteType", "quoteByteSpans"), *rows)
    write(folder / "character_info.csv", ("Main Name", "Aliases", "Gender"), (one, "", "F"), (other, "", "M"))
    return read_novel(folder, folder.name)


def without(novels: list[Novel], fold: int | None) -> Ranker:
    return Fitting(examples_of(novels)).ranker(fold, UNKNOWN)


def test_a_ranker_learns_that_two_people_take_turns(novels: list[Novel]) -> None:
    ranker = without(novels, 2)
    assert ranker.second.columns
    assert all(guess.right for guess in guesses(ranker, novels[2]))


def test_training_twice_gives_the_same_ranker(novels: list[Novel]) -> None:
    assert without(novels, None) == without(novels, None)


def test_a_ranker_does_not_depend_on_the_fold_left_out(novels: list[Novel], tmp_path: Path) -> None:
    other = make(tmp_path / "other", "Gil", "Hal", talk=40)
    swapped = [replace(other, author=novels[2].author) if novel is novels[2] else novel for novel in novels]
    assert without(novels, 2) == without(swapped, 2)


def test_the_odds_of_all_candidates_sum_to_one(novels: list[Novel]) -> None:
    ranker = without(novels, 2)
    probabilities = rank_candidates(novels[2].parsed, novels[2].candidate_sets, ranker)
    assert [sum(own.values()) for own in probabilities] == pytest.approx([1.0] * len(probabilities))


def test_a_rounded_threshold_still_separates_negative_values_from_zero() -> None:
    grown = _tree(
        {
            "split_feature": 0,
            "threshold": -1e-35,
            "left_child": {"leaf_value": -2.0},
            "right_child": {"leaf_value": 1.0},
        }
    )
    forest = Forest(columns=("tag is",), trees=(grown,))
    assert [forest.score({"tag is": value}) for value in (-1.0, 0.0, 1.0)] == [-2.0, 1.0, 1.0]


def test_a_book_without_turns_has_no_effect(novels: list[Novel], tmp_path: Path) -> None:
    silent = make(tmp_path / "silent", "Gil", "Hal", talk=0)
    silent = replace(silent, author=novels[0].author)
    ranker = without([*novels, silent], 2)
    assert ranker == without(novels, 2)
    assert list(guesses(ranker, silent)) == []
