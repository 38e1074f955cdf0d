"""Files that are no books, broken books and malicious ones: one clear sentence each, in bounded time and memory."""

import contextlib
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.readers import digest, read_book, read_script
from tests.readers.epubs import Epub, page, prose

SCRIPT = "audiobook script, version 1: who says what in a book\n\ntitle: T\n\n== cast\n\n== chapter 1: One\n"


def complaint(path: Path) -> BookError:
    with pytest.raises(BookError) as caught:
        read_book(path)
    assert "\n" not in caught.value.message
    assert str(path) in (caught.value.where or "")
    return caught.value


def wrote(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "The Lamp.txt").write_text("x")
    error = complaint(tmp_path / "the lmap.txt")
    assert "no such file" in error.message
    assert "The Lamp.txt" in (error.hint or "")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert "no folder" in (complaint(tmp_path / "nowhere" / "a.txt").hint or "")


def test_folders_empty_files_and_files_without_text_have_their_own_sentences(tmp_path: Path) -> None:
    assert "folder" in complaint(tmp_path).message
    assert "empty" in complaint(wrote(tmp_path / "a.txt", b"")).message
    assert "no text" in complaint(wrote(tmp_path / "b.txt", b" \n\n \t\n")).message
    assert "no text" in complaint(wrote(tmp_path / "c.md", b"---\ntitle: x\n---\n\n")).message
    assert "no text" in complaint(Epub(pages={"a.xhtml": page("<p></p>")}).write(tmp_path)).message


def test_an_unreadable_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = wrote(tmp_path / "a.txt", b"text")
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert "cannot be read" in complaint(path).message
    else:
        pytest.skip("this user may read anything")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), "program"),
        (b"MZ\x90\x00" + bytes(range(32)) * 9, "program"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "picture"),
        (b"PK\x03\x04" + bytes(90), "zip"),
        (bytes(60) + b"BOOKMOBI" + bytes(60), "Kindle"),
        (bytes(range(32)) * 100, "control characters"),
    ],
)
def test_other_files_named_as_text_are_told_by_what_they_are(tmp_path: Path, data: bytes, kind: str) -> None:
    assert kind in complaint(wrote(tmp_path / "book.txt", data)).message


def test_known_formats_that_are_not_read_name_those_that_are(tmp_path: Path) -> None:
    error = complaint(wrote(tmp_path / "book.mobi", b"x" * 100))
    assert "Kindle" in error.message
    assert ".epub" in (error.hint or "")


def test_a_text_named_epub_is_no_epub(tmp_path: Path) -> None:
    assert "not EPUB" in complaint(wrote(tmp_path / "book.epub", b"Once upon a time")).message


def test_an_epub_named_as_text_is_read_all_the_same(tmp_path: Path) -> None:
    path = Epub(pages={"a.xhtml": page(prose())}).write(tmp_path, "book.txt")
    assert read_book(path).facts.title == "The Lamp"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.99])
def test_a_truncated_epub_is_called_damaged(tmp_path: Path, share: float) -> None:
    data = Epub(pages={f"{n}.xhtml": page(prose()) for n in range(9)}).write(tmp_path).read_bytes()
    error = complaint(wrote(tmp_path / "cut.epub", data[: int(len(data) * share)]))
    assert "damaged" in error.message


