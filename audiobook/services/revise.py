"""Analyse a book again, and apply the edits of an earlier script."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook import readers
from audiobook.errors import UsageError
from audiobook.model.book import Book
from audiobook.model.progress import SILENT, Progress
from audiobook.model.reading import AS_THE_BOOK_SAYS, ReadingOptions
from audiobook.model.script import NARRATOR, OrphanedEdit, Rename, Script, new_names
from audiobook.pipeline.doubts import find_misspelt_names
from audiobook.pipeline.scripts import load_script, select_chapters
from audiobook.runtime import files
from audiobook.services.compare_scripts import passages
from audiobook.services.edit_matching import MatchedEdits, infer_edits, match_edits
from audiobook.writers import check_file, write_bytes

_SAME = 0.1  # of the paragraphs of a script must be in its book


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A script, and the edits that it has kept."""

    script: Script
    line_edits: int = 0  # number of edited lines
    renames: int = 0  # number of renamed or merged characters
    people: int = 0  # number of characters with edited gender or age
    orphaned_edits: tuple[OrphanedEdit, ...] = ()  # edits of lines that are not in the book any more
    strangers: tuple[Rename, ...] = ()  # renames of characters that are not in the book; also kept
    reworded: int = 0  # paragraphs of the earlier script whose text is not in the book
    misspelt: tuple[tuple[str, str], ...] = ()  # names that the user wrote, and the characters that they may mean
    facts: tuple[str, ...] = ()  # facts that differ from the book: "title", "narrator"


def is_revision(book: Path, target: Path, *, fresh: bool = False) -> bool:
    """Whether `target` is an earlier script of the book whose edits are to be kept; not if `fresh`.

    Raises UsageError if `target` must not be overwritten, DeliveryError if it cannot be written.
    """
    check_file(target)
    if not target.is_file() or not target.stat().st_size:
        return False
    if target.resolve() == book.resolve():
        if not readers.is_script(book):
            raise UsageError("the script would overwrite the book", where=str(target), hint="name another --output")
        return False  # the same script is written again, with all its edits
    if not readers.is_script(target):
        raise UsageError("the file exists and is not a script", where=str(target), hint="name another --output")
    if readers.is_script(book) and not fresh and _is_decided(readers.read_script(target)):
        raise UsageError(
            "there is a script already, with decisions of yours in it",
            where=str(target),
            hint="name another --output, or add --fresh to write over it",
        )
    return not (fresh or readers.is_script(book))


def _is_decided(script: Script) -> bool:
    """Whether the script has edits."""
    named = script.edited or script.renames or script.orphaned_edits or any(c.pinned for c in script.characters)
    return bool(named) or any(line.pinned for line in script.lines())


def back_up_script(script: Path) -> Path:
    """Copy a script to a file with `.old` added to its name. Raises DeliveryError."""
    copy = script.with_name(f"{script.name}.old")
    write_bytes(copy, script.read_bytes())
    return copy


def revise_script(
    book: Path,
    earlier: Path,
    options: ReadingOptions = AS_THE_BOOK_SAYS,
    *,
    chapters: str | None = None,
    progress: Progress = SILENT,
) -> Revision:
    """Analyse a book and apply all edits of an earlier script of it.

    Raises BookError if either cannot be read; UsageError if the earlier one is a script of another book, or has edits
    in chapters that are not requested.
    """
    old = readers.read_script(earlier)
    if not readers.keeps_choices(earlier):
        old = infer_edits(old, load_script(book, options, progress=progress))
    if not _is_decided(old):
        script = load_script(book, options, progress=progress)
        return Revision(script=select_chapters(script, chapters), reworded=_reworded(old, script))
    progress.stage("reading")
    found = readers.read_book(book, options)
    matched = match_edits(old, found)
    if matched.reworded > (1 - _SAME) * matched.paragraphs and old.facts.title != found.facts.title:
        raise UsageError(
            f"this is the script of another book, {old.facts.title!r}, with decisions of yours in it",
            where=str(earlier),
            hint="name another --output, or add --fresh to write over it",
        )
    script = _analyze(book, options, found, matched, progress)
    whole = _apply_facts(script, old) if old.edited else script
    kept = _check_chapters(replace(whole, orphaned_edits=matched.orphaned_edits), chapters, matched, earlier)
    return replace(kept, facts=tuple(_facts_kept(whole, script)), misspelt=find_misspelt_names(old))


def _reworded(old: Script, script: Script) -> int:
    words = {passage.text for passage in passages(script)}
    return sum(passage.text not in words for passage in passages(old))


def _analyze(path: Path, options: ReadingOptions, book: Book, matched: MatchedEdits, progress: Progress) -> Script:
    if not matched.count:
        return load_script(path, options, progress=progress)
    from audiobook.attribution.analyze import write_script  # noqa: PLC0415  # slow to import

    return write_script(book, source=files.printable_name(path), edits=matched.edits)


def _apply_facts(script: Script, old: Script) -> Script:
    """The script with the facts, the narrator and the aliases of the old one."""
    taken = {name for character in script.characters for name in (character.name, *character.aliases)}
    more = {c.name: tuple(alias for alias in c.aliases if alias not in taken) for c in old.characters}
    characters = tuple(replace(c, aliases=(*c.aliases, *more.get(c.name, ()))) for c in script.characters)
    told_by = old.narrator if old.narrator in taken else script.narrator
    facts = replace(
        script.facts,
        title=old.facts.title or script.facts.title,
        authors=old.facts.authors or script.facts.authors,
        language=old.facts.language,
    )
    return replace(script, facts=facts, characters=characters, narrator=told_by, edited=True)


def _check_chapters(whole: Script, chapters: str | None, matched: MatchedEdits, earlier: Path) -> Revision:
    part = select_chapters(whole, chapters)
    line_edits = sum(line.pinned for line in part.lines())
    if part is not whole and line_edits < sum(line.pinned for line in whole.lines()):
        raise UsageError(
            "what you decided in this script about other chapters would be lost",
            where=str(earlier),
            hint="leave --chapters out, or name another --output",
        )
    strangers = tuple(_find_unknown_renames(whole))
    return Revision(
        script=part,
        line_edits=line_edits,
        renames=len(whole.renames) - len(strangers),
        people=len(matched.edits.people),
        orphaned_edits=matched.orphaned_edits,
        strangers=strangers,
        reworded=matched.reworded,
    )


def _facts_kept(script: Script, analysed: Script) -> Iterator[str]:
    yield from (
        name
        for name in ("title", "authors", "language")
        if getattr(script.facts, name) != getattr(analysed.facts, name)
    )
    if script.narrator != analysed.narrator:
        yield "narrator"


def _find_unknown_renames(script: Script) -> Iterator[Rename]:
    """Renames of characters that are not in the book. A character that became the narrator is not among them."""
    names = {name for character in script.characters for name in (character.name, *character.aliases)}
    names |= set() if script.narrator is None else {NARRATOR}
    final = new_names(script.renames)
    steps = {rename.name: rename.becomes for rename in script.renames}
    reached: set[str] = set()  # known names, and the names between an old and its final name
    for name in steps:
        step = name if name in names or final[name] == NARRATOR else None
        while step in steps and step not in reached:
            reached.add(step)
            step = steps[step]
    yield from (rename for rename in script.renames if rename.name not in reached)
