"""`audiobook shelf`: the finished work kept between builds."""

from typing import Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import size


def shelf_cli(
    *,
    prune: Annotated[
        str | None,
        typer.Option(
            "--prune", metavar="WHAT", help="Remove: `all`, what was unused for days (30d), or down to a size (2GB)."
        ),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show how much finished work the cache folder holds, or remove some of it.

    Everything on the shelf can be made anew; pruning only makes the next build slower.
    """
    from audiobook import production  # noqa: PLC0415  # heavy

    talk.settle(quiet=quiet, verbose=verbose)
    if prune is not None:
        freed = production.prune_shelf(prune)
        talk.say(f"{size(freed)} freed.")
    shelf = production.shelf_contents()
    if as_json:
        talk.json_result(
            {
                "folder": str(shelf.root),
                "kinds": {kind: {"pieces": h.pieces, "bytes": h.size} for kind, h in shelf.holdings.items()},
            }
        )
        return
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    talk.result(str(shelf.root))
    table(
        ("kind", "pieces", "size"),
        [(kind, f"{held.pieces:,}", size(held.size)) for kind, held in shelf.holdings.items()],
        right=(1, 2),
    )
