"""`audiobook chapters`: what would be read, and what would not."""

from typing import TYPE_CHECKING

from audiobook.cli import options, talk
from audiobook.cli.times import duration

if TYPE_CHECKING:
    from audiobook.production import Contents


def chapters_cli(
    book: options.Book,
    *,
    chapters: options.Chapters = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show what would be read: chapters, words, how long they will take, and what is skipped and why."""
    from audiobook import production  # noqa: PLC0415  # heavy

    talk.settle(quiet=quiet, verbose=verbose)
    contents = production.contents(book, chapters)
    if as_json:
        talk.json_result(contents_to_json(contents))
        return
    _draw(contents)


def contents_to_json(contents: "Contents") -> dict[str, object]:
    """The contents, for a program."""
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


def _draw(contents: "Contents") -> None:
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    facts = contents.facts
    talk.result(facts.title + (f" by {', '.join(facts.authors)}" if facts.authors else ""))
    rows = [(str(c.number), c.title, f"{c.words:,}", duration(c.seconds)) for c in contents.chapters]
    words, seconds = sum(c.words for c in contents.chapters), sum(c.seconds for c in contents.chapters)
    rows.append(("", "all", f"{words:,}", duration(seconds)))
    table(("", "chapter", "words", "about"), rows, right=(0, 2, 3))
    if contents.skipped:
        talk.result("\nNot read aloud:")
        table(("what", "words", "why"), [(s.title, f"{s.words:,}", s.reason) for s in contents.skipped], right=(1,))
