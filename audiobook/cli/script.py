"""`audiobook script`: who says each line, as text to read and correct, as JSON, or as lists of selected lines."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_count, shorten, to_one_line
from audiobook.cli.next_steps import is_script, print_next_step, script_file_for
from audiobook.errors import UsageError
from audiobook.model.script import Line, Place

if TYPE_CHECKING:
    from audiobook.model.reading import ReadingOptions
    from audiobook.model.script import Script
    from audiobook.services import Comparison, Doubt, Revision


class Form(Enum):
    """The file formats of a script."""

    json = "json"
    text = "text"


def script_cli(
    books: options.Books,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the script to a file: NAME.script.txt to read and correct, NAME.json for programs. "
            "If FILE exists, the corrections in it are kept.",
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="The format (default: from FILE's name; text on a terminal, JSON in a pipe)."),
    ] = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="List only the lines whose speaker is doubtful, the worst first.")
    ] = False,
    diff: Annotated[
        Path | None,
        typer.Option(
            "--diff", metavar="OLD", help="List only the lines whose voice changed since OLD, a script or a book."
        ),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Overwrite FILE, with the corrections in it.")] = False,
    chapters: options.Chapters = None,
    notes: options.Notes = "skip",
    language: options.Language = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show or write the script: every line of the book and who says it.

    On a terminal it is printed as text, in a pipe or with --json as JSON. To correct a speaker, write the script to a
    file, change the name in front of the line, and build from that file: only the changed lines are spoken again.

    \b
    Examples:
      audiobook script emma.epub --doubtful
      audiobook script emma.epub --output emma.script.txt
      audiobook script emma.epub --json > emma.json
    """
    console.configure(quiet=quiet, verbose=verbose)
    listings = [name for name, given in (("--doubtful", doubtful), ("--diff", diff is not None)) if given]
    if as_json and not listings:
        form = _require_json(form, output)
    _check_options(listings, output=output, form=form, fresh=fresh)
    book, reading = options.open_books(books, language, notes)
    source = _Source(book=book, chapters=chapters, reading=reading)
    if doubtful:
        _list_doubtful(source, as_json=as_json)
    elif diff is not None:
        _list_changes(diff, source, as_json=as_json)
    else:
        _write(source, output, form or _default_form(output), fresh=fresh)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a script is made of."""

    book: Path
    chapters: str | None
    reading: "ReadingOptions"


def _check_options(listings: list[str], *, output: Path | None, form: Form | None, fresh: bool) -> None:
    """Raise UsageError when options exclude each other."""
    if len(listings) > 1:
        raise UsageError(f"{' and '.join(listings)} exclude each other", hint="give one of them")
    written = [name for name, given in (("--output", output), ("--format", form), ("--fresh", fresh)) if given]
    if listings and written:
        raise UsageError(f"{listings[0]} lists lines and writes no script", hint=f"leave out {written[0]}")
    if fresh and output is None:
        raise UsageError("--fresh overwrites a file, and no file is given", hint="name it with --output FILE")


def _require_json(form: Form | None, output: Path | None) -> Form:
    """JSON, as --json asks; raises UsageError when another option asks for text."""
    if form is Form.text or (form is None and output is not None and _default_form(output) is Form.text):
        raise UsageError("--json asks for JSON, and another option asks for text", hint="leave out one of them")
    return Form.json


def _default_form(output: Path | None) -> Form:
    """The format that the file's name asks for; without a file, text on a terminal and JSON elsewhere."""
    if output is None:
        return Form.text if sys.stdout.isatty() else Form.json
    return Form.text if output.suffix.lower() == ".txt" else Form.json


