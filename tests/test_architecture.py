"""The architecture is held by reading the imports: which part of the package may use which."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "audiobook"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 400  # lines
MOST_MODULES = 19  # in a folder, its __init__ included

BASE = {"errors", "model"}  # what every part may use
SHARED = BASE | {"runtime"}
MAY_USE = {  # beside itself
    "errors": set(),
    "model": {"errors"},
    "runtime": BASE,
    "languages": BASE,
    "readers": SHARED | {"languages"},
    "attribution": SHARED | {"languages"},
    "normalization": SHARED | {"languages"},
    "casting": SHARED | {"languages"},
    "engines": SHARED,
    "synthesis": SHARED | {"languages"},
    "mixing": SHARED,
    "writers": SHARED,
    "quality": SHARED,
}
STEPS = set(MAY_USE) - SHARED  # each does one kind of work and knows no other
FLOW = STEPS | SHARED
MAY_USE |= {
    # The first modules of the pipeline make a project, and the build uses it; the tests of PREPARATION keep it one-way.
    "pipeline": FLOW | {"project"},
    "project": FLOW | {"pipeline"},
    "services": FLOW | {"pipeline", "project"},
    "cli": SHARED | {"services", "cli"},
}

PREPARATION = {
    "scripts",
    "analysis",
    "planning",
    "plans",
    "tags",
    "spoken_lines",
    "voice_levels",
    "own_audio",
}  # what project.py may use of pipeline


def imports(path: Path) -> Iterator[str]:
    """The dotted names of our own modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("audiobook."))
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "audiobook":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """`audiobook.readers.text.blocks` → `readers`."""
    return name.split(".")[1]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_part_may_use(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part in {"__init__", "__main__"}:
        return
    used = {part_of(name) for name in imports(path)} - {"__version__", part}
    if part == "cli":
        used -= allowed_for_annotations(path)
    assert used <= MAY_USE[part]


def allowed_for_annotations(path: Path) -> set[str]:
    """Parts imported under TYPE_CHECKING only: a type's name is no dependency."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    inside = [m.module for block in guarded for m in ast.walk(block) if isinstance(m, ast.ImportFrom) and m.module]
    return {part_of(name) for name in inside if name.startswith("audiobook.")}


def test_a_project_uses_only_the_modules_of_the_pipeline_that_prepare_a_build() -> None:
    used = {name.split(".")[2] for name in imports(PACKAGE / "project.py") if name.startswith("audiobook.pipeline.")}
    assert used <= PREPARATION


@pytest.mark.parametrize("name", sorted(PREPARATION))
def test_what_prepares_a_build_does_not_use_the_project_made_of_it(name: str) -> None:
    path = PACKAGE / "pipeline" / f"{name}.py"
    used = set(imports(path))
    assert "project" not in {part_of(one) for one in used} - allowed_for_annotations(path)
    assert {one.split(".")[2] for one in used if part_of(one) == "pipeline"} <= PREPARATION


@cache
def _module_names() -> dict[str, Path]:
    return {
        ".".join(("audiobook", *p.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): p
        for p in MODULES
    }


def _loaded_with(name: str) -> set[str]:
    """The modules that a module imports at its top level."""
    found = set()
    for node in ast.parse(_module_names()[name].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("audiobook"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in _module_names() else node.module)
    return found & set(_module_names()) - {name}


def test_what_marked_up_books_share_knows_no_format() -> None:
    used = {name for path in (PACKAGE / "readers" / "html").glob("*.py") for name in imports(path)}
    assert not {name for name in used if name.startswith("audiobook.readers.epub")}


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    finished: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in finished:
            for used in sorted(_loaded_with(name)):
                visit(used, (*trail, name))
            finished.add(name)

    for name in _module_names():
        visit(name, ())


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda p: p.stem)
def test_a_value_does_no_input_or_output(path: Path) -> None:
    called = {
        ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)
    }
    assert not called & {"open", "print", "input", "subprocess.run"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_not_too_long(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_MODULE


@pytest.mark.parametrize(
    "folder", sorted({p.parent for p in MODULES}), ids=lambda p: str(p.relative_to(PACKAGE.parent))
)
def test_a_folder_has_few_modules(folder: Path) -> None:
    assert len(list(folder.glob("*.py"))) <= MOST_MODULES


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_has_a_name_that_says_something(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common", "manager", "handler", "misc"}


def test_the_tree_in_the_guide_is_the_tree_that_is_there() -> None:
    guide = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = guide.partition("    audiobook/\n")[2].partition("    tests/")[0]
    drawn = {line.split()[0] for line in picture.splitlines() if line.startswith("      ") and line[6] != " "}
    there = {path.name + "/" * path.is_dir() for path in PACKAGE.iterdir() if path.name != "__pycache__"}
    assert drawn == there - {"voices.toml"}  # which a wheel has inside


@pytest.mark.parametrize("part", sorted(STEPS | {"pipeline", "services"}))
def test_a_part_names_no_module_that_is_not_there(part: str) -> None:
    story = ast.get_docstring(ast.parse((PACKAGE / part / "__init__.py").read_text(encoding="utf-8"))) or ""
    named = set(re.findall(r"^(\w+)/? {2,}\S", story, re.MULTILINE))
    assert named <= {path.stem for path in (PACKAGE / part).iterdir()}
