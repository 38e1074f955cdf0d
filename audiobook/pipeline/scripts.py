"""Get the script of a file: read it, analyse it, cache the result, and select chapters."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook import __version__, attribution, readers
from audiobook.errors import BookError, UsageError, command_line
from audiobook.languages.codes import get_language_name, normalize_language, require_language
from audiobook.languages.identify import is_in_conflict
from audiobook.languages.scripts import estimate_seconds
from audiobook.model.book import ChapterEdits, Cover, Facts, Skipped, summarize_skipped
from audiobook.model.ledger import account_from_json
from audiobook.model.progress import SILENT, Progress
from audiobook.model.reading import AS_THE_BOOK_SAYS, ReadingOptions, require_notes_mode
from audiobook.model.script import Script, words_of_lines
from audiobook.model.script_json import is_exactly, script_from_json
from audiobook.pipeline import analysis
from audiobook.pipeline.analysis import Meanwhile
from audiobook.runtime import files
from audiobook.runtime.cache import Cache, key_of

WORDS_A_MINUTE = 190.0  # measured with espeak-ng at rate 175, with pauses

_TRIES = 3  # if the book changes while it is read
_RANGE = re.compile(r"\s*(\d{1,6})\s*(?:(-)\s*(\d{1,6})?\s*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterRow:
    """A chapter in a listing."""

    number: int
    title: str
    words: int
    seconds: float  # estimated
    changes: tuple[str, ...] = ()  # by the user's list of chapters


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The chapters that are read aloud, and what is skipped."""

    facts: Facts
    chapters: tuple[ChapterRow, ...]
    skipped: tuple[Skipped, ...]  # with the words that the ledger counts
    edits: ChapterEdits | None = None  # by the user's list of chapters
    notices: tuple[str, ...] = ()  # what the user should know about the files, in sentences


