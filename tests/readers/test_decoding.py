import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.readers import read_text
from audiobook.readers.sources import decode

TEXT = "“Café,” she said — it’s 5 £.\nAnd that was that. The rest of the story is plain.\n" * 20


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", codecs.BOM_UTF32_LE), ("cp1252", b""),
    ],
)  # fmt: skip
def test_every_encoding_met_in_the_wild_gives_the_same_text(encoding: str, mark: bytes) -> None:
    assert decode(mark + TEXT.encode(encoding), "x") == TEXT


def test_windows_quotes_and_latin_letters_are_told_from_utf_8() -> None:
    assert decode(b"\x93Hello,\x94 said Zo\xeb \x96 it\x92s me\x85", "x") == "“Hello,” said Zoë – it’s me…"


def test_a_few_foreign_bytes_do_not_spoil_utf_8() -> None:
    data = TEXT.encode() + b"\x93odd\x94"
    assert decode(data, "x") == TEXT + "“odd”"


def test_old_macintosh_apostrophes_are_recognised() -> None:
    assert decode("“Don’t,” she said. It’s late.".encode("mac-roman"), "x") == "“Don’t,” she said. It’s late."


def test_text_in_other_scripts_is_guessed() -> None:
    text = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему. " * 20
    assert decode(text.encode("cp1251"), "x") == text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_are_those_of_python(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"one{ending}{ending}two{ending}three\x0c four".encode())
    assert read_text(path) == path.read_text(encoding="utf-8") == "one\n\ntwo\nthree\x0c four"


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    assert decode(b"# " + text.encode(), "x") == "# " + text