def test_flipped_bytes_never_escape_as_anything_but_a_book_error(tmp_path: Path) -> None:
    data = Epub(pages={f"{n}.xhtml": page(prose()) for n in range(3)}).write(tmp_path).read_bytes()
    for at in range(0, len(data), 23):
        path = wrote(tmp_path / "flipped.epub", data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with contextlib.suppress(BookError):
            read_book(path)


@pytest.mark.parametrize(
    "members",
    [
        {"META-INF/encryption.xml": '<encryption xmlns:enc="x"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></enc:EncryptedData></encryption>'},
        {"META-INF/rights.xml": "<rights/>"},
        {"META-INF/sinf.xml": "<sinf/>"},
    ],
    ids=["encryption", "rights", "fairplay"],
)  # fmt: skip
def test_protected_books_are_called_so(tmp_path: Path, members: dict[str, str | bytes]) -> None:
    error = complaint(Epub(pages={"a.xhtml": page(prose())}, members=members).write(tmp_path))
    assert "DRM-protected" in error.message


def test_obfuscated_fonts_are_no_protection(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {
        "META-INF/encryption.xml": '<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        "</EncryptedData></encryption>"
    }
    assert read_book(Epub(pages={"a.xhtml": page(prose())}, members=members).write(tmp_path)).chapters


def test_a_zip_bomb_is_refused_quickly(tmp_path: Path) -> None:
    started = time.process_time()
    error = complaint(Epub(pages={"a.xhtml": "<p>" + "a" * 60_000_000}).write(tmp_path))
    assert "zip bomb" in error.message
    assert time.process_time() - started < 20


def test_headers_that_lie_about_sizes_are_not_trusted(tmp_path: Path) -> None:
    path = Epub(pages={"a.xhtml": "<p>" + "a" * 60_000_000}).write(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"OEBPS/a.xhtml") - 46
    struct.pack_into("<L", data, at + 24, 1000)  # the size the directory claims
    complaint(wrote(tmp_path / "liar.epub", bytes(data)))


def test_a_text_larger_than_any_book_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    assert "too large" in complaint(path).message


def test_many_members_are_refused_before_they_are_loaded(tmp_path: Path) -> None:
    path = tmp_path / "many.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(20_500):
            archive.writestr(f"{n}", b"")
    assert "files" in complaint(path).message


def test_entity_bombs_and_outside_entities_do_nothing(tmp_path: Path) -> None:
    secret = wrote(tmp_path / "secret.txt", b"TOP SECRET")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE html [{bomb}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Before &e11; and &f; after.</p>{prose()}</body></html>'
    )
    started = time.process_time()
    book = read_book(Epub(pages={"a.xhtml": text}).write(tmp_path))
    told = " ".join(p.text for p in book.chapters[0].paragraphs)
    assert "Before" in told
    assert "TOP SECRET" not in told
    assert len(told) < 10_000
    assert time.process_time() - started < 2


def test_an_entity_bomb_in_the_package_does_nothing_either(tmp_path: Path) -> None:
    path = tmp_path / "bomb.epub"
    made = Epub(pages={"a.xhtml": page(prose())}, metadata="<dc:title>&lol;</dc:title>")
    package = made.package().replace("<package", '<!DOCTYPE p [<!ENTITY lol "ha">]><package', 1)
    with zipfile.ZipFile(made.write(tmp_path)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, package if name.endswith(".opf") else old.read(name))
    assert "ha" not in read_book(path).facts.title


def test_names_that_climb_out_of_the_zip_write_nothing(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    made = Epub(pages={"a.xhtml": page(prose())}, members={"../evil.txt": "x", "/abs.txt": "x"})
    read_book(made.write(inside))
    assert not (tmp_path / "evil.txt").exists()


def test_deep_nesting_is_read_without_recursion(tmp_path: Path) -> None:
    for name in ("div", "q", "small", "span"):
        body = f"<{name}>" * 50_000 + "<p>Down here.</p>" + f"</{name}>" * 50_000 + prose()
        book = read_book(Epub(pages={"a.xhtml": page(body)}).write(tmp_path))
        assert {"Down here."} < {p.text for p in book.chapters[0].paragraphs}


def test_elements_left_open_take_no_text_with_them(tmp_path: Path) -> None:
    body = "<p>One</b>" + "<small>" * 1000 + "Down." + prose() + "<u>" * 1000 + prose()
    book = read_book(Epub(pages={"a.xhtml": page(body)}).write(tmp_path))
    assert sum("lamp burned" in p.text for p in book.chapters[0].paragraphs) == 12


@pytest.mark.parametrize("mark", ["<p/>", "<a b>"])
def test_more_tags_than_any_text_has_are_refused_before_they_are_parsed(tmp_path: Path, mark: str) -> None:
    started = time.process_time()
    error = complaint(Epub(pages={"a.xhtml": page(mark * 410_000 + prose(3000))}).write(tmp_path))
    assert "tags" in error.message
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#56320", "&#x0;", "&#xFFFF;", "&#x110000;", f"&#{'9' * 9000};", "&#XDFFF;"]
)
@pytest.mark.parametrize("broken", ["", "<b>", "&"])
def test_numbers_of_characters_that_do_not_exist_are_left_out(tmp_path: Path, reference: str, broken: str) -> None:
    body = f"<h1>One</h1><p title='{reference}'>Here{reference} it is.</p>{broken}{prose()}"
    made = Epub(pages={"a.xhtml": page(body)}, metadata=f"<dc:title>A{reference} B</dc:title>{broken}")
    book = read_book(made.write(tmp_path))
    assert book.facts.title.startswith("A")
    assert "it is." in " ".join(p.text for p in book.chapters[0].paragraphs)


@pytest.mark.parametrize("encoding", ["undefined", "idna", "punycode", "zlib", "rot13", "utf-7", "utf-16", "no-such"])
def test_encodings_that_are_none_are_not_believed(tmp_path: Path, encoding: str) -> None:
    text = page(prose()).replace('encoding="utf-8"', f'encoding="{encoding}"')
    assert "lamp burned" in read_book(Epub(pages={"a.xhtml": text}).write(tmp_path)).chapters[0].paragraphs[1].text


@pytest.mark.parametrize("beginning", ["<?xml" + "a" * 2_000_000, "<!DOCTYPE " * 200_000, " " * 2_000_000])
def test_beginnings_that_never_end_take_linear_time(tmp_path: Path, beginning: str) -> None:
    started = time.process_time()
    read_book(Epub(pages={"a.xhtml": beginning + prose(), "b.xhtml": page(prose())}).write(tmp_path))
    assert time.process_time() - started < 5


def test_titles_come_out_on_one_line_without_controls_or_overrides(tmp_path: Path) -> None:
    made = Epub(
        pages={"a.xhtml": page(f"<h1>A\u202ee\nvil\u0085 one</h1>{prose()}")},
        metadata="<dc:title>The\n\u2066 Lamp\u202e</dc:title>",
    )
    book = read_book(made.write(tmp_path))
    assert book.facts.title == "The Lamp"
    assert book.chapters[0].title == "Ae vil one"


def test_a_digest_is_of_the_content_alone(tmp_path: Path) -> None:
    one, two = wrote(tmp_path / "a.txt", b"same"), wrote(tmp_path / "b.txt", b"same")
    assert digest(one) == digest(two) != digest(wrote(tmp_path / "c.txt", b"other"))


@pytest.mark.parametrize(
    "line", ["CONTENTS\n\n", "PART ONE\n\n", "CHAPTER I\n", "I\n\n", "[1] x\n\n", "*** START OF THE PROJECT G "]
)
def test_texts_made_of_headings_take_no_time(tmp_path: Path, line: str) -> None:
    path = wrote(tmp_path / "a.txt", (line * 8000 + "x").encode())
    started = time.process_time()
    with contextlib.suppress(BookError):
        read_book(path)
    assert time.process_time() - started < 5


def test_a_contents_list_with_a_long_run_of_blanks_takes_no_time(tmp_path: Path) -> None:
    entries = "11.\n\nna{}na1.\n\n1.\n\n1.\n\n1\n\n1.\n".format("\x0c" * 20_000)
    begun = time.process_time()
    read_book(wrote(tmp_path / "a.txt", entries.encode()))
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "text",
    [
        *(mark * 20_000 for mark in ("<!--", ">", "[", "*a ", "- ", "<a", '[a](b "', "`", "[a]: x\n")),
        *("| a " * 20_000 + "\n" + "|-" * 20_000, "1986. a\n\nx\n\n" * 5_000),
    ],
    ids=lambda text: text[:8],
)
def test_markdown_made_of_marks_takes_no_time(tmp_path: Path, text: str) -> None:
    path = wrote(tmp_path / "a.md", text.encode())
    started = time.process_time()
    with contextlib.suppress(BookError):
        read_book(path)
    assert time.process_time() - started < 5


def test_control_characters_in_markdown_are_white_space(tmp_path: Path) -> None:
    book = read_book(wrote(tmp_path / "a.md", b"# One\n\n" + b"So it is. " * 200 + b"Here\x00 it is\x07all.\n"))
    assert book.chapters[0].paragraphs[1].text.endswith("Here  it is all.")


def test_blank_lines_say_no_more_than_one(tmp_path: Path) -> None:
    text = "# One\n\n\n \n\t\nFirst.\n\n\n\n> quoted\n\n\n\n```\nx\n\n\ny\n```\n\n\n2. item\n\n\n\nLast.\n"
    book = read_book(wrote(tmp_path / "a.md", text.encode()))
    paragraphs = book.chapters[0].paragraphs
    assert [p.text for p in paragraphs] == ["One", "First.", "quoted", "2. item", "Last."]
    assert [text[slice(*p.source_span(0, len(p.text)) or ())] for p in paragraphs] == [p.text for p in paragraphs]


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_millions_of_empty_paragraphs_take_little(tmp_path: Path, suffix: str) -> None:
    path = wrote(tmp_path / f"a.{suffix}", b"Once.\n" + b"\n" * 2_000_000 + b"The end.\n")
    started = time.process_time()
    assert [p.text for p in read_book(path).chapters[0].paragraphs if p.kind != "break"] == ["Once.", "The end."]
    assert time.process_time() - started < 10
    tracemalloc.start()  # after the clock: whatever is traced takes several times as long
    read_book(path)
    assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "a" * 32_000_001),
        ("a.txt", "a\n" * 1_000_001),
        ("a.md", "a\n" * 300_001),
        ("a.md", "\n \n\t\na" * 300_001),
    ],
    ids=lambda value: value[-4:],
)
def test_texts_longer_than_any_book_are_refused_in_little_time(tmp_path: Path, name: str, text: str) -> None:
    started = time.process_time()
    error = complaint(wrote(tmp_path / name, text.encode()))
    assert "too long" in error.message
    assert "volumes" in (error.hint or "")
    assert time.process_time() - started < 5


def test_more_paragraphs_than_any_book_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiobook.readers.assembling._MOST_PARAGRAPHS", 3)
    assert read_book(wrote(tmp_path / "a.txt", b"One.\n\nTwo.\n\nThree.")).chapters
    assert "4 paragraphs" in complaint(wrote(tmp_path / "a.txt", b"One.\n\nTwo.\n\nThree.\n\nFour.")).message


@pytest.mark.parametrize(
    "text",
    ['{"book": {"title": "x"}, "chapters": [' + "[]," * 1_500_001 + "[]]}", f"{SCRIPT}\n" + "a\n" * 3_000_000],
    ids=["json", "text"],
)
def test_scripts_of_more_than_any_script_holds_are_refused_in_little_time(tmp_path: Path, text: str) -> None:
    path = wrote(tmp_path / ("S.json" if text.startswith("{") else "S.txt"), text.encode())
    started = time.process_time()
    with pytest.raises(BookError, match="than any script"):
        read_script(path)
    assert time.process_time() - started < 5
