"""The plan of a build: the same from any cache, read as it was written, and kept with the finished file."""

from dataclasses import replace
from pathlib import Path

import pytest

from audiobook.model.codec import RecordError
from audiobook.model.plan import Plan, plan_from_text, plan_to_text
from audiobook.model.request import BuildRequest, Mastering, Tags
from audiobook.pipeline.plans import kept_plan
from audiobook.project import Project
from audiobook.runtime.cache import Cache
from audiobook.services.plan_changes import Cause, compare_plans
from tests.pipeline.conftest import STORY
from tests.pipeline.test_build import Build
from tests.pipeline.test_kept_records import keys_of


def plan_of(book: Path, cache: Path | None = None, loudness: float = -21.0) -> Plan:
    request = BuildRequest(book=book, engine="tone", cache=cache, mastering=Mastering(loudness=loudness))
    plan = Project(request).plan
    return replace(plan, chapters=tuple(plan.chapters))


def text_of(plan: Plan) -> str:
    return "".join(plan_to_text(plan))


def test_the_plan_is_the_same_from_two_caches_before_and_after_a_build(
    story: Path, built: Build, tmp_path: Path
) -> None:
    before = text_of(plan_of(story, tmp_path / "one"))
    assert before == text_of(plan_of(story, tmp_path / "two"))
    built(cache=tmp_path / "one")
    assert before == text_of(plan_of(story, tmp_path / "one"))


@pytest.mark.parametrize("loudness", [-21.0, -18.0])
def test_a_plan_has_every_line_with_its_speaker_voice_and_target_level(story: Path, loudness: float) -> None:
    plan = plan_of(story, loudness=loudness)
    chapters = tuple(plan.chapters)
    assert [chapter.title for chapter in chapters] == ["CHAPTER I", "CHAPTER II"]
    clips = [clip for chapter in chapters for clip in chapter.clips()]
    assert {clip.voice for clip in clips if clip.speaker == "Oona"} == {plan.head.cast.parts["Oona"]}
    assert {clip.level for clip in clips if clip.voice.volume == 1} == {loudness}


def test_a_plan_is_read_as_it_was_written_one_chapter_a_line(story: Path) -> None:
    plan = plan_of(story)
    text = text_of(plan)
    assert text.count("\n") == 2 + len(tuple(plan.chapters))
    found = plan_from_text(text.split("\n"))
    assert (found.head, tuple(found.chapters)) == (plan.head, plan.chapters)
    assert found.request == plan.request


def test_a_plan_that_is_cut_off_is_no_plan(story: Path) -> None:
    lines = text_of(plan_of(story)).split("\n")
    with pytest.raises(RecordError, match="the end of the plan is missing"):
        tuple(plan_from_text(lines[:2]).chapters)
    with pytest.raises(RecordError):
        plan_from_text([])


def test_a_build_keeps_the_plan_that_it_executed(built: Build, story: Path) -> None:
    file = built().files[0]
    kept = kept_plan(file, Cache())
    assert kept is not None
    assert text_of(kept) == text_of(plan_of(story))
    takes = {clip.take for chapter in kept.chapters for clip in chapter.clips()}
    assert takes
    assert takes <= set(keys_of("takes", Cache()))


def test_a_plan_is_written_again_only_when_it_changed(built: Build, story: Path) -> None:
    built()
    (key,) = keys_of("plans", Cache())
    path = Cache().path("plans", key)
    first = path.stat().st_ino
    built()
    assert path.stat().st_ino == first
    built(tags=Tags(title="Another"))
    second = kept_plan(story.with_suffix(".mp3"), Cache())
    assert second is not None
    assert second.head.tags.title == "Another"
    story.write_text(STORY.replace("Land!", "Fire!"), encoding="utf-8")
    built(tags=Tags(title="Another"))
    third = kept_plan(story.with_suffix(".mp3"), Cache())
    assert third is not None
    assert tuple(third.chapters) != tuple(second.chapters)


def test_two_equal_plans_have_nothing_to_tell(story: Path) -> None:
    assert compare_plans(plan_of(story), plan_of(story)) == ()


def test_a_line_given_to_another_speaker_is_told_with_both_names(story: Path) -> None:
    old = plan_of(story)
    story.write_text(STORY.replace("asked Oona", "asked Bram"), encoding="utf-8")
    causes = compare_plans(old, plan_of(story))
    assert Cause("speaker", "Oona → Bram", 1) in causes
    assert {cause.kind for cause in causes} == {"speaker", "text"}  # the words of the tag changed too


def test_another_version_of_an_engine_and_of_the_program_are_told(story: Path) -> None:
    new = plan_of(story)
    narrator = new.head.cast.narrator
    name = f"{narrator.engine} {narrator.name}"
    versions = dict(new.head.cast.engine_versions) | {name: "0"}
    head = replace(new.head, program="0.0", cast=replace(new.head.cast, engine_versions=versions))
    chapters = tuple(
        replace(
            chapter,
            segments=tuple(
                replace(one, clips=tuple(replace(clip, take="0") for clip in one.clips)) for one in chapter.segments
            ),
        )
        for chapter in new.chapters
    )
    causes = compare_plans(replace(new, head=head, chapters=chapters), new)
    told = {cause.kind: cause.what for cause in causes}
    assert told["engine"] == f"{name}: version 0 → {new.head.cast.engine_versions[name]}"
    assert told["program"].startswith("audiobook 0.0 → ")


def test_mastering_is_told_with_its_old_and_new_value(story: Path) -> None:
    causes = compare_plans(plan_of(story), plan_of(story, loudness=-18.0))
    assert causes == (Cause("mastering", "loudness -21.0 → -18.0"),)
