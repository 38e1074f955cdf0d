"""The plan of the house, held by walking the imports."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "audiobook"
NOUNS = {
    "book",
    "account",
    "ledger",
    "ledger_json",
    "ledger_text",
    "script",
    "script_json",
    "script_signs",
    "script_text",
    "wishes",
    "cast",
    "take",
    "mix",
    "edition",
    "records",
}
SHARED_WORKS = {
    "errors",
    "progress",
    "ffmpeg",
    "ffmetadata",
    "loudness",
    "shelf",
    "pieces",
    "claims",
    "files",
    "models",
    "alignment",
    "allocator",
    "scheduler",
    "homes",
    "user_folders",
}  # what every room may use
ROOMS = {"reading", "scripting", "casting", "speaking", "recording", "mixing", "delivering", "measuring", "hearing"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """The dotted names of our own modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("audiobook."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "audiobook":
            if node.module == "audiobook":
                yield from (f"audiobook.{alias.name}" for alias in node.names)
            else:
                yield node.module


def part_of(name: str) -> str:
    """`audiobook.reading.plain` → `reading`."""
    return name.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_imports_only_what_its_place_allows(path: Path) -> None:
    place = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    used = {part_of(name) for name in imports(path)} - {"__version__"}
    if place in NOUNS:
        assert used <= NOUNS | {"errors"}
    elif place == "errors":
        assert not used
    elif place in SHARED_WORKS:
        assert used <= NOUNS | SHARED_WORKS
    elif place in ROOMS:
        assert used <= NOUNS | SHARED_WORKS | {place}
    elif place == "training":
        assert used <= NOUNS | SHARED_WORKS | {"training", "reading", "scripting"}
    elif place == "cli":
        assert not used & ROOMS - allowed_for_annotations(path), "the command line calls production, never a room"


def allowed_for_annotations(path: Path) -> set[str]:
    """Rooms imported under TYPE_CHECKING only: naming a type is no dependency."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    inside = [m.module for block in guarded for m in ast.walk(block) if isinstance(m, ast.ImportFrom) and m.module]
    return {part_of(name) for name in inside if name.startswith("audiobook.")}


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_a_noun_does_no_input_or_output(noun: str) -> None:
    source = (PACKAGE / f"{noun}.py").read_text(encoding="utf-8")
    called = {ast.unparse(n.func) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)}
    assert not called & {"open", "print", "input", "subprocess.run"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_module_is_longer_than_three_hundred_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "manager", "handler", "misc"}


def test_the_picture_of_the_house_is_what_is_there() -> None:
    guide = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = guide.partition("    audiobook/\n")[2].partition("    tests/")[0]
    drawn = {line.split()[0] for line in picture.splitlines() if line.startswith("      ") and line[6] != " "}
    there = {path.name + "/" * path.is_dir() for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert drawn == there - {"voices.toml"}  # which a wheel has inside


@pytest.mark.parametrize("room", sorted(ROOMS | {"production"}))
def test_a_room_names_no_module_that_is_not_there(room: str) -> None:
    story = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    named = set(re.findall(r"^(\w+)/? {2,}\S", story, re.MULTILINE))
    assert named <= {path.stem for path in (PACKAGE / room).iterdir()}
