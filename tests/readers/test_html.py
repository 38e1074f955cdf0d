"""Web pages: golden cases of every kind of page, books of several files, encodings, and pages made to do harm."""

import time
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.book import Book
from audiobook.readers import account_of, digest, read_book
from audiobook.readers.sources import is_web_page
from tests.golden import check_golden, golden_cases


def write(path: Path, body: str, head: str = "", encoding: str = "utf-8") -> Path:
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path) -> Book:
    """The book in a file, of which no word is lost."""
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def texts(book: Book) -> list[str]:
    return [paragraph.text for chapter in book.chapters for paragraph in chapter.paragraphs]


def outline(path: Path) -> str:
    """What was read and what was left out, as the golden cases show it."""
    book = read(path)
    lines = [f"{book.facts.title} / {', '.join(book.facts.authors)} / {book.facts.language}"]
    for chapter in book.chapters:
        lines.append(f"== {chapter.title}")
        for p in chapter.paragraphs:
            marked = "".join(f" _{p.text[start:end]}_" for start, end in p.emphasis)
            lines.append(f"{p.kind}: {' / '.join(p.text.splitlines())}{marked}".rstrip())
    lines.append("== left out")
    lines += [f"{s.reason}: {s.words} {s.place}: {s.opening}" for s in account_of(path, book).skipped]
    return "\n".join(lines)


@pytest.mark.parametrize("case", golden_cases("html"), ids=lambda path: path.stem)
def test_each_kind_of_page_is_read_in_chapters_with_what_is_left_out(
    case: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    def produce(markup: str) -> str:
        path = tmp_path / "page.html"
        path.write_text(markup, encoding="utf-8")
        return outline(path)

    check_golden(case, produce, pytestconfig)


# --- books of several files


def site(folder: Path) -> Path:
    """A contents page and two chapters beside it, which lead to each other."""
    turning = '<p><a href="index.html">Index</a> | <a href="{}">Next</a></p>'
    write(folder / "one.html", "<h1>The Quay</h1><p>Nobody was there.</p>" + turning.format("text/two.html"))
    write(folder / "text" / "two.html", "<h1>The Ferry</h1><p>It left.</p>" + turning.format("../one.html"))
    links = '<ul><li><a href="one.html">The Quay</a></li><li><a href="text/two.html#top">The Ferry</a></li></ul>'
    head = '<title>The Crossing</title><meta name="author" content="Ida Marsh">'
    return write(folder / "index.html", f"<h1>The Crossing</h1><p>A tale.</p>{links}", head)


def test_the_files_that_a_contents_page_lists_are_the_book_in_its_order(tmp_path: Path) -> None:
    book = read(site(tmp_path))
    assert (book.facts.title, book.facts.authors) == ("The Crossing", ("Ida Marsh",))
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]
    assert texts(book) == ["The Quay", "Nobody was there.", "The Ferry", "It left."]
    assert [skipped.reason for skipped in book.skipped] == ["table of contents", "navigation", "navigation"]


def test_a_chapter_by_itself_is_only_that_chapter(tmp_path: Path) -> None:
    site(tmp_path)
    assert texts(read(tmp_path / "one.html")) == ["The Quay", "Nobody was there."]


def test_a_text_that_links_to_other_pages_is_only_that_text(tmp_path: Path) -> None:
    site(tmp_path)
    story = "<p>The boat was late again, and nobody on the quay said so.</p>" * 40
    links = '<p>See <a href="one.html">one</a> and <a href="text/two.html">two</a>.</p>'
    assert "Nobody was there." not in texts(read(write(tmp_path / "long.html", story + links)))


def test_contents_pages_may_lead_to_contents_pages(tmp_path: Path) -> None:
    for n in (1, 2, 3, 4):
        write(tmp_path / f"c{n}.html", f"<h2>Chapter {n}</h2><p>This is the text of number {n}.</p>")
    for part, chapters in (("a", (1, 2)), ("b", (3, 4))):
        links = "".join(f'<li><a href="c{n}.html">Chapter {n}</a></li>' for n in chapters)
        write(tmp_path / f"{part}.html", f'<h1>Part {part}</h1><ul>{links}</ul><a href="index.html">Back</a>')
    path = write(tmp_path / "index.html", '<a href="a.html">Part One</a> <a href="b.html">Part Two</a>')
    assert [p for p in texts(read(path)) if p.startswith("This")] == [
        f"This is the text of number {n}." for n in (1, 2, 3, 4)
    ]


