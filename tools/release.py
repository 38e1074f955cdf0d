"""Build and check a release: the sdist, the wheel, and the main job run from the installed wheel.

    python -m tools.release [--output dist]

Each step prints what it does and what it made. It stops at the first failure. Nothing is uploaded: the last line shows
the command for that. `build` and `twine` are installed into a temporary environment, not into yours.

The version is `__version__` in `audiobook/__init__.py`, and nowhere else.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "the-lighthouse-post.txt"
REQUIRED_IN_WHEEL = (
    "audiobook/__init__.py",
    "audiobook/py.typed",
    "audiobook/voices.toml",
    "audiobook/cli/app.py",
)
REQUIRED_IN_SDIST = (
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "THIRD_PARTY.md",
    "SECURITY.md",
    "voices.toml",
    "audiobook/__init__.py",
    "seeds/the-lighthouse-post.txt",
    "tests/conftest.py",
    "tools/release.py",
)
_ONLY_IN_SDIST = {"tests", "tools", "seeds"}  # folders that the wheel must not have
_CACHES = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".venv"}
_BUILT = (".pyc", ".pyo", ".mp3", ".wav", ".m3u8")


class ReleaseError(Exception):
    """A check failed: the release must not be published."""


def find_wheel_problems(names: Iterable[str], version: str) -> list[str]:
    """What is wrong with the list of files in a wheel; an empty list where nothing is."""
    files = list(names)
    problems = _find_strays(files) + _find_missing(files, REQUIRED_IN_WHEEL)
    metadata = f"fullcast-{version}.dist-info"
    tops = {name.split("/")[0] for name in files}
    problems += [f"{top}/ must not be in the wheel" for top in sorted(tops & _ONLY_IN_SDIST)]
    problems += [f"unexpected at the top: {top}" for top in sorted(tops - _ONLY_IN_SDIST - {"audiobook", metadata})]
    problems += [] if metadata in tops else [f"no {metadata}"]
    return problems


def find_sdist_problems(names: Iterable[str], version: str) -> list[str]:
    """What is wrong with the list of files in an sdist; an empty list where nothing is."""
    top = f"fullcast-{version}/"
    files = list(names)
    problems = [f"outside {top}: {name}" for name in files if not name.startswith(top)]
    return problems + _find_strays(files) + _find_missing([name.removeprefix(top) for name in files], REQUIRED_IN_SDIST)


def _find_strays(files: Sequence[str]) -> list[str]:
    """Caches and built files."""
    return [f"stray: {name}" for name in files if set(name.split("/")) & _CACHES or name.endswith(_BUILT)]


def _find_missing(files: Sequence[str], required: Iterable[str]) -> list[str]:
    return [f"missing: {name}" for name in required if name not in files]


def read_version() -> str:
    """The version in `audiobook/__init__.py`."""
    lines = (ROOT / "audiobook" / "__init__.py").read_text(encoding="utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("__version__"))


def build_release(output: Path) -> tuple[Path, Path]:
    """Build, check and try a release; gives the sdist and the wheel in `output`. Raises ReleaseError."""
    version = read_version()
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        work = Path(folder)
        say(f"release of fullcast {version}")
        python = create_environment(work / "build-tools", "build", "twine")
        built = work / "dist"
        step("build the sdist, and the wheel from it")
        run([python, "-m", "build", "--outdir", built, ROOT], cwd=work)
        sdist, wheel = _one(built, f"fullcast-{version}.tar.gz"), _one(built, f"fullcast-{version}-*.whl")
        step("check the metadata and the README as PyPI renders it")
        run([python, "-m", "twine", "check", "--strict", sdist, wheel], cwd=work)
        check_contents(sdist, wheel, version)
        try_wheel(wheel, version, work)
        output.mkdir(parents=True, exist_ok=True)
        made = Path(shutil.copy2(sdist, output)), Path(shutil.copy2(wheel, output))
    step("made")
    for file in made:
        say(f"{file}  {file.stat().st_size:,} bytes  sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}")
    say(f"Nothing was uploaded. To publish: twine upload {made[0]} {made[1]}")
    return made


def check_contents(sdist: Path, wheel: Path, version: str) -> None:
    """Compare the lists of files with what they must and must not have. Raises ReleaseError."""
    step("check the contents")
    with tarfile.open(sdist) as tar:
        in_sdist = [member.name for member in tar.getmembers() if member.isfile()]
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = archive.namelist()
    problems = find_sdist_problems(in_sdist, version) + find_wheel_problems(in_wheel, version)
    if problems:
        raise ReleaseError("\n".join(problems))
    say(f"sdist: {len(in_sdist)} files; wheel: {len(in_wheel)} files; nothing missing, nothing stray")


def try_wheel(wheel: Path, version: str, work: Path) -> None:
    """Install the wheel into a new environment and build the seed book outside the checkout. Raises ReleaseError."""
    step("install the wheel into a new environment")
    python = create_environment(work / "user", str(wheel))
    audiobook = python.with_name(f"audiobook{python.suffix}")
    book = Path(shutil.copy2(SEED, work))
    environment = {"AUDIOBOOK_CACHE": str(work / "cache"), "AUDIOBOOK_CONFIG": str(work), "AUDIOBOOK_MODELS": str(work)}
    step("audiobook --version")
    _expect(run([audiobook, "--version"], cwd=work, **environment) == f"audiobook {version}", "another version")
    step("audiobook doctor")
    say(run([audiobook, "doctor"], cwd=work, **environment))
    step("the main job: audiobook build, outside the checkout")
    mp3 = Path(run([audiobook, "build", book], cwd=work, **environment))
    _expect(mp3 == book.with_suffix(".mp3") and mp3.stat().st_size > 0, "the MP3 is missing or empty")
    say(f"{mp3.name}: {mp3.stat().st_size:,} bytes")
    where = run([python, "-c", "import audiobook; print(audiobook.__file__)"], cwd=work, **environment)
    _expect(Path(where).is_relative_to((work / "user").resolve()), f"audiobook was imported from {where}")


def create_environment(folder: Path, *requirements: str) -> Path:
    """A new virtual environment with these packages; gives its Python."""
    venv.EnvBuilder(with_pip=True).create(folder)
    python = folder.resolve() / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements], cwd=folder)
    return python


def run(command: Sequence[str | Path], *, cwd: Path, **environment: str) -> str:
    """Run a command without the developer's Python settings; gives its stdout. Raises ReleaseError where it fails."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise ReleaseError(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def _one(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    _expect(len(found) == 1, f"{len(found)} files {pattern} were built")
    return found[0]


def _expect(condition: bool, problem: str) -> None:  # an assertion that `python -O` keeps
    if not condition:
        raise ReleaseError(problem)


def step(what: str) -> None:
    """Print the step that begins."""
    say(f"== {what}")


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def main() -> None:
    """Build the release; exit with code 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where to put the files (default: dist)")
    try:
        build_release(parser.parse_args().output)
    except ReleaseError as error:
        sys.exit(f"release failed: {error}")


if __name__ == "__main__":
    main()
