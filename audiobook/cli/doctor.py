"""`audiobook doctor`: what is installed, what is missing, and how to install it."""

import typer

from audiobook.cli import console, options


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