def _list_doubtful(source: _Source, *, as_json: bool) -> None:
    from audiobook import services  # noqa: PLC0415  # slow to import, here and below
    from audiobook.cli.progress import show_progress  # noqa: PLC0415

    book = source.book
    named = source.reading.parts or (book,)
    with show_progress() as progress:
        script = services.load_script(book, source.reading, progress=progress)
    script = services.select_chapters(script, source.chapters, book)
    doubts = services.find_doubts(script)
    if as_json:
        console.print_json(doubts_to_json(doubts))
        return
    print_doubts(doubts, _count_dialogue(script), services.address_formatter(book))
    if not doubts:
        print_next_step("build it", "build", *named)
    elif is_script(book):
        print_next_step(f"correct the speakers in {book}, then build from it", "build", book)
    else:
        print_next_step(
            "write the script to a file, to correct the speakers", "script", *named, "--output", script_file_for(book)
        )


def _list_changes(old: Path, source: _Source, *, as_json: bool) -> None:
    from audiobook import services  # noqa: PLC0415
    from audiobook.cli.progress import show_progress  # noqa: PLC0415

    new = source.book
    with show_progress() as progress:
        before = services.load_script(old, replace(source.reading, parts=()), progress=progress)
        after = services.load_script(new, source.reading, progress=progress)
    wanted = {chapter.number for chapter in services.select_chapters(after, source.chapters, new).chapters}
    comparison = services.compare_speakers(before, after, wanted)
    if as_json:
        console.print_json(comparison_to_json(comparison))
    else:
        print_comparison(comparison, services.address_formatter(new))


def _write(source: _Source, output: Path | None, form: Form, *, fresh: bool) -> None:
    from audiobook import services  # noqa: PLC0415
    from audiobook.cli.progress import show_progress  # noqa: PLC0415

    book = source.book
    with show_progress() as progress:
        if output is not None and services.is_revision(book, output, fresh=fresh):
            revision = services.revise_script(book, output, source.reading, chapters=source.chapters, progress=progress)
        else:
            script = services.load_script(book, source.reading, progress=progress)
            script = services.select_chapters(script, source.chapters, book)
            revision = services.Revision(script=script, misspelt=services.find_misspelt_names(script))
    if output is None:
        _print_script(revision.script, form)
        return
    text = _to_text(revision.script, form)
    backup = services.back_up_script(output) if revision.reworded else None
    services.write_text(output, text)
    console.print_result(str(output))
    console.print_message(
        f"{format_count(len(revision.script.characters), 'speaker')}, {_count_dialogue(revision.script):,} lines of "
        f"dialogue, {services.count_doubtful(revision.script):,} of them doubtful."
    )
    _print_revision(revision, output, backup)
    if form is Form.text:
        print_next_step(f"correct the speakers in {output}, then build from it", "build", output)


def _print_script(script: "Script", form: Form) -> None:
    """Print the script in the given format."""
    if form is Form.text:
        console.print_result(_to_text(script, form).removesuffix("\n"))
        return
    from audiobook.model.script_json import script_to_json  # noqa: PLC0415

    console.print_json(script_to_json(script), indent=1)


def _to_text(script: "Script", form: Form) -> str:
    """The script in the given format."""
    if form is Form.text:
        from audiobook.model.script_text import script_to_text  # noqa: PLC0415

        return script_to_text(script)
    from audiobook.model.script_json import script_to_json  # noqa: PLC0415

    return json.dumps(script_to_json(script), ensure_ascii=False, indent=1) + "\n"


def _count_dialogue(script: "Script") -> int:
    return sum(line.kind == "dialogue" for line in script.lines())


def _print_revision(revision: "Revision", output: Path, backup: Path | None) -> None:
    """Report which corrections of the earlier file were kept, and which no longer fit the book."""
    kept = [
        format_count(number, singular, plural)
        for number, singular, plural in (
            (revision.line_edits, "pinned line", "pinned lines"),
            (revision.renames, "name given", "names given"),
            (revision.people, "gender or age", "genders or ages"),
        )
        if number
    ]
    kept += [f"the {fact}" for fact in revision.facts]
    if kept:
        console.print_message(f"Kept as you decided: {', '.join(kept)}.")
    for name, near in revision.misspelt:
        console.print_warning(f"{name!r} is a name that only you wrote; is it {near!r}?")
    for orphan in revision.orphaned_edits:
        where = f"{output}: chapter {orphan.chapter}, paragraph {orphan.paragraph}"
        who = _name(orphan.speaker)
        console.print_warning(f"{where}: the book no longer has this line of {who}: {shorten(orphan.text, 70)}")
    for rename in revision.strangers:
        console.print_warning(
            f"{output}: no character is called {rename.name!r}, who was to be renamed to {rename.becomes!r}"
        )
    if revision.orphaned_edits or revision.strangers:
        console.print_message("These corrections stay in the file in case they fit again; delete any you do not want.")
    if backup is not None:
        console.print_warning(
            f"{format_count(revision.reworded, 'paragraph')} of {output} differed from the book. The book's words were "
            f"used; the earlier file is kept as {backup}"
        )


