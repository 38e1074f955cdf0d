"""`audiobook script`: its forms, what it lists, and how it keeps what a person decided."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from tests.pipeline.conftest import STORY

Audiobook = Callable[..., Said]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    book = tmp_path / "ferry.txt"
    book.write_text(STORY, encoding="utf-8")
    return book


@pytest.fixture
def page(audiobook: Audiobook, story: Path) -> Path:
    """The story's script as a text, as the program writes it."""
    file = story.with_name("ferry.script.txt")
    assert audiobook("script", story, "-o", file).code == 0
    return file


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_the_form_is_chosen_by_the_name_or_by_the_option(audiobook: Audiobook, story: Path, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "\n    asked Oona." in text
    assert audiobook("script", story, "--format", "text").out == text
    assert json.loads(audiobook("script", story, "--json").out)["format"] == "audiobook-script"
    other = story.with_name("other.txt")
    audiobook("script", story, "-o", other, "--format", "json")
    assert json.loads(other.read_text(encoding="utf-8"))["format"] == "audiobook-script"


def test_each_form_becomes_the_other_and_back(audiobook: Audiobook, page: Path, tmp_path: Path) -> None:
    change(page, 'Bram: "An hour', 'Oona!: "An hour')
    there, back = tmp_path / "s.json", tmp_path / "again.txt"
    audiobook("script", page, "-o", there)
    audiobook("script", there, "-o", back)
    assert audiobook("script", page, "--format", "text").out == back.read_text(encoding="utf-8")


def test_an_edited_text_is_built_and_only_the_changed_line_is_spoken(
    audiobook: Audiobook, story: Path, page: Path
) -> None:
    audiobook("build", story, "--engine", "tone")
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    report = json.loads(audiobook("build", page, "--engine", "tone", "--json").out)
    assert report["recorded"] == 1
    assert report["files"] == [str(story.with_suffix(".mp3"))]
    audiobook("cast", page, "--write")
    assert story.with_name("ferry.voices.toml").is_file()  # the book's own
    rows = {row["name"]: row["lines"] for row in json.loads(audiobook("cast", page, "--json").out)}
    assert (rows["Oona"], rows["Bram"]) == (1, 3)


def test_a_broken_script_is_said_with_its_line(audiobook: Audiobook, page: Path) -> None:
    change(page, "    The ferry rocked.", "The ferry rocked.")
    said = audiobook("build", page)
    assert said.code == 3
    assert "ferry.script.txt, line " in said.err
    assert "hint: " in said.err


def test_doubtful_lines_come_worst_first_between_their_neighbours(audiobook: Audiobook, tmp_path: Path) -> None:
    page = tmp_path / "quarrel.script.txt"
    page.write_text(
        "audiobook script, version 1: \n\ntitle: Quarrel\n\n== cast\n\n== chapter 1: One\n\n"
        "    Ada waited.\n\nBen?: “No.”\n\nAda: “Yes.”\n\n?: “Never.”\n\n    They left.\n",
        encoding="utf-8",
    )
    said = audiobook("script", page, "--doubtful")
    assert said.code == 0
    assert said.out.splitlines() == [
        f"{page}:11: chapter 1, paragraph 2, line 1: Ben 25%",
        "       Ada waited.",
        " > Ben: “No.”",
        "   Ada: “Yes.”",
        "",
        f"{page}:15: chapter 1, paragraph 4, line 1: unknown speaker",
        "   Ada: “Yes.”",
        " > unknown: “Never.”",
        "       They left.",
        "",
        "2 of 3 lines of dialogue are doubtful.",
    ]
    assert [doubt["speaker"] for doubt in json.loads(audiobook("script", page, "--doubtful", "--json").out)] == [
        "Ben",
        None,
    ]


def test_diff_lists_the_lines_that_changed_voice(audiobook: Audiobook, story: Path, page: Path) -> None:
    assert audiobook("script", page, "--diff", story).out == "0 of 13 lines changed voice.\n"
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    change(page, "== chapter 2: CHAPTER II", "== chapter 2: CHAPTER II\n\n    A new beginning.")
    said = audiobook("script", page, "--diff", story)
    assert said.code == 0
    row = page.read_text(encoding="utf-8").splitlines().index('Bram: "Land!"') + 1
    assert said.out.splitlines() == [
        f'{page}:{row}: chapter 2, paragraph 3, line 1: Oona → Bram: "Land!"',
        "1 of 14 lines changed voice.",
    ]
    assert "1 that only the new one has" in said.err
    assert audiobook("script", page, "--diff", story, "--chapters", "1").out.startswith("0 of")


def test_diff_tells_a_new_name_from_a_new_speaker(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, "== cast", "== cast\nBram -> Abraham")
    out = audiobook("script", page, "--diff", story).out
    assert out.splitlines()[0] == "Bram → Abraham: 2 lines, only renamed"


@pytest.mark.parametrize(
    "options",
    [
        ("--doubtful", "--diff", "ferry.txt"),
        ("--doubtful", "-o", "x.txt"),
        ("--diff", "ferry.txt", "--format", "text"),
        ("--doubtful", "--fresh"),
        ("--fresh",),
        ("--json", "-o", "x.txt"),
        ("--json", "--format", "text"),
        ("--format", "pdf"),
        ("--diff",),
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_a_usage_error(
    audiobook: Audiobook, story: Path, options: tuple[str, ...]
) -> None:
    said = audiobook("script", story, *options)
    assert said.code == 2
    assert said.err
    assert said.out == ""


def test_a_new_analysis_keeps_all_that_was_decided(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, 'Oona: "Land!"', 'Oona!: "Land!"')
    change(page, "Bram: male", "Bram: male, child")
    change(page, "== cast", "== cast\nThe old woman -> Granny")
    said = audiobook("script", story, "-o", page)
    assert said.code == 0
    assert "Kept as you decided: 1 pinned line, 1 name given, 1 gender or age." in said.err
    text = page.read_text(encoding="utf-8")
    for kept in ('Oona!: "Land!"', "Bram!: male, child", "The old woman -> Granny"):
        assert kept in text
    assert next(row for row in text.splitlines() if "I told you" in row).startswith("Granny")
    assert audiobook("script", story, "-o", page).code == 0
    assert page.read_text(encoding="utf-8") == text
    assert not page.with_name("ferry.script.txt.old").exists()


def test_decisions_go_with_their_lines_when_the_book_grows(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    story.write_text(STORY.replace("CHAPTER II", '"Soon," said Oona.\n\nCHAPTER II\n\nA gull came.'), encoding="utf-8")
    assert "1 pinned line" in audiobook("script", story, "-o", page).err
    assert 'Bram!: "Land!"' in page.read_text(encoding="utf-8")


def test_a_decision_that_fits_nowhere_is_told_and_kept_until_it_does(
    audiobook: Audiobook, story: Path, page: Path
) -> None:
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    change(page, "== cast", "== cast\nZebedee -> Zed")
    story.write_text(STORY.replace("Land!", "Ice!"), encoding="utf-8")
    said = audiobook("script", story, "-o", page)
    assert said.code == 0
    assert 'chapter 2, paragraph 2: the book no longer has this line of Bram: "Land!"' in said.err
    assert "no character is called 'Zebedee'" in said.err
    assert '[chapter 2, paragraph 2] Bram!: "Land!"' in page.read_text(encoding="utf-8")
    assert 'Oona: "Ice!"' in page.read_text(encoding="utf-8")
    assert audiobook("build", page, "--engine", "tone").code == 0
    story.write_text(STORY, encoding="utf-8")
    assert "1 pinned line" in audiobook("script", story, "-o", page).err
    text = page.read_text(encoding="utf-8")
    assert 'Bram!: "Land!"' in text
    assert "== lines without a place" not in text
    assert "Zebedee -> Zed" in text


def test_a_name_on_the_way_to_another_is_no_stranger(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, "== cast", "== cast\nBram -> Abe\nAbe -> Abraham")
    said = audiobook("script", story, "-o", page)
    assert "nobody is called" not in said.err
    assert "2 names given" in said.err
    assert 'Abraham: "An hour' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("slip", ['Oona -> ""', 'Oona -> " "', '"" -> Oona'])
def test_a_name_without_a_letter_in_it_is_refused_with_its_line(
    audiobook: Audiobook, story: Path, page: Path, slip: str
) -> None:
    change(page, "== cast", f"== cast\n{slip}")
    row = page.read_text(encoding="utf-8").splitlines().index(slip) + 1
    for said in (audiobook("build", page), audiobook("script", story, "-o", page)):
        assert said.code == 3
        assert f"line {row}: a name has something in it" in said.err
    assert slip in page.read_text(encoding="utf-8")


def test_chapters_of_a_script_without_any_are_asked_for_in_vain(audiobook: Audiobook, page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").partition("== chapter")[0], encoding="utf-8")
    said = audiobook("script", page, "--chapters", "1")
    assert said.code == 2
    assert "there are no chapters here" in said.err


def test_a_source_that_no_file_can_be_called_is_no_hindrance(audiobook: Audiobook, page: Path) -> None:
    change(page, "source: ferry.txt", f"source: {'f' * 5000}.txt")
    assert audiobook("build", page, "--engine", "tone").code == 0


def test_words_changed_in_a_script_are_not_lost(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, "The ferry rocked.", "The ferry rolled.")
    said = audiobook("script", story, "-o", page)
    assert "1 paragraph" in said.err
    assert "The ferry rocked." in page.read_text(encoding="utf-8")
    assert "The ferry rolled." in page.with_name("ferry.script.txt.old").read_text(encoding="utf-8")


def test_a_script_without_notes_is_compared_with_what_the_program_would_say(
    audiobook: Audiobook, story: Path, page: Path
) -> None:
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    change(page, "Bram: male", "Bram: female")
    page.write_text(page.read_text(encoding="utf-8").partition("== notes")[0], encoding="utf-8")
    assert "1 pinned line, 1 gender or age" in audiobook("script", story, "-o", page).err
    assert 'Bram!: "Land!"' in page.read_text(encoding="utf-8")


def test_decisions_in_json_are_kept_too(audiobook: Audiobook, story: Path) -> None:
    file = story.with_name("ferry.script.json")
    audiobook("script", story, "-o", file)
    script = json.loads(file.read_text(encoding="utf-8"))
    lines = [line for line in script["chapters"][1]["lines"] if line["kind"] == "dialogue"]
    lines[0]["speaker"] = "Bram"
    lines[1]["pinned"] = True
    script["renamed"] = {"Oona": "Una"}
    file.write_text(json.dumps(script), encoding="utf-8")
    assert "2 pinned lines, 1 name given" in audiobook("script", story, "-o", file).err
    again = json.loads(file.read_text(encoding="utf-8"))
    assert "Una" in {line["speaker"] for line in again["chapters"][0]["lines"]}
    assert [line.get("pinned") for line in again["chapters"][1]["lines"] if line["kind"] == "dialogue"] == [True, True]
    assert again["renamed"] == {"Oona": "Una"}


def test_fresh_starts_again(audiobook: Audiobook, story: Path, page: Path) -> None:
    before = page.read_text(encoding="utf-8")
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    assert audiobook("script", story, "-o", page, "--fresh").code == 0
    assert page.read_text(encoding="utf-8") == before


def test_nothing_that_is_no_earlier_script_of_the_book_is_written_over(
    audiobook: Audiobook, story: Path, page: Path, tmp_path: Path
) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Buy milk.", encoding="utf-8")
    another = tmp_path / "another.txt"
    another.write_text('Night\n\nThe wind blew hard.\n\n"Who?" asked Ines.\n\nNobody.\n', encoding="utf-8")
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    assert audiobook("script", page, "-o", page.with_name("x.json")).code == 0
    refused = [
        audiobook("script", story, "-o", story),
        audiobook("script", story, "-o", story, "--fresh"),
        audiobook("script", story, "-o", other),
        audiobook("script", another, "-o", page),
        audiobook("script", page, "-o", page.with_name("x.json")),
    ]
    assert [said.code for said in refused] == [2] * 5
    assert story.read_text(encoding="utf-8") == STORY
    change(page, "    The ferry", "The ferry")
    assert audiobook("script", story, "-o", page).code == 3  # a slip in it is mended, not written over


def test_a_script_in_which_nothing_was_decided_may_be_written_over(
    audiobook: Audiobook, story: Path, page: Path, tmp_path: Path
) -> None:
    another = tmp_path / "another.txt"
    another.write_text('Night\n\nThe wind blew hard.\n\n"Who?" asked Ines.\n\nNobody.\n', encoding="utf-8")
    assert audiobook("script", another, "-o", page).code == 0
    assert "Ines" in page.read_text(encoding="utf-8")
    assert "Bram" not in page.read_text(encoding="utf-8")
    for _ in range(2):
        assert audiobook("script", story, "-o", page.with_name("x.json")).code == 0
        assert audiobook("script", page, "-o", page.with_name("x.json")).code == 0


def test_a_part_does_not_lose_the_decisions_on_the_rest(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    assert audiobook("script", story, "-o", page, "--chapters", "1").code == 2
    assert audiobook("script", story, "-o", page, "--chapters", "2").code == 0
    assert 'Bram!: "Land!"' in page.read_text(encoding="utf-8")


def test_a_script_is_written_anew_in_its_place(audiobook: Audiobook, page: Path) -> None:
    change(page, 'Oona: "Land!"', 'Bram: "Land!"')
    assert audiobook("script", page, "-o", page).code == 0
    assert 'Bram!: "Land!"' in page.read_text(encoding="utf-8")


def test_what_a_script_says_of_its_book_is_kept(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, "title: The Ferry", "title: The Last Ferry")
    change(page, "Bram: male, 2 lines", "Bram: male, 2 lines; also the skipper")
    said = audiobook("script", story, "-o", page)
    assert "Kept as you decided: the title." in said.err
    text = page.read_text(encoding="utf-8")
    assert "title: The Last Ferry" in text
    assert "; also the skipper" in text
    audiobook("script", story, "-o", page)
    assert page.read_text(encoding="utf-8") == text


def test_a_name_replaced_everywhere_in_json_is_kept(audiobook: Audiobook, story: Path) -> None:
    file = story.with_name("ferry.script.json")
    audiobook("script", story, "-o", file)
    change(file, "Oona", "Una")
    assert "1 name given" in audiobook("script", story, "-o", file).err
    assert json.loads(file.read_text(encoding="utf-8"))["renamed"] == {"Oona": "Una"}


def test_a_place_that_no_file_can_have_is_said_to_be_wrong(audiobook: Audiobook, story: Path, tmp_path: Path) -> None:
    assert audiobook("script", story, "-o", tmp_path / ("n" * 300)).code == 8
    assert audiobook("script", story, "-o", tmp_path).code == 8


def test_a_name_with_a_slip_in_it_is_asked_about(audiobook: Audiobook, story: Path, page: Path) -> None:
    change(page, 'Oona: "Land!"', 'Oonna: "Land!"')
    assert (
        "'Oonna' speaks in the script and is not in its cast; is that 'Oona'?"
        in audiobook("build", page, "--engine", "tone").err
    )
    assert "'Oonna' is a name that only you wrote; is it 'Oona'?" in audiobook("script", story, "-o", page).err
    change(page, "Oonna", "Oona")
    assert "Oonna" not in audiobook("script", story, "-o", page).err
    change(page, 'Oona!: "Land!"', 'Zebedee: "Land!"')
    assert "Zebedee" not in audiobook("script", story, "-o", page).err
