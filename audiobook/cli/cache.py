"""`audiobook cache`: the finished work that is kept between builds."""

from typing import Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_size, print_table

_Prune = Annotated[
    str | None,
    typer.Option(
        "--prune",
        metavar="WHAT",
        help="Remove `all`, or what was not used for some days (30d), or the longest unused down to a size (2GB).",
    ),
]


def cache_cli(
    *,
    prune: _Prune = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show how much finished work the cache folder holds, or remove some of it.

    Everything in the cache can be made again: pruning it only makes the next build slower. The environment variable
    AUDIOBOOK_CACHE names another folder.

    \b
    Examples:
      audiobook cache
      audiobook cache --prune 30d
    """
    from audiobook import services  # noqa: PLC0415  # slow to import

    console.configure(quiet=quiet, verbose=verbose)
    if prune is not None:
        freed = services.prune_cache(prune)
        console.print_message(f"{format_size(freed)} freed.")
    contents = services.cache_contents()
    if as_json:
        kinds = {kind: {"pieces": held.entries, "bytes": held.size} for kind, held in contents.holdings.items()}
        console.print_json({"folder": str(contents.root), "kinds": kinds})
        return
    console.print_result(str(contents.root))
    print_table(
        ("kind", "files", "size"),
        [(kind, f"{held.entries:,}", format_size(held.size)) for kind, held in contents.holdings.items()],
        right=(1, 2),
    )


def shelf_cli(
    *,
    prune: _Prune = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """The old name of `audiobook cache`."""
    console.configure(quiet=quiet, verbose=verbose)
    console.print_note("`audiobook shelf` is now called `audiobook cache`.")
    cache_cli(prune=prune, as_json=as_json, quiet=quiet, verbose=verbose)
