"""Several files as one book: a folder of drafts, or files that are named."""

from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.reading import ReadingOptions
from audiobook.model.request import BuildRequest
from audiobook.pipeline.build import build
from audiobook.readers import account_of, digest, read_book
from tests.readers.epubs import Epub, nav, page, prose
from tests.readers.stories import story


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    drafts = tmp_path / "My Novel"
    drafts.mkdir()
    for number in (1, 2, 10):
        (drafts / f"ch{number}.txt").write_text(story(number), encoding="utf-8")
    (drafts / "ch3.md").write_text(f"# The Ford\n\n{story(3)}\n\n# The Hill\n\n{story(4)}", encoding="utf-8")
    Epub(pages={"a.xhtml": page(f"<h1>The Sea</h1>{prose()}")}, nav=nav(("The Sea", "a.xhtml"))).write(
        drafts, "ch4.epub"
    )
    return drafts


def titles(path: Path, *parts: Path) -> list[str]:
    return [chapter.title for chapter in read_book(path, ReadingOptions(parts=parts)).chapters]


def test_a_folder_is_one_book_in_natural_order_named_after_the_folder(folder: Path) -> None:
    assert titles(folder) == ["ch1", "ch2", "The Ford", "The Hill", "The Sea", "ch10"]
    assert read_book(folder).facts.title == "My Novel"


def test_the_account_of_several_files_balances(folder: Path) -> None:
    account = account_of(folder, read_book(folder))
    assert account.faults == ()
    assert account.words == sum(chapter.source for chapter in account.chapters) + sum(s.words for s in account.skipped)


def test_what_is_no_draft_is_not_taken_for_one(folder: Path) -> None:
    for name in (
        ".hidden.txt",
        "README.md",
        "notes.txt~",
        "ch1.script.txt",
        "voices.toml",
        "My Novel.mp3",
        "cover.txt",
    ):
        (folder / name).write_text("audiobook script, version 1\n", encoding="utf-8")
    (folder / "ledger of it.txt").write_text("The ledger of ch1\n", encoding="utf-8")
    assert titles(folder) == ["ch1", "ch2", "The Ford", "The Hill", "The Sea", "ch10"]


def test_a_draft_that_cannot_be_read_is_told_and_the_others_are_read(folder: Path) -> None:
    (folder / "ch5.docx").write_bytes(b"no document")
    book = read_book(folder)
    assert len(book.chapters) == 6
    assert any(notice.startswith("ch5.docx is not read: ") for notice in account_of(folder, book).notices)


def test_a_named_file_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / "ch5.docx").write_bytes(b"no document")
    with pytest.raises(BookError):
        titles(folder / "book", folder / "ch1.txt", folder / "ch5.docx")


def test_named_files_are_read_in_the_order_given(folder: Path) -> None:
    assert titles(folder / "book", folder / "ch10.txt", folder / "ch1.txt") == ["ch10", "ch1"]


def test_chapters_of_the_same_title_are_named_after_their_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# Prologue\n\n{story(1)}\n\n# {name}\n\n{story(2)}", encoding="utf-8")
    assert len(set(titles(tmp_path))) == 4


def test_a_folder_without_drafts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="no draft"):
        read_book(tmp_path)


def test_a_changed_file_and_a_new_name_give_another_key(folder: Path) -> None:
    before = digest(folder)
    (folder / "ch1.txt").rename(folder / "ch01.txt")
    renamed = digest(folder)
    (folder / "ch2.txt").write_text(story(9), encoding="utf-8")
    assert len({before, renamed, digest(folder)}) == 3


def test_a_folder_is_built_beside_it_and_a_changed_file_alone_is_spoken_again(folder: Path) -> None:
    first = build(BuildRequest(book=folder, engine="tone"))
    assert first.files == (folder.with_name("My Novel.mp3"),)
    assert first.report.ledger.balanced
    text = (folder / "ch2.txt").read_text(encoding="utf-8")
    (folder / "ch2.txt").write_text(f"{text}\n\nA new line ends it.\n", encoding="utf-8")
    second = build(BuildRequest(book=folder, engine="tone"))
    assert 1 <= second.report.recorded <= 2 < second.report.reused


def test_a_file_per_chapter_of_a_folder_does_not_go_among_the_drafts(folder: Path) -> None:
    result = build(BuildRequest(book=folder, engine="tone", per_chapter=True))
    assert {file.parent.name for file in result.files} == {"My Novel audiobook"}
