"""Write the reference in docs/command-line.md from the commands and options as the program has them.

    python -m tools.make_command_line_page

Only the part between the two markers is written; the prose around it stays. `tests/test_docs.py` fails where the page
and the program differ.
"""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer

PAGE = Path(__file__).resolve().parents[1] / "docs" / "command-line.md"
BEGIN = "<!-- begin of the generated part: python -m tools.make_command_line_page -->"
END = "<!-- end of the generated part -->"
SHARED = ("--help", "--quiet", "--verbose", "--version")  # options that the page describes once, for all commands

# Typer brings its own copy of Click in some versions and not in others, so Click's types cannot be named here.
Command = Any
Parameter = Any


def commands() -> Iterator[tuple[str, Command]]:
    """Every command that is not hidden: its full name, such as `audiobook voices install`, and the command."""
    from audiobook.cli.app import app  # the page's name is known without it

    yield from _walk("audiobook", typer.main.get_command(app))


def _walk(name: str, command: Command) -> Iterator[tuple[str, Command]]:
    yield name, command
    for part, child in getattr(command, "commands", {}).items():
        if not child.hidden:
            yield from _walk(f"{name} {part}", child)


def options(command: Command) -> list[Parameter]:
    """The options of a command that are not hidden."""
    return [p for p in command.params if p.param_type_name == "option" and not p.hidden]


def arguments(command: Command) -> list[Parameter]:
    """The arguments of a command."""
    return [p for p in command.params if p.param_type_name == "argument" and not getattr(p, "hidden", False)]


def spellings(option: Parameter) -> tuple[str, ...]:
    """Every way an option can be written: `--output`, `-o`, `--mono`."""
    return (*option.opts, *option.secondary_opts)


def reference() -> str:
    """The generated part of the page, without its markers."""
    found = list(commands())
    overview = [f"| [`{name}`](#{_anchor(name)}) | {_short(command)} |" for name, command in found[1:]]
    sections = [_section(name, command) for name, command in found[1:]]
    return "\n".join(["| command | what it does |", "|---|---|", *overview, "", *sections]).rstrip("\n")


def page_with(text: str, generated: str) -> str:
    """The page `text` with its generated part replaced. Raises ValueError where a marker is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page has lost a marker: {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\n{generated}\n\n{END}{after}"


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _short(command: Command) -> str:
    return _cell(command.short_help or (command.help or "").partition("\n\n")[0])


def _section(name: str, command: Command) -> str:
    parts = [f"### {name}", f"    {_usage(name, command)}", *_paragraphs(command.help or "")]
    rows = [*map(_argument_row, arguments(command))]
    rows += [_option_row(option) for option in options(command) if not set(SHARED) & set(spellings(option))]
    if rows:
        parts.append("\n".join(["| argument or option | what it does |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def _usage(name: str, command: Command) -> str:
    wanted = [_metavar(a) if a.required else f"[{_metavar(a)}]" for a in arguments(command)]
    return " ".join([name, *wanted, "[OPTIONS]"])


def _paragraphs(text: str) -> list[str]:
    return [_prose(" ".join(paragraph.split())) for paragraph in text.split("\n\n") if paragraph.strip()]


def _prose(text: str) -> str:
    """Help as Markdown that shows it unchanged: what Markdown and HTML would take for markup is escaped."""
    parts = text.split("`")  # every second part is code, where nothing is escaped
    parts[::2] = [part.replace("<", "&lt;").replace("[", "\\[").replace("*", "\\*") for part in parts[::2]]
    return "`".join(parts)


def _metavar(parameter: Parameter) -> str:
    return str(parameter.metavar or parameter.name.upper()).strip("[]")


def _argument_row(argument: Parameter) -> str:
    return f"| `{_metavar(argument)}` | {_cell(argument.help or '')} |"


def _option_row(option: Parameter) -> str:
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))
    names += "".join(f" / `{name}`" for name in option.secondary_opts)
    value = "" if option.is_flag else f" `{option.metavar or _kind(option)}`"
    return f"| {names}{value} | {_cell((option.help or '') + _limits(option))} |"


def _kind(option: Parameter) -> str:
    choices = getattr(option.type, "choices", None)
    if choices:
        return "/".join(str(c.value if isinstance(c, Enum) else c) for c in choices)
    return "NUMBER" if option.type.name.startswith(("int", "float")) else "TEXT"


def _limits(option: Parameter) -> str:
    """The default and the least value, where the help does not say them itself."""
    facts = []
    if "default" not in (option.help or "") and (default := _default(option)):
        facts.append(f"default: {default}")
    if (least := getattr(option.type, "min", None)) is not None:
        facts.append(f"at least {least}")
    return f" ({', '.join(facts)})" if facts else ""


def _default(option: Parameter) -> str:
    if option.is_flag:
        return option.secondary_opts[0].lstrip("-") if option.secondary_opts and not option.default else ""
    return "" if option.default in (None, (), []) else str(option.default)


def _cell(text: str) -> str:
    return _prose(" ".join(text.split())).replace("|", "\\|")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page_with(PAGE.read_text(encoding="utf-8"), reference()), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
