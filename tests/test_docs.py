"""README and docs/ are compared with the program: commands, options, settings, formats, links and named programs.

When a test fails because the program has changed, change the page. docs/command-line.md is written by
`python -m tools.make_command_line_page`.
"""

import functools
import re
import shlex
import signal
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, fields
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from markdown_it import MarkdownIt
from markdown_it.token import Token

import audiobook
from audiobook import errors
from audiobook.casting import SOUND_PLACES, voices_file
from audiobook.casting.audio_files import recordings_checks
from audiobook.cli.app import app
from audiobook.engines.registry import ENGINES
from audiobook.model.cast import NEUTRAL, PROSODIES, Pauses, Prosody
from audiobook.model.request import PRESETS, Encoding
from audiobook.readers.formats import FORMATS
from audiobook.writers.formats import AUDIOBOOKS
from tools import make_command_line_page as reference

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [README, *sorted(DOCS.glob("*.md"))]

# What the pages describe already and the program gets from another branch. Take a name out of here once it has landed.
COMING_COMMANDS: dict[str, set[str]] = {}
COMING_OPTIONS: dict[str, set[str]] = {}
COMING_VARIABLES: set[str] = set()
COMING_TABLES: set[str] = set()
COMING_INPUTS: set[str] = set()
COMING_NAMES: set[str] = set()

OUTPUTS = set(AUDIOBOOKS)  # suffixes that a build writes
SCRIPTS = {".script.txt", ".script.json"}  # read and written beside the formats of books

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))


@functools.cache
def tokens(page: Path) -> tuple[Token, ...]:
    """Every token of a page, those inside paragraphs and cells too."""
    parsed = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    return tuple(token for block in parsed for token in (block, *(block.children or ())))


def inline_code(page: Path) -> list[str]:
    return [token.content for token in tokens(page) if token.type == "code_inline"]


def code_blocks(page: Path, *languages: str) -> list[str]:
    return [t.content for t in tokens(page) if t.type in {"fence", "code_block"} and t.info.strip() in languages]


def section(page: Path, heading: str) -> str:
    """The text below a heading, up to the next one of any level."""
    text = page.read_text(encoding="utf-8")
    match = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"{page.name} has lost its heading {heading!r}"
    return match[1]


