"""A book analysed again under what a person decided in the script of an earlier analysis."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook import readers
from audiobook.errors import UsageError
from audiobook.model.book import Book
from audiobook.model.progress import SILENT, Progress
from audiobook.model.script import NARRATOR, OrphanedEdit, Rename, Script, new_names
from audiobook.pipeline.doubts import find_misspelt_names
from audiobook.pipeline.scripts import script_of, select_chapters
from audiobook.runtime import files
from audiobook.services.compare_scripts import passages
from audiobook.services.edit_matching import Decisions, decisions_in, inferred
from audiobook.writers import check_file, write_bytes

_SAME = 0.1  # of the paragraphs of a script must be in its book


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A script, and what of a person's decisions it keeps."""

    script: Script
    line_edits: int = 0  # lines whose speaker was decided
    renames: int = 0  # people joined or renamed
    people: int = 0  # people whose gender and age were decided
    orphaned_edits: tuple[
        OrphanedEdit, ...
    ] = ()  # decisions on lines that are not in the book any more; kept in the script
    strangers: tuple[Rename, ...] = ()  # renames of people whom nobody is called like; kept too
    reworded: int = 0  # paragraphs of the earlier script whose words are not those of the book
    misspelt: tuple[tuple[str, str], ...] = ()  # names that a person wrote, and whom they may mean
    facts: tuple[str, ...] = ()  # what the earlier script says otherwise than the book: "title", "narrator"


def is_revision(book: Path, target: Path, *, fresh: bool = False) -> bool:
    """Whether an earlier script of the book stands at `target`, with decisions to keep; `fresh` gives them up.

    Raises UsageError where something stands there that must not be written over, DeliveryError where nothing can.
    """
    check_file(target)
    if not target.is_file() or not target.stat().st_size:
        return False
    if target.resolve() == book.resolve():
        if not readers.is_script(book):
            raise UsageError("the script would overwrite the book", where=str(target), hint="name another --output")
        return False  # the same script written anew, with all that is decided in it
    if not readers.is_script(target):
        raise UsageError("this is there already, and no script", where=str(target), hint="name another --output")
    if readers.is_script(book) and not fresh and _is_decided(readers.read_script(target)):
        raise UsageError(
            "there is a script already, with decisions of yours in it",
            where=str(target),
            hint="name another --output, or add --fresh to write over it",
        )
    return not (fresh or readers.is_script(book))


def _is_decided(script: Script) -> bool:
    """Whether a person decided anything in it."""
    named = script.edited or script.renames or script.orphaned_edits or any(c.pinned for c in script.characters)
    return bool(named) or any(line.pinned for line in script.lines())


def set_aside(script: Path) -> Path:
    """Keep a copy of a script beside it, with `.old` behind its name. Raises DeliveryError."""
    copy = script.with_name(f"{script.name}.old")
    write_bytes(copy, script.read_bytes())
    return copy


def revised(book: Path, earlier: Path, *, chapters: str | None = None, progress: Progress = SILENT) -> Revision:
    """The script of a book, with every decision that a person made in an earlier script of it.

    Raises BookError where either cannot be read; UsageError where the earlier one is a script of another book, or has
    decisions on chapters that are not asked for.
    """
    old = readers.read_script(earlier)
    if not readers.keeps_choices(earlier):
        old = inferred(old, script_of(book, progress=progress))
    if not _is_decided(old):
        script = script_of(book, progress=progress)
        return Revision(script=select_chapters(script, chapters), reworded=_reworded(old, script))
    progress.stage("reading")
    found = readers.read_book(book)
    decisions = decisions_in(old, found)
    if decisions.reworded > (1 - _SAME) * decisions.paragraphs and old.facts.title != found.facts.title:
        raise UsageError(
            f"this is the script of another book, {old.facts.title!r}, with decisions of yours in it",
            where=str(earlier),
            hint="name another --output, or add --fresh to write over it",
        )
    script = _analysed(book, found, decisions, progress)
    whole = _as_titled(script, old) if old.edited else script
    kept = _checked(replace(whole, orphaned_edits=decisions.orphaned_edits), chapters, decisions, earlier)
    return replace(kept, facts=tuple(_facts_kept(whole, script)), misspelt=find_misspelt_names(old))


def _reworded(old: Script, script: Script) -> int:
    words = {passage.text for passage in passages(script)}
    return sum(passage.text not in words for passage in passages(old))


def _analysed(path: Path, book: Book, decisions: Decisions, progress: Progress) -> Script:
    if not decisions.count:
        return script_of(path, progress=progress)
    from audiobook.attribution.analyze import write_script  # noqa: PLC0415  # heavy

    return write_script(book, source=files.printable_name(path), edits=decisions.edits)


def _as_titled(script: Script, old: Script) -> Script:
    """The script with what the old one says of the book, and with every name that anybody had there."""
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


def _checked(whole: Script, chapters: str | None, decisions: Decisions, earlier: Path) -> Revision:
    part = select_chapters(whole, chapters)
    line_edits = sum(line.pinned for line in part.lines())
    if part is not whole and line_edits < sum(line.pinned for line in whole.lines()):
        raise UsageError(
            "what you decided in this script about other chapters would be lost",
            where=str(earlier),
            hint="leave --chapters out, or name another --output",
        )
    strangers = tuple(_strangers(whole))
    return Revision(
        script=part,
        line_edits=line_edits,
        renames=len(whole.renames) - len(strangers),
        people=len(decisions.edits.people),
        orphaned_edits=decisions.orphaned_edits,
        strangers=strangers,
        reworded=decisions.reworded,
    )


def _facts_kept(script: Script, analysed: Script) -> Iterator[str]:
    yield from (
        name
        for name in ("title", "authors", "language")
        if getattr(script.facts, name) != getattr(analysed.facts, name)
    )
    if script.narrator != analysed.narrator:
        yield "narrator"


def _strangers(script: Script) -> Iterator[Rename]:
    """The renames of people whom nobody is called like; whoever became the narrator is no character any more."""
    names = {name for character in script.characters for name in (character.name, *character.aliases)}
    names |= set() if script.narrator is None else {NARRATOR}
    final = new_names(script.renames)
    steps = {rename.name: rename.becomes for rename in script.renames}
    reached: set[str] = set()  # the names of those who are known, and what they were called on the way to the last
    for name in steps:
        step = name if name in names or final[name] == NARRATOR else None
        while step in steps and step not in reached:
            reached.add(step)
            step = steps[step]
    yield from (rename for rename in script.renames if rename.name not in reached)
