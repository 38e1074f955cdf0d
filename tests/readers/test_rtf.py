"""What is read from a Rich Text document, and what is left out of it."""

from pathlib import Path

import pytest

from audiobook.model.book import Book
from audiobook.readers import account_of, read_book

_STYLES = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1 Mine;}{\*\cs10 Emphasis;}}"
_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f1\fcharset204 Times Cyr;}{\f2\fcharset2 Wingdings;}}"
_INFO = r"{\info{\title The Crossing}{\author Ann Lee}{\operator Bo}}"
_CHAPTERS = r"\pard\s1 The Quay\par\pard %s\par\pard\s1 The Ferry\par\pard The end.\par"


def write(folder: Path, body: str, head: str = _HEAD + _STYLES + _INFO) -> Path:
    path = folder / "book.rtf"
    path.write_bytes((head + body + "}").encode("cp1252"))
    return path


def read(path: Path) -> Book:
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def first(tmp_path: Path, text: str) -> list[str]:
    """The paragraphs of the first of two chapters, without its heading."""
    book = read(write(tmp_path, _CHAPTERS % text))
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]
    return [p.text for p in book.chapters[0].paragraphs[1:]]


def reasons(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "book.rtf"
    return {part.reason: part.opening for part in account_of(path, read_book(path)).skipped}


def test_title_and_author_are_those_of_the_document(tmp_path: Path) -> None:
    facts = read(write(tmp_path, _CHAPTERS % "It rained.", _HEAD + r"\deflang1036" + _STYLES + _INFO)).facts
    assert (facts.title, facts.authors, facts.language) == ("The Crossing", ("Ann Lee",), "fr-FR")


@pytest.mark.parametrize("mark", [r"\outlinelevel0 ", r"\s1 ", r"\s2 "])
def test_headings_are_known_by_outline_level_and_by_style(tmp_path: Path, mark: str) -> None:
    body = rf"\pard{mark}The Quay\par\pard It rained.\par\pard{mark}The Ferry\par\pard The end.\par"
    assert [chapter.title for chapter in read(write(tmp_path, body)).chapters] == ["The Quay", "The Ferry"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"caf\'e9", "café"),
        (r"\f1\'cc\'e8\'f0\plain .", "Мир."),
        (r"\u1052?\u1080?\u1088?", "Мир"),
        (r"\uc0\u1052\u1080\u1088", "Мир"),
        (r"{\uc2\u8220\'93\'93}Yes\u8221\'94", "“Yes”"),
        (r"\u-10179?\u-8704? it", "😀 it"),
        (r"be\-fore co\_op\~now", "before co-op now"),
        (r"\ldblquote It\rquote s late\emdash so\rdblquote", "“It’s late—so”"),
        (r"\{a\}\\b", r"{a}\b"),
        ("It\r\n rained", "It rained"),
        (r"{\upr{Mir}{\*\ud{M\u1080?r}}}", "Mиr"),
    ],
)
def test_characters_are_decoded(tmp_path: Path, text: str, meant: str) -> None:
    assert first(tmp_path, text) == [meant]


def test_emphasis_is_kept_and_deleted_and_hidden_text_is_left_out(tmp_path: Path) -> None:
    text = r"It {\i was} {\deleted early}{\revised late}, {\b so}{\v  secret}."
    found = read(write(tmp_path, _CHAPTERS % text)).chapters[0].paragraphs[1]
    assert found.text == "It was late, so."
    assert [found.text[a:b] for a, b in found.emphasis] == ["was", "so"]
    assert reasons(tmp_path) == {"deleted text": "early", "hidden text": "secret"}


@pytest.mark.parametrize(
    "note", [r"{\footnote\pard\plain \chftn Of stone.}", r"{\*\footnote\ftnalt \chftn Of stone.\par}"]
)
def test_notes_are_left_out_with_their_marks(tmp_path: Path, note: str) -> None:
    assert first(tmp_path, rf"The quay{{\super\chftn{note}}} was wet.") == ["The quay was wet."]
    assert reasons(tmp_path)["notes"] == "Of stone."


def test_headers_comments_and_unknown_destinations_are_left_out(tmp_path: Path) -> None:
    text = r"{\header\pard Draft\par}It {\*\atnid B}{\*\annotation Too long?}rained{\*\new secret}."
    assert first(tmp_path, text) == ["It rained."]
    assert {"page header": "Draft", "comment": "Too long?"}.items() <= reasons(tmp_path).items()


def test_fields_show_their_results_but_not_page_numbers_and_contents(tmp_path: Path) -> None:
    field = r"{\field{\*\fldinst %s}{\fldrslt %s}}"
    link, page = field % ('HYPERLINK "http://x"', "here"), field % ("PAGE", "12")
    contents = field % (r"TOC \\o", r"The Quay 1\par The Ferry 2\par ")
    book = read(write(tmp_path, contents + _CHAPTERS % f"It rained {link} {page}."))
    assert [p.text for c in book.chapters for p in c.paragraphs] == [
        "The Quay",
        "It rained here .",
        "The Ferry",
        "The end.",
    ]


def test_pictures_and_binary_data_are_skipped_and_the_first_is_the_cover(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(8)
    cover = r"{\*\shppict{\pict\pngblip " + png.hex() + r"}}{\nonshppict{\pict 00}}\par "
    text = r"It{\pict\bin4 }{}x} rained."
    book = read(write(tmp_path, cover + _CHAPTERS % text))
    assert book.chapters[0].paragraphs[1].text == "It rained."
    assert book.cover is not None
    assert book.cover.data == png


def test_tables_lists_lines_and_page_breaks_are_kept(tmp_path: Path) -> None:
    row = r"\trowd\pard\intbl Bram\cell 60\cell\row\pard "
    items = r"{\listtext 1.\tab}one\par {\listtext 2.\tab}two\par "
    book = read(write(tmp_path, _CHAPTERS % (row + items + r"O sea,\line O sky!\par\page Later.")))
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs[1:]] == [
        ("prose", "Bram"), ("prose", "60"), ("prose", "one"), ("prose", "two"), ("verse", "O sea,\nO sky!"),
        ("break", ""), ("prose", "Later."),
    ]  # fmt: skip


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard In a box.\par}}{\shprslt{\*\do{\dptxbxtext In a box.}}}}"
    assert sorted(first(tmp_path, f"It {box}rained.")) == ["In a box.", "It rained."]


def test_signs_of_a_font_of_pictures_are_ornaments(tmp_path: Path) -> None:
    book = read(write(tmp_path, _CHAPTERS % r"One.\par{\f2\'a2\'a3}\par Two."))
    assert [p.kind for p in book.chapters[0].paragraphs] == ["heading", "prose", "break", "prose"]


def test_a_document_of_another_name_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "book.doc"
    path.write_bytes(write(tmp_path, _CHAPTERS % "It rained.").read_bytes())
    assert len(read(path).chapters) == 2
