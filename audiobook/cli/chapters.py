"""`audiobook chapters`: what is read aloud, and what is skipped."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_duration, print_table
from audiobook.cli.next_steps import print_next_step
from audiobook.errors import UsageError

if TYPE_CHECKING:
    from audiobook.services import Contents


def chapters_cli(
    books: options.Books,
    *,
    write: Annotated[
        bool,
        typer.Option(
            "--write", help="Write BOOK.chapters.txt beside the book, to rename, join, split, skip and keep chapters."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="With --write: write the file again, with what you decided in it.")
    ] = False,
    chapters: options.Chapters = None,
    notes: options.Notes = "skip",
    language: options.Language = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the chapters with their words and length, and what is skipped and why.

    The length is an estimate. Front matter, notes, licences and the like are skipped; the list below the chapters gives
    the reason for each.

    With --write, the chapters are written to emma.chapters.txt for emma.epub, one line each. Change a title to rename
    a chapter; put skip, keep or join in front of it to leave it out, to read it, or to read it with the chapter above;
    add a line with split to divide it. Every command obeys that file from then on, and its comments explain it.

    \b
    Examples:
      audiobook chapters emma.epub
      audiobook chapters emma.epub --write
      audiobook chapters drafts/
      audiobook chapters emma.epub --json
    """
    from audiobook import services  # noqa: PLC0415  # slow to import

    console.configure(quiet=quiet, verbose=verbose)
    if force and not write:
        raise UsageError("--force writes the list of chapters again", hint="add --write")
    book, reading = options.open_books(books, language, notes)
    if write:
        file = services.write_chapters(book, reading, force=force)
        console.print_result(str(file))
        print_next_step(f"edit {file}, then look at the chapters", "chapters", *books)
        return
    contents = services.contents(book, chapters, reading)
    console.print_notices(contents.notices)
    if conflict := services.describe_language_conflict(contents.facts):
        console.print_warning(conflict)
    if as_json:
        console.print_json(contents_to_json(contents))
        return
    _print_contents(contents)
    _print_step(books, chapters, language, notes)


def contents_to_json(contents: "Contents") -> dict[str, object]:
    """The contents as JSON."""
    return {
        "title": contents.facts.title,
        "authors": list(contents.facts.authors),
        "language": contents.facts.language,
        "chapters": [
            {
                "number": c.number,
                "title": c.title,
                "words": c.words,
                "seconds": round(c.seconds),
                "changes": list(c.changes),
            }
            for c in contents.chapters
        ],
        "chapters_file": contents.edits.file if contents.edits else None,
        "notices": list(contents.notices),
        "skipped": [{"title": s.title, "words": s.words, "reason": s.reason} for s in contents.skipped],
    }


def _print_contents(contents: "Contents") -> None:
    facts = contents.facts
    console.print_result(facts.title + (f" by {', '.join(facts.authors)}" if facts.authors else ""))
    rows = [
        (str(c.number), c.title, f"{c.words:,}", format_duration(c.seconds), "; ".join(c.changes))
        for c in contents.chapters
    ]
    words, seconds = sum(c.words for c in contents.chapters), sum(c.seconds for c in contents.chapters)
    rows.append(("", "all", f"{words:,}", format_duration(seconds), ""))
    columns = 5 if contents.edits else 4
    heads = ("", "chapter", "words", "about", f"by {contents.edits.file}" if contents.edits else "")
    print_table(heads[:columns], [row[:columns] for row in rows], right=(0, 2, 3))
    if contents.skipped:
        console.print_result("\nNot read aloud:")
        skipped = [(s.title, f"{s.words:,}", s.reason) for s in contents.skipped]
        print_table(("what", "words", "why"), skipped, right=(1,))


def _print_step(books: list[Path], chapters: str | None, language: str | None, notes: str) -> None:
    given = (("--chapters", chapters), ("--language", language), ("--notes", "" if notes == "skip" else notes))
    print_next_step("build it", "build", *books, *(word for option in given if option[1] for word in option))
