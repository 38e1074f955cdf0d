"""Japanese is spoken from its readings, and refused in a sentence where they are not installed."""

import sys

import pytest

from audiobook.errors import MissingToolError
from audiobook.languages.ja import readings
from audiobook.normalization import spoken_form


@pytest.fixture
def without_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    readings._load_tokenizer.cache_clear()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("「来たのか」と老人は言った。", "きたのかとろうじんわいった。"),
        ("東京へ行く。", "とうきょうえいく。"),
        ("2024年3月5日", "2024ねん3がつ5にち"),
        ("コーヒーを飲む", "コーヒーをのむ"),
    ],
)
def test_words_with_kanji_are_spoken_by_their_readings(written: str, spoken: str) -> None:
    pytest.importorskip("sudachipy", reason="the extra japanese is not installed")
    assert spoken_form(written, language="ja") == spoken


def test_a_long_text_is_read_whole() -> None:
    pytest.importorskip("sudachipy", reason="the extra japanese is not installed")
    assert readings.write_in_kana("雨が降る。" * 5_000) == "あめがふる。" * 5_000


@pytest.mark.usefixtures("without_readings")
def test_without_the_readings_a_text_with_kanji_is_refused_with_the_line_that_installs_them() -> None:
    with pytest.raises(MissingToolError, match="kanji") as raised:
        spoken_form("雨が降る。", language="ja")
    assert raised.value.hint == "install them with: pip install 'fullcast[japanese]'"
    readings._load_tokenizer.cache_clear()


@pytest.mark.usefixtures("without_readings")
def test_kana_needs_no_readings() -> None:
    assert spoken_form("あめが ふる。", language="ja") == "あめが ふる。"
