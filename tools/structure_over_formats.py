"""How well the structure of real books survives conversion: one table of formats and programs that wrote them.

    python -m tools.structure_over_formats --into FOLDER     # every book, every format
    python -m tools.structure_over_formats --into FOLDER --only 'pg*' --formats docx,rtf --details

The books and the scorer are those of the developers' data (see CONTRIBUTING.md). pandoc, LibreOffice (soffice) and
Calibre (ebook-convert) convert each book into FOLDER, where a file that is there already is kept. Each file is read,
and its chapters are marked against those of the original. LibreOffice gets a text as it is, and an EPUB, which it
cannot read, as pandoc's OpenDocument text.
"""

import argparse
import fnmatch
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from audiobook.errors import AudiobookError
from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from tests.shared_data import find_shared_data

_TIMEOUT = 600  # seconds for one conversion
_SCORER = Path("tools") / "structure" / "score.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Converter:
    """A program that converts books."""

    name: str
    program: str
    formats: tuple[str, ...]  # suffixes that it writes
    command: Callable[[Path, Path], list[str]]  # from the source and the target
    reads: tuple[str, ...]  # suffixes


def _pandoc(source: Path, target: Path) -> list[str]:
    return ["pandoc", "-s", str(source), "-o", str(target)]


def _soffice(source: Path, target: Path) -> list[str]:
    profile = f"-env:UserInstallation={(target.parent / 'profile').resolve().as_uri()}"
    folder = ["--outdir", str(target.parent)]
    return ["soffice", profile, "--headless", "--convert-to", target.suffix[1:], *folder, str(source)]


def _calibre(source: Path, target: Path) -> list[str]:
    return ["ebook-convert", str(source), str(target)]


