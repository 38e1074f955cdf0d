"""The options that several commands share, worded once."""

from pathlib import Path
from typing import Annotated

import typer

Book = Annotated[
    Path,
    typer.Argument(
        metavar="BOOK",
        readable=False,  # whoever reads it says why it cannot be read
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
        help="The voices file (default: BOOK.voices.toml or voices.toml beside the book, else the one that ships).",
    ),
]
Engine = Annotated[
    str | None,
    typer.Option("--engine", metavar="NAME", help="Use this engine for everyone, whatever the voices file says."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for a program to read.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but results and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what is going on.")]
