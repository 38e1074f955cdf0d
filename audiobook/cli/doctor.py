"""`audiobook doctor`: what is installed, what is missing, and the line that fixes it."""

import typer

from audiobook.cli import options, talk


def doctor_cli(
    *, as_json: options.Json = False, quiet: options.Quiet = False, verbose: options.Verbose = False
) -> None:
    """Check that everything a build needs is here and works. Exit code 5 if something is missing."""
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.errors import MissingToolError  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    findings = production.examine()
    if as_json:
        talk.json_result([{"what": f.what, "ok": f.ok, "found": f.found, "fix": f.fix} for f in findings])
    else:
        for finding in findings:
            talk.result(f"{'ok     ' if finding.ok else 'MISSING'}  {finding.what:<18} {finding.found}")
            if finding.fix:
                talk.result(f"         {'':<18} fix: {finding.fix}")
    if not all(f.ok for f in findings):
        raise typer.Exit(MissingToolError.exit_code)