def print_doubts(doubts: "tuple[Doubt, ...]", lines: int, address: Callable[[Place], str]) -> None:
    """Print every doubtful line with its neighbours, the worst first; `lines` is the number of lines of dialogue."""
    for doubt in doubts:
        line = doubt.line
        console.print_result(f"{console.emphasise(address(line.place))}: {_format_guess(line)}")
        for near, marker in ((doubt.before, "   "), (line, " > "), (doubt.after, "   ")):
            if near is not None and near.text.strip():
                start = marker + ("    " if near.kind == "narration" else f"{_name(near.speaker)}: ")
                shown = start + shorten(near.text, len(start), keep_end=near is doubt.before)
                console.print_result(shown if near is line else console.dim(shown))
        console.print_result("")
    verb = "is" if len(doubts) == 1 else "are"
    console.print_result(f"{len(doubts):,} of {format_count(lines, 'line')} of dialogue {verb} doubtful.")


def _format_guess(line: Line) -> str:
    """The likeliest speaker, the runner-up, and the reason."""
    reason = f" ({to_one_line(line.evidence)})" if line.evidence else ""
    if line.speaker is None:
        return f"unknown speaker{reason}"
    other = f", else {_name(line.runner_up)}" if line.runner_up is not None else ""
    return f"{_name(line.speaker)} {line.confidence:.0%}{other}{reason}"


def doubts_to_json(doubts: "tuple[Doubt, ...]") -> list[dict[str, object]]:
    """The doubtful lines as JSON."""
    return [
        {
            "place": str(doubt.line.place),
            "speaker": doubt.line.speaker,
            "runner_up": doubt.line.runner_up,
            "confidence": doubt.line.confidence,
            "evidence": doubt.line.evidence,
            "text": doubt.line.text,
            "before": doubt.before.text if doubt.before else None,
            "after": doubt.after.text if doubt.after else None,
        }
        for doubt in doubts
    ]


def print_comparison(comparison: "Comparison", address: Callable[[Place], str]) -> None:
    """Print every line whose voice changed."""
    for before, after, lines in comparison.renamed:
        console.print_result(f"{_name(before)} → {_name(after)}: {format_count(lines, 'line')}, only renamed")
    for change in comparison.changes:
        start = f"{address(change.place)}: {_name(change.before)} → {_name(change.after)}: "
        console.print_result(start + shorten(change.text, len(start)))
    changed = len(comparison.changes) + sum(lines for _, _, lines in comparison.renamed)
    console.print_result(f"{changed:,} of {format_count(comparison.lines, 'line')} changed voice.")
    if comparison.missing or comparison.added:
        console.print_message(
            f"Not compared: {format_count(comparison.missing, 'paragraph')} that only the old one has, "
            f"{comparison.added:,} that only the new one has."
        )


def comparison_to_json(comparison: "Comparison") -> dict[str, object]:
    """The changed lines as JSON."""
    return {
        "changes": [
            {"place": str(c.place), "before": c.before, "after": c.after, "text": c.text} for c in comparison.changes
        ],
        "renamed": [{"before": a, "after": b, "lines": n} for a, b, n in comparison.renamed],
        "lines": comparison.lines,
        "paragraphs_missing": comparison.missing,
        "paragraphs_added": comparison.added,
    }


def _name(speaker: str | None) -> str:
    return "unknown" if speaker is None else to_one_line(speaker)
