"""`audiobook voices`: what can be used here."""

from typing import Annotated

import typer

from audiobook.cli import options, talk


def voices_cli(
    *,
    engine: Annotated[str | None, typer.Option("--engine", metavar="NAME", help="Only this engine's voices.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="Only voices of this language: en, en-GB, de, all.")
    ] = "en",
    every: Annotated[bool, typer.Option("--all", help="Robots, whispers and other effects too.")] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the voices of every engine on this machine, the pleasantest first."""
    from audiobook import production  # noqa: PLC0415  # heavy

    talk.settle(quiet=quiet, verbose=verbose)
    wanted = None if language in (None, "all") else language
    found = production.voices_here(engine=engine, language=wanted, effects=every)
    if as_json:
        talk.json_result(
            [
                {
                    "engine": v.engine,
                    "voice": v.name,
                    "language": v.language,
                    "gender": v.gender,
                    "age": v.age,
                    "description": v.description,
                }
                for v in found
            ]
        )
        return
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    table(
        ("engine", "voice", "language", "gender", "age", "about"),
        [(v.engine, v.name, v.language, v.gender or "", v.age, v.description) for v in found],
    )
    talk.say('Hear one with: audiobook say "Good evening." --voice NAME')