CONVERTERS = (
    Converter(
        name="pandoc",
        program="pandoc",
        formats=("docx", "odt", "rtf", "fb2", "html"),
        command=_pandoc,
        reads=(".epub",),
    ),
    Converter(
        name="LibreOffice",
        program="soffice",
        formats=("docx", "odt", "rtf", "html", "pdf"),
        command=_soffice,
        reads=(".txt", ".odt"),
    ),
    Converter(
        name="Calibre",
        program="ebook-convert",
        formats=("docx", "rtf", "fb2", "azw3", "mobi", "pdf"),
        command=_calibre,
        reads=(".txt", ".epub"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one book in one format."""

    book: str
    converter: str
    form: str
    f1: float = 0.0
    titles: float = 0.0
    leaked: float = 0.0
    lost: float = 1.0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


def find_scorer() -> ModuleType | None:
    """The module of the scorer; None where the developers' data are not there."""
    shared = find_shared_data()
    if shared is None:
        return None
    path = shared / _SCORER
    spec = importlib.util.spec_from_file_location("structure_scorer", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def convert(source: Path, target: Path, converter: Converter) -> bool:
    """Convert a book, unless the target is there already; whether the target is there then."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        made = target.parent / (source.stem + target.suffix)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
        given = made if converter.program == "soffice" else target
        subprocess.run(
            converter.command(source, given), capture_output=True, timeout=_TIMEOUT, env=environment, check=False
        )
        if given != target and given.exists():
            given.rename(target)
    return target.exists()


def _prepare_source(row: Any, path: Path, folder: Path) -> Path:
    """The source under the name of the book, a text in UTF-8 as programs expect it."""
    target = folder / "sources" / f"{row.name}{path.suffix}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".txt":
            data = path.read_bytes()
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1252", "replace")
            target.write_text(text, encoding="utf-8")
        else:
            shutil.copyfile(path, target)
    return target


def list_files(source: Path, folder: Path, formats: Sequence[str]) -> Iterator[tuple[Converter, Path]]:
    """The files that the programs make of a book, each converted when it is asked for."""
    for converter in CONVERTERS:
        given = source
        if shutil.which(converter.program) is None:
            continue
        if source.suffix not in converter.reads:
            given = folder / "pandoc" / f"{source.stem}.odt"
            if not convert(source, given, CONVERTERS[0]):
                continue
        if given.suffix == ".txt" and converter.program == "pandoc":
            continue
        for form in converter.formats:
            target = folder / converter.name.casefold() / f"{source.stem}.{form}"
            if form in formats and convert(given, target, converter):
                yield converter, target


def mark(scorer: ModuleType, row: Any, original: Path, converter: Converter, path: Path) -> Result:
    """Read a converted book, and mark its structure against the original's."""
    known = {"book": row.name, "converter": converter.name, "form": path.suffix[1:]}
    begun = time.process_time()
    try:
        book = read_book(path)
    except AudiobookError as error:
        return Result(**known, notes=(f"FAILED: {error}",))
    seconds = time.process_time() - begun
    notes = [f"account: {fault}" for fault in account_of(path, book).faults]
    stream, expected = scorer.se_truth(original) if row.kind == "se" else scorer.hand_truth(row, original)
    found = cast("dict[str, float]", scorer.mark(row, stream, expected, _as_script(book), _as_listing(book), notes))
    return Result(
        **known,
        f1=found["f1"],
        titles=found["titles"],
        leaked=found["leaked"],
        lost=found["lost"],
        seconds=seconds,
        notes=tuple(notes),
    )


def _as_script(book: Book) -> dict[str, Any]:
    """The book as the scorer expects a script: each paragraph is a line."""
    chapters = [
        {
            "number": chapter.number,
            "title": chapter.title,
            "lines": [{"text": p.text, "block": p.kind} for p in chapter.paragraphs if p.text],
        }
        for chapter in book.chapters
    ]
    return {"book": {"language": book.facts.language}, "chapters": chapters}


def _as_listing(book: Book) -> dict[str, Any]:
    return {"chapters": [{"number": chapter.number, "title": chapter.title} for chapter in book.chapters]}


def _tell(result: Result, *, details: bool) -> None:
    print(
        f"{result.book:28.28} {result.converter:12} {result.form:5} F1 {result.f1:.3f}  titles {result.titles:.3f}  "
        f"leaked {100 * result.leaked:6.2f} %  lost {100 * result.lost:6.2f} %  {result.seconds:5.1f} s",
        flush=True,
    )
    for note in result.notes if details or result.f1 == 0.0 else ():
        print(f"      {note}")


def _sum_up(results: Sequence[Result]) -> None:
    groups = sorted({(result.converter, result.form) for result in results})
    for converter, form in groups:
        own = [result for result in results if (result.converter, result.form) == (converter, form)]
        means = (sum(getattr(r, key) for r in own) / len(own) for key in ("f1", "titles", "leaked", "lost"))
        f1, titles, leaked, lost = means
        print(
            f"{converter + ' → ' + form:22} ({len(own)} books)  F1 {f1:.3f}  titles {titles:.3f}  "
            f"leaked {100 * leaked:.2f} %  lost {100 * lost:.2f} %"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--into", type=Path, required=True, help="the folder of the converted books")
    parser.add_argument("--only", default="*", help="books, as shell patterns with commas between")
    parser.add_argument("--formats", default="docx,odt,rtf,fb2,html,azw3,mobi,pdf")
    parser.add_argument("--details", action="store_true", help="say under each book what differs")
    options = parser.parse_args()
    scorer = find_scorer()
    if scorer is None:
        print("the developers' data are not there: see AUDIOBOOK_SHARED in CONTRIBUTING.md", file=sys.stderr)
        return 2
    missing = [one.program for one in CONVERTERS if shutil.which(one.program) is None]
    if missing:
        print(f"not installed, and left out: {', '.join(missing)}", file=sys.stderr)
    results = []
    for row in scorer.books():
        original = scorer.make(row, options.into)
        if original is None or not any(fnmatch.fnmatch(row.name, one) for one in options.only.split(",")):
            continue
        source = _prepare_source(row, original, options.into)
        for converter, path in list_files(source, options.into, options.formats.split(",")):
            results.append(mark(scorer, row, original, converter, path))
            _tell(results[-1], details=options.details)
    _sum_up(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
