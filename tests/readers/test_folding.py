"""Characters that cannot be seen or only look different are folded when a book is read, and nothing is lost."""

from pathlib import Path

import pytest

from audiobook import readers
from audiobook.readers.folding import fold_text
from tests.readers.epubs import Epub, page

ODD = [
    ("Tam\u00adsin", "Tamsin"),
    ("Tam\u00ad\n  sin went", "Tamsin went"),
    ("hap¬\npened", "happened"),
    ("Act Ⅳ", "Act IV"),
    ("ﬁne ﬂour", "fine flour"),
    ("𝐁𝐨𝐥𝐝", "Bold"),
    ("① and ❸", "1 and 3"),
    ("Ｎ高校１２", "N高校12"),
    ("ｶﾞｽ", "ガス"),
    ("Jo\u200bnas\ufeff \u200eran", "Jonas ran"),
    ("a\u200db", "ab"),
    ("E\u0301mile", "Émile"),
    ("O\u02bcBrien, Jean\u2011Luc", "O’Brien, Jean-Luc"),
]
KEPT = ["10⁶ metres", "½ ™ №", "！？「」、", "می\u200cخواهم", "क्\u200dष", "👩\u200d👩", "plain", "“curly” – dashes…"]


@pytest.mark.parametrize(("text", "plain"), ODD)
def test_odd_characters_become_plain_ones(text: str, plain: str) -> None:
    assert fold_text(text) == plain
    assert fold_text(plain) == plain


@pytest.mark.parametrize("text", KEPT)
def test_characters_that_mean_something_stay(text: str) -> None:
    assert fold_text(text) == text


WRAPPED = """
The rain had come down all week over the roofs of Harbury, and nobody
went out who could stay in. The old woman swept the step twice a day for
want of anything else to sweep, and looked along the road to the river.

Nothing came along it but water, and a dog that belonged to the miller.
By evening the lamps were lit in the inn, and somebody played a fiddle.
"""

STORY = f"""CHAPTER Ⅰ
{WRAPPED}
Tam\u00adsin met Jo\u200bnas. “ﬁne,” said Tam\u00adsin to him. She had hap-
pened to see him by the river where the boats are kept, and a well-
known face it was. It happened on a Monday. A well-known face, he said good-
bye.

CHAPTER Ⅱ
{WRAPPED}
They met again in the same place on the day after that, as it happened,
and nobody was there.
"""


def wrapped(text: str) -> str:
    return f"CHAPTER I\n{WRAPPED}\n{text}\n\nCHAPTER II\n{WRAPPED}"


def folded(path: Path) -> list[str]:
    book = readers.read_book(path)
    assert readers.account_of(path, book).faults == ()
    return [paragraph.text for chapter in book.chapters for paragraph in chapter.paragraphs]


def test_a_plain_text_is_folded_and_its_account_balances(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    texts = folded(path)
    assert texts[0] == "CHAPTER I"
    assert texts[3].startswith("Tamsin met Jonas. “fine,” said Tamsin to him. She had happened to see him by the river")
    assert texts[3].endswith("a well-known face it was. It happened on a Monday. A well-known face, he said good-bye.")


def test_places_in_the_source_stay_right_behind_a_joined_word(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    source = readers.read_text(path)
    paragraph = next(p for c in readers.read_book(path).chapters for p in c.paragraphs if "Monday" in p.text)
    at = paragraph.text.index("Monday")
    span = paragraph.source_span(at, at + len("Monday"))
    assert span is not None
    assert source[slice(*span)] == "Monday"


def test_an_epub_is_folded_and_its_account_balances(tmp_path: Path) -> None:
    body = "<h1>Act Ⅳ</h1><p>Tam&#173;sin met Jo&#x200b;nas and had hap-\npened by.</p><p>It happened so. 𝐁𝐨𝐥𝐝!</p>"
    path = Epub(pages={"a.xhtml": page(body)}).write(tmp_path)
    assert folded(path) == ["Act IV", "Tamsin met Jonas and had happened by.", "It happened so. Bold!"]


def test_a_hyphen_that_nothing_decides_stays(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    text = "In the morning of the third day he went out to look for the quilly-\nwunk and ran off to the sea."
    path.write_text(wrapped(text), encoding="utf-8")
    assert "for the quilly-wunk and" in folded(path)[3]


def test_in_a_scanned_book_the_dictionary_decides(tmp_path: Path) -> None:
    words = ["car-\npet", "win-\ndow", "gar-\nden", "vil-\nlage", "sol-\ndier", "quilly-\nwunk"]
    filler = "that the man and the woman had seen on the day before it was a"
    path = tmp_path / "story.txt"
    path.write_text(wrapped(" ".join(f"{filler} {word}" for word in words) + " again."), encoding="utf-8")
    text = folded(path)[3]
    assert all(word in text for word in ("carpet", "window", "garden", "village", "soldier", "quilly-wunk again."))
