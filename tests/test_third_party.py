"""THIRD_PARTY.md names every dependency with its version range and licence, as pyproject and the installed ones say."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GROUPS = {"base": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
FAMILIES = ("AGPL", "LGPL", "GPL", "BSD", "MIT", "Apache", "MPL", "ISC", "PSF")
CLASSIFIERS = {"Mozilla Public License": "MPL", "Python Software Foundation": "PSF", "GNU General Public": "GPL"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of packages."""

    group: str
    name: str
    versions: str
    needed_by: str
    licence: str


def read_rows() -> list[Row]:
    """The rows of all tables of packages."""
    rows, group = [], ""
    for line in (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").splitlines():
        if heading := re.match(r"### (?:(Base)|Extra `(\w+)`)", line):
            group = heading[2] or "base"
        elif cells := re.fullmatch(
            r"\| \[([\w.-]+)\]\(https://pypi\.org/project/\1/\) \| (.+) \| (.+) \| (.+) \|", line
        ):
            rows.append(Row(group, *cells.groups()))
    return rows


ROWS = read_rows()


def requirements(group: str) -> Iterator[Requirement]:
    """What pyproject names for a group, references to other groups left out."""
    return (one for one in map(Requirement, GROUPS[group]) if one.name != "fullcast")


def applies(requirement: Requirement) -> bool:
    """Whether a requirement is for this machine, and for no extra."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def installed_groups() -> list[str]:
    """The groups whose packages are all installed here."""
    names = {canonicalize_name(one.name) for one in metadata.distributions()}
    return [
        group
        for group in GROUPS
        if {canonicalize_name(one.name) for one in requirements(group) if applies(one)} <= names
    ]


def closure(groups: list[str]) -> set[str]:
    """Every installed package that the groups need, directly or through another."""
    found: set[str] = set()
    waiting = [one for group in groups for one in requirements(group)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if applies(requirement) and name not in found:
            found.add(name)
            waiting += map(Requirement, metadata.requires(name) or [])
    return found


def declared_families(name: str) -> set[str]:
    """The families of licences that an installed package declares; nothing where it declares none."""
    facts = metadata.metadata(name)
    expression = facts["License-Expression"] or ""
    short = facts["License"] or ""
    classifiers = [text for text in facts.get_all("Classifier") or [] if text.startswith("License ::")]
    text = expression or " ".join([*classifiers, short if len(short) < 60 else ""])
    for long, family in CLASSIFIERS.items():
        text = text.replace(long, family)
    return families(text)


def families(text: str) -> set[str]:
    return {family for family in FAMILIES if re.search(rf"(?<![A-Z]){family}", text)}


@pytest.mark.parametrize("group", GROUPS)
def test_every_direct_dependency_is_listed_with_the_range_of_pyproject(group: str) -> None:
    listed = {row.name: row.versions for row in ROWS if row.group == group and row.needed_by.startswith("fullcast")}
    wanted = {canonicalize_name(one.name): one.specifier for one in requirements(group)}
    assert {name: SpecifierSet("" if text == "any" else text) for name, text in listed.items()} == wanted


def test_every_installed_dependency_is_listed() -> None:
    groups = installed_groups()
    assert "base" in groups
    assert sorted(closure(groups) - {row.name for row in ROWS}) == []


def test_every_listed_licence_is_one_that_the_installed_package_declares() -> None:
    needed = closure(installed_groups())
    wrong = [
        (row.name, row.licence, declared)
        for row in ROWS
        if row.name in needed and (declared := declared_families(row.name)) and not declared & families(row.licence)
    ]
    assert wrong == []


def test_every_installed_version_is_in_the_listed_range() -> None:
    needed = closure(installed_groups())
    ranges = [(row.name, SpecifierSet("" if row.versions == "any" else row.versions)) for row in ROWS]
    assert [name for name, versions in ranges if name in needed and metadata.version(name) not in versions] == []


def test_no_listed_package_is_one_that_nothing_needs_any_more() -> None:
    groups = installed_groups()
    rows = [row for row in ROWS if row.group in groups and "(" not in row.needed_by]  # (Windows) and the like
    assert [row.name for row in rows if row.name not in closure(groups)] == []


def test_each_package_says_who_needs_it() -> None:
    names = {row.name for row in ROWS} | {"fullcast"}
    for row in ROWS:
        assert {by.partition(" (")[0] for by in row.needed_by.split(", ")} <= names, row


@pytest.mark.parametrize("part", ["espeak-ng", "ffmpeg", "piper-tts", "phonemizer"])
def test_what_the_gpl_parts_mean_is_said(part: str) -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert part in text.partition("## What the GPL parts mean")[2].partition("\n## ")[0]
