"""Plain functions for the commands of the command line, and `build` from the pipeline.

chapter_list      write the list of chapters that the user edits
casting           show the cast of a book and the voices on this machine
plan              forecast what a build would make again, and how long it would take
plan_changes      compare two plans of one output, to explain why
preview           speak a text without a build
engine_samples    speak the same dialogue with every engine
pronounce         list words that an engine may mispronounce, with their pronunciations
verify            transcribe a finished file and compare it with its script
re_record         record misread lines again
utterances        list the takes of a finished file with their times
check             compare sound files with the requirements of publishers
compare_scripts   find lines whose speaker differs between two scripts
edit_matching     match the edits in a script to the current book
revise            analyse a book again and apply the edits of an earlier script
cache             show the size of the cache, and prune it
doctor            check what is installed and what is missing

Modules are loaded when they are first used, so that worker processes do not load all of them.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.pipeline.build import build
    from audiobook.pipeline.companions import parse_companions
    from audiobook.pipeline.doubts import Doubt, address_formatter, count_doubtful, find_doubts, find_misspelt_names
    from audiobook.pipeline.plans import Wanted, request_for
    from audiobook.pipeline.scripts import (
        ChapterRow,
        Contents,
        contents,
        describe_language_conflict,
        load_script,
        make_reading_options,
        select_chapters,
    )
    from audiobook.pipeline.start_ahead import start_workers_early
    from audiobook.pipeline.tags import default_bitrate, format_asked_for
    from audiobook.services.cache import CacheContents, cache_contents, prune_cache
    from audiobook.services.casting import (
        Casting,
        cast_book,
        install_voices,
        list_missing_engines,
        list_voices,
        write_voices,
    )
    from audiobook.services.chapter_list import write_chapters
    from audiobook.services.check import Check, check_files, sound_files
    from audiobook.services.compare_scripts import Change, Comparison, compare_speakers
    from audiobook.services.doctor import Finding, examine
    from audiobook.services.engine_samples import Sample, make_samples
    from audiobook.services.plan import Forecast, forecast_build
    from audiobook.services.plan_changes import Cause
    from audiobook.services.preview import PreviewResult, make_preview, spoken_lines, spoken_text
    from audiobook.services.pronounce import UnsureWord, UnsureWords, list_unsure_words, try_pronunciation
    from audiobook.services.re_record import ReRecording, re_record_lines
    from audiobook.services.revise import Revision, back_up_script, is_revision, revise_script
    from audiobook.services.verify import MisreadLine, Verification, open_whisper, verify_file
    from audiobook.writers import write_text

__all__ = [
    "CacheContents",
    "Casting",
    "Cause",
    "Change",
    "ChapterRow",
    "Check",
    "Comparison",
    "Contents",
    "Doubt",
    "Finding",
    "Forecast",
    "MisreadLine",
    "PreviewResult",
    "ReRecording",
    "Revision",
    "Sample",
    "UnsureWord",
    "UnsureWords",
    "Verification",
    "Wanted",
    "address_formatter",
    "back_up_script",
    "build",
    "cache_contents",
    "cast_book",
    "check_files",
    "compare_speakers",
    "contents",
    "count_doubtful",
    "default_bitrate",
    "describe_language_conflict",
    "examine",
    "find_doubts",
    "find_misspelt_names",
    "forecast_build",
    "format_asked_for",
    "install_voices",
    "is_revision",
    "list_missing_engines",
    "list_unsure_words",
    "list_voices",
    "load_script",
    "make_preview",
    "make_reading_options",
    "make_samples",
    "open_whisper",
    "parse_companions",
    "prune_cache",
    "re_record_lines",
    "request_for",
    "revise_script",
    "select_chapters",
    "sound_files",
    "spoken_lines",
    "spoken_text",
    "start_workers_early",
    "try_pronunciation",
    "verify_file",
    "write_chapters",
    "write_text",
    "write_voices",
]

_HOMES = {
    "default_bitrate": "pipeline.tags",
    "parse_companions": "pipeline.companions",
    "format_asked_for": "pipeline.tags",
    "start_workers_early": "pipeline.start_ahead",
    "Casting": "services.casting",
    "Cause": "services.plan_changes",
    "Forecast": "services.plan",
    "forecast_build": "services.plan",
    "Change": "services.compare_scripts",
    "ChapterRow": "pipeline.scripts",
    "Check": "services.check",
    "Comparison": "services.compare_scripts",
    "Contents": "pipeline.scripts",
    "Doubt": "pipeline.doubts",
    "MisreadLine": "services.verify",
    "Finding": "services.doctor",
    "PreviewResult": "services.preview",
    "ReRecording": "services.re_record",
    "UnsureWords": "services.pronounce",
    "Verification": "services.verify",
    "Revision": "services.revise",
    "Sample": "services.engine_samples",
    "CacheContents": "services.cache",
    "UnsureWord": "services.pronounce",
    "Wanted": "pipeline.plans",
    "address_formatter": "pipeline.doubts",
    "make_preview": "services.preview",
    "build": "pipeline.build",
    "cast_book": "services.casting",
    "check_files": "services.check",
    "compare_speakers": "services.compare_scripts",
    "contents": "pipeline.scripts",
    "describe_language_conflict": "pipeline.scripts",
    "make_reading_options": "pipeline.scripts",
    "count_doubtful": "pipeline.doubts",
    "find_doubts": "pipeline.doubts",
    "examine": "services.doctor",
    "install_voices": "services.casting",
    "is_revision": "services.revise",
    "find_misspelt_names": "pipeline.doubts",
    "list_missing_engines": "services.casting",
    "request_for": "pipeline.plans",
    "re_record_lines": "services.re_record",
    "list_unsure_words": "services.pronounce",
    "verify_file": "services.verify",
    "prune_cache": "services.cache",
    "revise_script": "services.revise",
    "make_samples": "services.engine_samples",
    "load_script": "pipeline.scripts",
    "select_chapters": "pipeline.scripts",
    "back_up_script": "services.revise",
    "cache_contents": "services.cache",
    "sound_files": "services.check",
    "spoken_text": "services.preview",
    "spoken_lines": "services.preview",
    "try_pronunciation": "services.pronounce",
    "list_voices": "services.casting",
    "open_whisper": "services.verify",
    "write_chapters": "services.chapter_list",
    "write_text": "writers",
    "write_voices": "services.casting",
}


__getattr__ = lazy_exports.loader(__name__, _HOMES)
