"""File names from titles, on any system."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.writers.file_names import numbered_name, safe_name

RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}

titles = st.text(max_size=300) | st.sampled_from(
    ["..", "../../etc/passwd", "C:\\Windows", "CON", "nul.txt", "LPT1 .a", "\u202e3pm"]
)


@settings(deadline=None, max_examples=300)
@given(titles)
def test_no_title_leaves_its_folder_or_breaks_a_file_system(title: str) -> None:
    name = safe_name(title)
    assert name
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert not set(name) & set('<>:"/\\|?*\0\n\r\t')
    assert len(name.encode()) <= 121
    assert not name.endswith((" ", "."))
    assert not name.startswith((" ", "."))
    assert name.partition(".")[0].strip().upper() not in RESERVED


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Door in the Wall", "The Door in the Wall"),
        ("Chapter 12: The Title", "Chapter 12 - The Title"),
        ("What? Who?!", "What Who !"),
        ("Émile « à Paris »", "Émile « à Paris »"),
        ("com1", "_com1"),
        ("Nul .txt", "_Nul .txt"),
        ("...", "Untitled"),
        ("", "Untitled"),
        ("a/b\\c", "a b c"),
        ("Ω" * 200, "Ω" * 60),
    ],
)
def test_a_name_still_says_the_title(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_numbered_names_sort_as_they_are_heard() -> None:
    names = [numbered_name(number, "x", 120, ".mp3") for number in range(1, 121)]
    assert sorted(names) == names
    assert numbered_name(3, "The Wall", 9, ".mp3") == "03 - The Wall.mp3"
