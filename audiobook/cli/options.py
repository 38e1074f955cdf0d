"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Book = Annotated[
    Path,
    typer.Argument(
        metavar="BOOK",
        readable=False,  # the reader reports an unreadable file
        help="A book, or a script that `audiobook script` wrote (.script.txt, .json).",
    ),
]
Chapters = Annotated[
    str | None, typer.Option("--chapters", metavar="LIST", help="Only these chapters, by number: 2-5,8 (default: all).")
]
VoicesFile = Annotated[
    Path | None,
    typer.Option(
        "--voices",
        metavar="FILE",
        help="The voices file (default: BOOK.voices.toml or voices.toml beside the book, else the built-in one).",
    ),
]
Engine = Annotated[
    str | None,
    typer.Option("--engine", metavar="NAME", help="Use this engine for every speaker; it overrides the voices file."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only results, warnings and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print more about the progress.")]