def test_pages_that_list_each_other_in_a_circle_are_read_once(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a"), ("c", "a")):
        links = f'<a href="{other}.html">Chapter x</a> <a href="{name}.html">Chapter y</a> <a href="c.html">z</a>'
        write(tmp_path / f"{name}.html", f"<h2>{name}</h2><p>Words of {name}.</p>{links}", "<title>A Ring</title>")
    assert [text for text in texts(read(tmp_path / "a.html")) if text.startswith("Words")] == [
        "Words of b.",
        "Words of c.",
    ]


LEADING_OUT = [
    "../secret.html",
    "%2e%2e/secret.html",
    "/secret.html",
    "..\\secret.html",
    "link.html",
    "file:///{}",
    "{}",
]


@pytest.mark.parametrize("href", LEADING_OUT)
def test_no_link_leads_out_of_the_folder(tmp_path: Path, href: str) -> None:
    folder = tmp_path / "book"
    secret = write(tmp_path / "secret.html", "<h1>Secret</h1><p>Not for you.</p>")
    write(folder / "one.html", "<h1>One</h1><p>Once.</p>")
    write(folder / "two.html", "<h1>Two</h1><p>Twice.</p>")
    (folder / "link.html").symlink_to(secret)
    links = f'<a href="{href.format(secret)}">Secret</a> <a href="one.html">One</a> <a href="two.html">Two</a>'
    assert texts(read(write(folder / "index.html", links))) == ["One", "Once.", "Two", "Twice."]


def test_the_digest_covers_every_file_of_the_book(tmp_path: Path) -> None:
    path = site(tmp_path)
    before = digest(path)
    write(tmp_path / "text" / "two.html", "<h1>The Ferry</h1><p>It stayed.</p>")
    assert digest(path) != before


def test_a_listed_file_that_is_no_page_is_refused_by_its_name(tmp_path: Path) -> None:
    path = site(tmp_path)
    (tmp_path / "one.html").write_bytes(b"%PDF-1.7 \x00\x01")
    with pytest.raises(BookError) as caught:
        read_book(path)
    assert "one.html" in (caught.value.where or "")
    assert caught.value.hint


# --- encodings


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
        ("utf-16-le", ""),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1252", ""),
        ("cp1252", '<meta charset="no-such-thing">'),
        ("cp1252", '<meta charset="utf-8">'),
        ("cp1250", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">'),
    ],
)
def test_a_page_is_decoded_by_its_mark_its_content_or_what_it_declares(
    tmp_path: Path, encoding: str, head: str
) -> None:
    path = write(
        tmp_path / "a.html",
        "<p>“Nächstes,” said the owner’s son, “is ready — come.”</p>",
        head,
        encoding,
    )
    assert texts(read(path)) == ["“Nächstes,” said the owner’s son, “is ready — come.”"]


@pytest.mark.parametrize("encoding", ["shift_jis", "iso-2022-jp", "euc-jp"])
def test_an_encoding_that_is_not_western_is_the_declared_one(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.html", "<p>吾輩は猫である。</p>", f'<meta charset="{encoding}">', encoding)
    assert texts(read(path)) == ["吾輩は猫である。"]


def test_entities_are_read_as_their_characters(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.html", "<p>Caf&eacute; &amp; cr&#232;me &mdash; &#x201c;yes&rdquo; &nosuch; &#0;&#xD800;!</p>"
    )
    assert texts(read(path)) == ["Café & crème — “yes” &nosuch; !"]


@pytest.mark.parametrize(
    "start", ["", "\n\n", "<!-- saved from url=x -->\n", '<?xml version="1.0"?>\n<!-- a -->', "\ufeff"]
)
def test_a_web_page_is_known_after_comments_and_declarations(tmp_path: Path, start: str) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"{start}<!DOCTYPE html><p>Once.</p>", encoding="utf-8")
    assert texts(read(path)) == ["Once."]


# --- pages made to do harm


@pytest.mark.parametrize("start", [" \n" * 600, "<!---->" * 200, "<!-- " * 300, "<?xml " * 300])
def test_a_text_that_begins_almost_like_a_page_is_told_apart_at_once(start: str) -> None:
    before = time.process_time()
    assert not is_web_page(start.encode()[:1024])
    assert time.process_time() - before < 1


BOMB = "<!DOCTYPE html [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


def test_entities_that_multiply_are_not_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(BOMB + "]><html><body><p>Ha: &j;</p></body></html>", encoding="utf-8")
    assert texts(read(path)) == ["Ha: &j;"]


def test_a_file_outside_is_not_brought_in_by_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = tmp_path / "a.xhtml"
    entity = f"<!DOCTYPE html [<!ENTITY f SYSTEM 'file://{tmp_path}/secret.txt'>]>"
    path.write_text(f"{entity}<html><body><p>Read: &f;</p></body></html>", encoding="utf-8")
    assert texts(read(path)) == ["Read: &f;"]


NESTED = ["div", "p", "section", "table", "ul", "span", "header", "form", "main", "article", "footer", "blockquote"]


@pytest.mark.parametrize("tag", NESTED)
@pytest.mark.parametrize("times", [300, 20_000])
def test_of_elements_nested_deep_no_word_is_lost(tmp_path: Path, tag: str, times: int) -> None:
    deep = f"{f'<{tag}>' * times}deep{f'</{tag}>' * times}"
    read(write(tmp_path / "a.html", f"<p>The beginning.</p>{deep}<p>The end.</p>"))


@pytest.mark.parametrize(
    "body",
    ["<div>" * 1_000_000, "<p title='" + "a=" * 500_000 + "'>x</p>", "<p>" + "word " * 4_000_000],
    ids=["tags", "attributes", "text"],
)
def test_a_page_larger_than_any_book_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(BookError) as caught:
        read_book(write(tmp_path / "a.html", body))
    assert caught.value.hint


def test_pictures_written_into_a_page_do_not_count_as_text(tmp_path: Path) -> None:
    picture = "data:image/png;base64," + "QUJD" * 6_000_000
    path = write(
        tmp_path / "a.html", f'<p>Before.</p><img src="{picture}"><p style="background: url({picture})">After.</p>'
    )
    assert texts(read(path)) == ["Before.", "After."]


def test_zero_bytes_between_words_are_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", "<p>" + "A long line of words that goes on and on. " * 40 + "\0 The end.</p>")
    assert texts(read(path))[0].endswith("The end.")


@pytest.mark.parametrize("attribute", ['class="nav"', 'class="comments"', 'role="navigation"', 'id="toc"'])
def test_a_page_of_which_the_rules_leave_nothing_is_read_without_them(tmp_path: Path, attribute: str) -> None:
    path = write(tmp_path / "a.html", f"<div {attribute}><p>All of the story is in here.</p></div>")
    assert texts(read(path)) == ["All of the story is in here."]


def test_a_page_that_is_hidden_whole_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", "<div hidden><p>All of the story is in here.</p></div>")
    with pytest.raises(BookError) as caught:
        read_book(path)
    assert "hidden text" in (caught.value.hint or "")
