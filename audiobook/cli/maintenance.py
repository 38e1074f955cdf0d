"""`audiobook cache` and `audiobook doctor`: what is kept between builds, and what is installed."""

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


def doctor_cli(
    *, as_json: options.Json = False, quiet: options.Quiet = False, verbose: options.Verbose = False
) -> None:
    """Check that everything a build needs is installed and works.

    Prints a line for each part, and for a missing one the command that installs it. The exit code is 5 if a part is
    missing.

    \b
    Examples:
      audiobook doctor
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.errors import MissingToolError  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    findings = services.examine()
    if as_json:
        console.print_json([{"what": f.what, "ok": f.ok, "found": f.found, "fix": f.fix} for f in findings])
    else:
        for finding in findings:
            console.print_result(f"{'ok     ' if finding.ok else 'MISSING'}  {finding.what:<18} {finding.found}")
            if finding.fix:
                console.print_result(f"         {'':<18} fix: {finding.fix}")
    if not all(f.ok for f in findings):
        raise typer.Exit(MissingToolError.exit_code)