def contents(path: Path, chapters: str | None = None, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Contents:
    """The chapters of a book or a script with their words and estimated durations. Raises BookError, UsageError."""
    if readers.is_script(path):
        script = select_chapters(_with_language(readers.read_script(path), options), chapters, path)
        rows = [
            _row(c.number, c.title, sum(words_of_lines(c.lines)), (n.text for n in c.lines)) for c in script.chapters
        ]
        return Contents(facts=script.facts, chapters=tuple(rows), skipped=())
    book = readers.read_book(path, options)
    wanted = set(parse_chapters(chapters, [c.number for c in book.chapters], path))
    read = [chapter for chapter in book.chapters if chapter.number in wanted]
    changes = book.edits.changes if book.edits else ()
    rows = [
        replace(
            _row(c.number, c.title, c.words, (p.text for p in c.paragraphs)),
            changes=tuple(change for at, change in changes if at == c.number),
        )
        for c in read
    ]
    return Contents(
        facts=book.facts,
        chapters=tuple(rows),
        skipped=tuple(summarize_skipped(readers.list_skipped(path, book, options))),
        edits=book.edits,
        notices=readers.notices_of(book),
    )


def _row(number: int, title: str, words: int, texts: Iterable[str]) -> ChapterRow:
    seconds = estimate_seconds(texts, words, WORDS_A_MINUTE)
    return ChapterRow(number=number, title=title, words=words, seconds=seconds)


def load_script(
    path: Path,
    options: ReadingOptions = AS_THE_BOOK_SAYS,
    *,
    cache: Cache | None = None,
    progress: Progress = SILENT,
    meanwhile: Meanwhile | None = None,
) -> Script:
    """The script of a book, or the script in a script file.

    An analysis is cached. `meanwhile` is called while a large book is analysed. Raises BookError.
    """
    if readers.is_script(path):
        return _with_language(readers.read_script(path), options)
    cache = cache or Cache()
    key = script_key(path, options)
    script = _kept_script(key, cache)
    if script is None:
        progress.stage("reading")
        data = json.loads(_analyze_and_keep(path, options, key, cache, meanwhile))
        script = replace(script_from_json(data), account=account_from_json(data[analysis.ACCOUNT]))
    if conflict := describe_language_conflict(script.facts):
        progress.note(conflict)
    for notice in script.notices:
        progress.note(notice)
    return replace(script, source=files.printable_name(path))


def make_reading_options(language: str | None, notes: str = "skip", parts: tuple[Path, ...] = ()) -> ReadingOptions:
    """The options for a book in that language; None: as it says and shows.

    `notes` is a mode for footnotes, and `parts` are the files of a book in several. Raises UsageError for an unknown
    language or mode.
    """
    return ReadingOptions(
        language=None if language is None else require_language(language),
        notes=require_notes_mode(notes),
        parts=parts,
    )


def _with_language(script: Script, options: ReadingOptions) -> Script:
    """The script of a script file, with the language that is wanted, else the one that a person may have written."""
    language = options.language or normalize_language(script.facts.language) or script.facts.language
    return replace(script, facts=replace(script.facts, language=language, stated_language=""))


def describe_language_conflict(facts: Facts) -> str | None:
    """A sentence for a book whose text is in another language than the book states; None for any other book."""
    stated, language = facts.stated_language, facts.language
    if not is_in_conflict(stated, language):
        return None
    name = get_language_name(language)
    return (
        f"the book says that it is in {get_language_name(normalize_language(stated))}, but its text is in {name}, "
        f"and is read so; if that is wrong, add --language {normalize_language(stated)}"
    )


def _kept_script(key: str, cache: Cache) -> Script | None:
    """The cached script; None if there is none, or if it is not exactly what this version writes."""
    kept = cache.load("scripts", key)
    if kept is None:
        return None
    try:
        data = json.loads(kept[1])
        account = account_from_json(data.pop(analysis.ACCOUNT))
        script = script_from_json(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return replace(script, account=account) if is_exactly(data, script) else None


def _analyze_and_keep(
    path: Path, options: ReadingOptions, key: str, cache: Cache, meanwhile: Meanwhile | None
) -> bytes:
    """Analyse a book and cache its script and cover; returns the script as JSON. Raises BookError, DeliveryError."""
    own = Cache(cache.root)  # with a workspace of its own, which can be closed here; the other one has takes
    try:
        for _ in range(_TRIES):
            workspace = str(own.workspace())
            if analysis.is_large(path, options):
                draft, cover = analysis.analyze_in_process(path, workspace, meanwhile, options)
            else:
                draft, cover = analysis.write_draft(path, workspace, options)
            before, key = key, script_key(path, options)
            if key == before:
                _keep_cover(cover, _cover_key(path, options), own)
                own.publish("scripts", key, draft)
                return own.get_or_raise("scripts", key)[1]
    finally:
        own.close_workspace()
    raise BookError("the book keeps changing while it is read", where=str(path), hint="try again when it is finished")


def is_analysed(path: Path, cache: Cache, options: ReadingOptions = AS_THE_BOOK_SAYS) -> bool:
    """Whether `load_script` finds the script without an analysis. Raises BookError if the file cannot be read."""
    return readers.is_script(path) or cache.peek("scripts", script_key(path, options)) is not None


def script_key(path: Path, options: ReadingOptions = AS_THE_BOOK_SAYS) -> str:
    """The cache key of a script: content and name of the file, wishes, and the versions of reading and analysis."""
    name = (path.suffix.lower(), path.stem)
    return key_of(readers.digest(path, options), *name, options, __version__, readers.RECIPE, attribution.RECIPE)


def select_chapters(script: Script, chapters: str | None, path: Path | None = None) -> Script:
    """The script with only the named chapters. Raises UsageError.

    Select chapters after casting, so that a part has the same voices as the whole book. `path` is used in a hint.
    """
    if chapters is None:
        return script
    wanted = set(parse_chapters(chapters, [c.number for c in script.chapters], path))
    return replace(script, chapters=tuple(c for c in script.chapters if c.number in wanted))


def parse_chapters(spec: str | None, numbers: list[int], path: Path | None = None) -> list[int]:
    """The chapter numbers that a list such as `2-5,8` or `3-` names. Raises UsageError."""
    if spec is None:
        return numbers
    if not numbers:
        raise UsageError(f"--chapters {spec}: there are no chapters here", hint="leave --chapters out")
    known = set(numbers)
    wanted: list[int] = []
    for piece in spec.split(","):
        match = _RANGE.fullmatch(piece)
        if match is None:
            raise UsageError(f"--chapters does not understand {piece!r}", hint="write a list such as 2-5,8 or 3-")
        first = int(match[1])
        last = int(match[3]) if match[3] else (max(known) if match[2] else first)
        missing = first if first not in known else last if last not in known else None
        if missing is not None or last < first:
            raise UsageError(
                f"--chapters {spec}: there is no chapter {missing or piece.strip()} here",
                hint=f"the book has chapters {min(known)} to {max(known)}"
                + (f"; list them with: {command_line('audiobook', 'chapters', path)}" if path else ""),
            )
        wanted += [n for n in numbers if first <= n <= last]
    return wanted


def find_cover(path: Path, script: Script, cache: Cache, options: ReadingOptions = AS_THE_BOOK_SAYS) -> Cover | None:
    """The cover of a book. For a script file: the cover of its book, if that is in the same folder."""
    book = path
    if readers.is_script(path):
        if not script.source or Path(script.source).name != script.source:
            return None
        book = path.with_name(script.source)
    try:
        if not (options.parts or book.exists()):
            return None
        key = _cover_key(book, options)
        cover, is_known = _kept_cover(key, cache)
        if not is_known:
            cover = readers.read_book(book, replace(AS_THE_BOOK_SAYS, parts=options.parts)).cover
            _keep_cover(cover, key, cache)
    except (BookError, OSError):
        return None  # the book of a script may be damaged or missing, and its name may be invalid
    return cover


def _cover_key(path: Path, options: ReadingOptions) -> str:
    """The cache key of a cover, which depends on no option but the files of the book."""
    return script_key(path, replace(AS_THE_BOOK_SAYS, parts=options.parts))


def _kept_cover(key: str, cache: Cache) -> tuple[Cover | None, bool]:
    """The cached cover, and whether the cache has a record: None and True for a book without a cover."""
    meta, data = cache.load("covers", key) or ({}, b"")
    media_type = meta.get("media_type")
    if not isinstance(media_type, str) or len(meta) != 1 or bool(media_type) != bool(data):
        return None, False
    return (Cover(data=data, media_type=media_type) if data else None), True


def _keep_cover(cover: Cover | None, key: str, cache: Cache) -> None:
    """Cache the cover, or that there is none."""
    if cover is None:
        cache.save("covers", key, b"", {"media_type": ""})
    else:
        cache.save("covers", key, cover.data, {"media_type": cover.media_type})