def rows(text: str) -> list[list[str]]:
    """The rows of a section's tables, without their headings; each cell without the spaces around it."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for at, row in enumerate(cells) if not _is_rule(row) and not _is_rule((*cells, [""])[at + 1])]


def _is_rule(row: list[str]) -> bool:
    return all(set(cell) <= {"-", ":"} and cell for cell in row)


def code_in(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


# --- commands and options


@functools.cache
def known_options() -> dict[str, set[str]]:
    """Every command, the hidden ones too, and how each of its options can be written."""
    found: dict[str, set[str]] = {}
    todo = [("audiobook", typer.main.get_command(app))]
    while todo:
        name, command = todo.pop()
        spelled = {spelling for p in command.params for spelling in (*p.opts, *p.secondary_opts)}
        found[name] = {"--help", "-h"} | {one for one in spelled if one.startswith("-")}
        todo += [(f"{name} {part}", child) for part, child in getattr(command, "commands", {}).items()]
    for name, options in (COMING_COMMANDS | COMING_OPTIONS).items():
        found.setdefault(name, {"--help", "-h"}).update(options)
    return found


def invocations(page: Path) -> Iterator[list[str]]:
    """The words of every call of the program in a page: in its blocks of commands, and in its sentences."""
    lines = [line for block in code_blocks(page, "sh", "console", "") for line in block.splitlines()]
    lines += [f"$ {code}" for code in inline_code(page)]
    for line in lines:
        for part in line.strip().removeprefix("$ ").split("&&"):
            with_comment = shlex.shlex(part, posix=True, punctuation_chars=False)
            with_comment.whitespace_split, with_comment.commenters = True, "#"
            try:
                words = list(with_comment)
            except ValueError:  # a sentence with an apostrophe, not a command
                continue
            if words and Path(words[0]).name == "audiobook" and "=" not in words[0]:
                yield ["audiobook", *words[1:]]


def wrong_in(words: list[str]) -> str | None:
    """What a call names that the program does not have."""
    known, command, rest = known_options(), "audiobook", words[1:]
    while rest and f"{command} {rest[0]}" in known:
        command, rest = f"{command} {rest[0]}", rest[1:]
    if command == "audiobook" and rest and re.fullmatch(r"[a-z]+", rest[0]):
        return f"no command {rest[0]!r}"
    named = [word.partition("=")[0] for word in rest if re.fullmatch(r"--?[a-z][-a-z]*(=.*)?", word)]
    return next((f"{command} has no option {name}" for name in named if name not in known[command]), None)


@every_page
def test_each_command_and_option_in_a_page_exists(page: Path) -> None:
    wrong = [f"{shlex.join(words)}: {why}" for words in invocations(page) if (why := wrong_in(words))]
    assert not wrong


@every_page
def test_each_option_named_in_a_sentence_exists(page: Path) -> None:
    known = {name for options in known_options().values() for name in options}
    named = {code.split()[0] for code in inline_code(page) if code.startswith("--")}
    assert named <= known


def test_a_call_of_an_unknown_command_or_option_is_noticed() -> None:
    assert wrong_in(["audiobook", "bild", "book.txt"]) == "no command 'bild'"
    assert wrong_in(["audiobook", "build", "book.txt", "--nonsense"]) == "audiobook build has no option --nonsense"
    assert wrong_in(["audiobook", "voices", "install", "piper", "--from", "a.onnx"]) is None


def test_the_reference_of_commands_is_what_the_program_has() -> None:
    text = reference.PAGE.read_text(encoding="utf-8")
    assert text == reference.page_with(text, reference.reference()), "run: python -m tools.make_command_line_page"


def test_the_reference_names_every_command_and_every_option() -> None:
    for name, command in reference.commands():
        shared = code_in(section(reference.PAGE, "Options of every command"))
        text = shared if name == "audiobook" else code_in(section(reference.PAGE, name)) + shared
        assert {one for option in reference.options(command) for one in reference.spellings(option)} <= set(text), name


def test_the_documented_exit_codes_are_those_of_the_program() -> None:
    stopped = {errors.EXIT_STOPPED + number for number in (signal.SIGINT, signal.SIGTERM, 1)}
    kinds: list[type[errors.AudiobookError]] = [errors.AudiobookError, *errors.AudiobookError.__subclasses__()]
    documented = [int(row[0]) for row in rows(section(reference.PAGE, "Exit codes"))]
    assert documented == sorted({0, *(kind.exit_code for kind in kinds), *stopped})


def test_the_documented_environment_variables_are_those_of_the_program() -> None:
    sources = (path.read_text(encoding="utf-8") for path in Path(audiobook.__file__).parent.rglob("*.py"))
    read = {name for source in sources for name in re.findall(r'"(AUDIOBOOK_[A-Z]+)"', source)}
    documented = set(code_in(section(reference.PAGE, "Environment variables"))) - {"NO_COLOR"}
    assert read <= documented <= read | COMING_VARIABLES


# --- the voices file

VOICES = DOCS / "voices.md"
SETTINGS = {
    "defaults": set(voices_file._DEFAULTS),
    "narrator": set(voices_file._PERSON),
    "speakers": {*voices_file._PERSON, "aliases"},
    "pools": set(voices_file._POOLS),
    "pauses": {field.name for field in fields(Pauses)},
    "manners": set(PROSODIES),
    "pronunciations": {"say", "ipa", "match_case", "speakers"},
    "sounds": set(SOUND_PLACES),
    "recordings": set(recordings_checks(ROOT)),
}


def test_each_table_of_the_voices_file_has_a_section() -> None:
    text = VOICES.read_text(encoding="utf-8")
    documented = set(re.findall(r"^### `\[(\w+)\]`$", text, re.MULTILINE))
    assert set(voices_file._TABLES) - COMING_TABLES == set(SETTINGS)
    assert set(voices_file._TABLES) <= documented <= set(voices_file._TABLES) | COMING_TABLES


@pytest.mark.parametrize("table", SETTINGS)
def test_each_setting_of_the_voices_file_is_documented_and_no_other(table: str) -> None:
    documented = [key for row in rows(section(VOICES, f"`[{table}]`")) for key in code_in(row[0])]
    assert sorted(documented) == sorted(SETTINGS[table])


def test_the_documented_pauses_have_their_defaults() -> None:
    documented = {code_in(row[0])[0]: int(row[2]) for row in rows(section(VOICES, "`[pauses]`"))}
    assert documented == asdict(Pauses())


def test_the_documented_manners_have_their_defaults() -> None:
    for key, _, default in rows(section(VOICES, "`[manners]`")):
        stated = tomllib.loads(f"x = {default.strip('`')}")["x"] if default.startswith("`") else {}
        stated = {"speed" if name == "rate" else name: value for name, value in stated.items()}
        assert Prosody(**{**asdict(NEUTRAL), **stated}) == PROSODIES[key.strip("`")], key


@every_page
def test_each_setting_in_an_example_of_a_voices_file_exists(page: Path) -> None:
    for block in code_blocks(page, "toml"):
        for table, settings in tomllib.loads(block).items():
            if table in COMING_TABLES:
                continue
            keys = {key for one in settings.values() for key in one} if table == "speakers" else set(settings)
            assert table in SETTINGS, table
            assert table == "pronunciations" or keys <= SETTINGS[table], table


# --- formats and engines


def suffixes_in(page: Path, heading: str, what: str | None = None) -> set[str]:
    """The suffixes that a table of formats names; in the README's table, those of one direction."""
    found = [row for row in rows(section(page, heading)) if what is None or row[0] == what]
    return {code for row in found for cell in row for code in code_in(cell) if code.startswith(".")}


