"""Who says what, over a folder of annotated novels.

    python -m tests.benchmarks.who NOVELS SCORER

NOVELS holds a folder a novel in the layout of the Project Dialogism Novel Corpus, with its text in novel_text.txt;
SCORER is the program that compares scripts with the annotations (it is given SCRIPT.json FOLDER, pair by pair). Prints
what the scorer prints, and the CPU time the scripts took.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from audiobook.reading import read_book
from audiobook.script_json import script_to_json
from audiobook.scripting.analysis import write_script


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("novels", type=Path)
    parser.add_argument("scorer", type=Path)
    args = parser.parse_args()
    words, begun = 0, time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        pairs: list[str] = []
        for novel in sorted(path for path in args.novels.iterdir() if path.is_dir()):
            book = read_book(novel / "novel_text.txt")
            words += sum(chapter.words for chapter in book.chapters)
            script = Path(folder) / f"{novel.name}.json"
            script.write_text(json.dumps(script_to_json(write_script(book))), encoding="utf-8")
            pairs += [str(script), str(novel)]
        spent = time.process_time() - begun
        print(
            f"{words:,} words read and analysed in {spent:.1f} s CPU: {spent / words * 100_000:.2f} s per 100,000 words"
        )
        sys.stdout.flush()
        subprocess.run([sys.executable, str(args.scorer), *pairs], check=True)


if __name__ == "__main__":
    main()
