"""Makes the small books in tests/readers/made again, with the real programs: python -m tools.make_format_samples

Each file is tests/readers/made/crossing.md, a story of ours, as pandoc, LibreOffice (soffice) or Calibre
(ebook-convert) writes it. LibreOffice and Calibre convert what pandoc made. Another version of a program makes other
bytes, which the tests do not mind: they compare chapters, title and words.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "readers" / "made"
SOURCE = FOLDER / "crossing.md"
FORMATS = {
    "pandoc": ("docx", "odt", "rtf", "fb2", "html"),
    "libreoffice": ("docx", "odt", "rtf"),
    "calibre": ("docx", "rtf", "fb2"),
}
PROGRAMS = {"pandoc": "pandoc", "libreoffice": "soffice", "calibre": "ebook-convert"}


def main() -> int:
    missing = [program for program in PROGRAMS.values() if shutil.which(program) is None]
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in ("docx", "odt", "epub"):
            _run(["pandoc", "-s", str(SOURCE), "-o", str(folder / f"crossing.{suffix}")])
        for maker, suffixes in FORMATS.items():
            for suffix in suffixes:
                _make(maker, suffix, folder)
    return 0


def _make(maker: str, suffix: str, folder: Path) -> None:
    target = FOLDER / f"{maker}.{suffix}"
    if maker == "pandoc":
        _run(["pandoc", "-s", str(SOURCE), "-o", str(target)])
    elif maker == "calibre":
        _run(["ebook-convert", str(folder / "crossing.epub"), str(target)])
    else:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        given = folder / ("crossing.docx" if suffix == "odt" else "crossing.odt")
        _run(["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder / "out"), str(given)])
        shutil.copyfile(folder / "out" / f"crossing.{suffix}", target)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


if __name__ == "__main__":
    sys.exit(main())
