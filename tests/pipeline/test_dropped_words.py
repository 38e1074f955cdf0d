"""What is spoken is what the engine got: a word that the spoken form leaves out is in the ledger as not spoken."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.request import BuildRequest, BuildResult
from audiobook.normalization import spoken_form
from audiobook.pipeline.build import build
from audiobook.pipeline.scripts import contents
from audiobook.pipeline.spoken_lines import find_dropped_words
from tests.readers.stories import story


def built(text: str, folder: Path) -> BuildResult:
    (folder / "book.txt").write_text(text, encoding="utf-8")
    return build(BuildRequest(book=folder / "book.txt", engine="tone", jobs=1))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Mara fell. <Mission failed; time limit: 8 hours.> It hung.", "Mission failed; time limit: eight hours."),
        ("<Can you hear me?> Mara sent.", "Can you hear me?"),
        ("<<Only just,>> Tobin answered.", "Only just,"),
        ("The ratio (π) is known.", "pi"),
        ("If a<b and c>d, stop.", "b and c"),
    ],
)
def test_words_in_brackets_are_spoken(text: str, spoken: str) -> None:
    assert spoken in spoken_form(text)
    assert find_dropped_words(text) == ()


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("See <b>bold</b> words.", ()),
        ('It is <p class="x">this</p> here.', ("<p",)),
        ("He left [12] and came.", ("[12]",)),
        ("One ① two.", ("①",)),
        ("Nothing is lost here.", ()),
    ],
)
def test_dropped_words_are_found(text: str, dropped: tuple[str, ...]) -> None:
    assert find_dropped_words(text) == dropped


def test_a_dropped_word_is_in_the_ledger_as_not_spoken(tmp_path: Path) -> None:
    ledger = built(f"{story(1)}\n\nHe left ⓫ and came back to the river.\n", tmp_path).report.ledger
    assert ledger.faults == ()
    assert [(part.words, part.opening) for part in ledger.skipped if part.reason == "nothing to be spoken"] == [
        (1, "⓫")
    ]
    assert ledger.spoken == ledger.words - 1


WORDS = st.sampled_from(
    ["river", "<Mission", "failed>", "(π)", "[12]", "①", "<b>", "</b>", '<a href="x">', "x[3]", "*", "❷"]
)


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_the_spoken_form_has_every_word_that_is_not_dropped(words: list[str]) -> None:
    text = " ".join(["Oona", *words, "walked"])
    kept = [word for word in text.split() if word not in find_dropped_words(text)]
    said = re.findall(r"[a-z]+", spoken_form(text).lower())
    plain = ["oona", "walked", "river", "mission", "failed", "pi"]
    wanted = [re.sub(r"[^a-zπ]", "", word.lower()).replace("π", "pi") for word in kept]
    assert [word for word in said if word in plain] == [word for word in wanted if word in plain]


@settings(max_examples=10, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=20))
def test_the_ledger_balances_and_agrees_with_the_list_of_chapters(words: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = built(f"{story(1)}\n\nOona said {' '.join(words)} again.\n", Path(folder)).report.ledger
        listed = contents(Path(folder) / "book.txt")
    assert ledger.faults == ()
    read = sum(part.words for part in ledger.skipped if part.reason != "nothing to be spoken")
    assert sum(part.words for part in listed.skipped) == read
