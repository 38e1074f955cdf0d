"""`audiobook chapters`: what is read aloud, and what is skipped."""

from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.cli import console, options
from audiobook.cli.formatting import format_duration, print_table
from audiobook.cli.next_steps import print_next_step

if TYPE_CHECKING:
    from audiobook.services import Contents


def chapters_cli(
    book: options.Book,
    *,
    chapters: options.Chapters = None,
    language: options.Language = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the chapters with their words and length, and what is skipped and why.

    The length is an estimate. Front matter, notes, licences and the like are skipped; the list below the chapters gives
    the reason for each.

    \b
    Examples:
      audiobook chapters emma.epub
      audiobook chapters emma.epub --json
    """
    from audiobook import services  # noqa: PLC0415  # slow to import

    console.configure(quiet=quiet, verbose=verbose)
    contents = services.contents(book, chapters, options.make_reading(language))
    if conflict := services.describe_language_conflict(contents.facts):
        console.print_warning(conflict)
    if as_json:
        console.print_json(contents_to_json(contents))
        return
    _print_contents(contents)
    _print_step(book, chapters, language)


def contents_to_json(contents: "Contents") -> dict[str, object]:
    """The contents as JSON."""
    return {
        "title": contents.facts.title,
        "authors": list(contents.facts.authors),
        "language": contents.facts.language,
        "chapters": [
            {"number": c.number, "title": c.title, "words": c.words, "seconds": round(c.seconds)}
            for c in contents.chapters
        ],
        "skipped": [{"title": s.title, "words": s.words, "reason": s.reason} for s in contents.skipped],
    }


def _print_contents(contents: "Contents") -> None:
    facts = contents.facts
    console.print_result(facts.title + (f" by {', '.join(facts.authors)}" if facts.authors else ""))
    rows = [(str(c.number), c.title, f"{c.words:,}", format_duration(c.seconds)) for c in contents.chapters]
    words, seconds = sum(c.words for c in contents.chapters), sum(c.seconds for c in contents.chapters)
    rows.append(("", "all", f"{words:,}", format_duration(seconds)))
    print_table(("", "chapter", "words", "about"), rows, right=(0, 2, 3))
    if contents.skipped:
        console.print_result("\nNot read aloud:")
        skipped = [(s.title, f"{s.words:,}", s.reason) for s in contents.skipped]
        print_table(("what", "words", "why"), skipped, right=(1,))


def _print_step(book: Path, chapters: str | None, language: str | None) -> None:
    given = (("--chapters", chapters), ("--language", language))
    print_next_step("build it", "build", book, *(word for option in given if option[1] for word in option))