@pytest.mark.parametrize(
    ("page", "heading", "what"), [(README, "Formats", "in"), (DOCS / "formats.md", "Books that are read", None)]
)
def test_each_format_that_is_read_is_documented_and_no_other(page: Path, heading: str, what: str | None) -> None:
    read = {suffix for one in FORMATS for suffix in one.suffixes if suffix}
    assert read | SCRIPTS <= suffixes_in(page, heading, what) <= read | SCRIPTS | COMING_INPUTS


@pytest.mark.parametrize(
    ("page", "heading", "what"), [(README, "Formats", "out"), (DOCS / "formats.md", "Sound that is written", None)]
)
def test_each_format_that_is_written_is_documented_and_no_other(page: Path, heading: str, what: str | None) -> None:
    assert suffixes_in(page, heading, what) == OUTPUTS


def test_the_documented_options_of_the_sound_have_their_defaults() -> None:
    table = {
        code_in(row[0])[0]: row[2]
        for row in rows(section(DOCS / "formats.md", "Sound that is written"))
        if row[0].startswith("`--")
    }
    assert table["--bitrate"] == str(Encoding().bitrate)
    assert table["--sample-rate"] == str(Encoding().sample_rate)
    assert {name.split()[1] for name in table if name.startswith("--preset")} == set(PRESETS)


@pytest.mark.parametrize("page", [DOCS / "engines.md", VOICES], ids=lambda p: p.name)
def test_each_engine_is_documented(page: Path) -> None:
    assert set(ENGINES) <= {code.strip('"') for code in inline_code(page)}


# --- names of programs and of Python


@every_page
def test_each_program_that_encoded_segments_a_figure_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"python -m ((?:tests|tools|audiobook)\.[\w.]*\w)", text))
    assert not {name for name in named if find_spec(name) is None}


def test_each_name_imported_in_the_page_on_python_exists() -> None:
    source = "\n".join(code_blocks(DOCS / "python.md", "python"))
    imported = {n for names in re.findall(r"from audiobook import (.+)", source) for n in names.split(", ")}
    assert imported
    assert imported <= set(audiobook.__all__) | COMING_NAMES


# --- pages and links


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = tokens(page)
    headings = [text[at + 1].content for at, token in enumerate(text) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_each_link_to_a_file_or_heading_leads_somewhere(page: Path) -> None:
    links = [str(t.attrs.get("href") or t.attrs.get("src")) for t in tokens(page) if t.type in {"link_open", "image"}]
    broken = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_the_readme_fits_in_150_lines() -> None:
    assert README.read_text(encoding="utf-8").count("\n") <= 150


def test_each_page_is_reached_from_the_readme_and_from_the_list_of_pages() -> None:
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    listed = {str(t.attrs["href"]) for t in tokens(DOCS / "README.md") if t.type == "link_open"}
    linked = {str(t.attrs["href"]).removeprefix("docs/") for t in tokens(README) if t.type == "link_open"}
    assert pages <= listed
    assert pages <= linked


def test_the_samples_are_there_and_small() -> None:
    samples = sorted(DOCS.glob("sample-*.mp3"))
    assert len(samples) >= 2
    assert all(10_000 < sample.stat().st_size <= 600_000 for sample in samples)
