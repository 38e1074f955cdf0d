"""What the command line asks for: a plain function for each command, and `build` from the pipeline.

casting           the cast of a book, and the voices on this machine
plan              what a build would make again, how much sound it is and how long it takes
plan_changes      why: two plans of one output compared
preview           a text in a voice, without a build
engine_samples    the same dialogue in every engine
pronounce         words that an engine may mispronounce, and how the voices files have them said
verify            a finished file transcribed and compared with its script
re_record         the lines that were misread, recorded once more
utterances        what is said in a finished file, and when
check             a sound file compared with what publishers require
compare_scripts   two scripts of a book: whose voice changed
edit_matching     a person's edits, found again in the book as it is now
revise            a book analysed again under these edits
cache             how much finished work is kept, and removing some of it
doctor            what is installed and what is missing

Nothing is loaded before it is used: a process that reads a book needs none of what delivers one.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.pipeline.build import build
    from audiobook.pipeline.doubts import Doubt, address_formatter, count_doubtful, find_doubts, find_misspelt_names
    from audiobook.pipeline.plans import Wanted, request_for
    from audiobook.pipeline.scripts import ChapterRow, Contents, contents, script_of, select_chapters
    from audiobook.pipeline.start_ahead import start_workers_early
    from audiobook.pipeline.tags import format_asked_for
    from audiobook.services.cache import CacheContents, cache_contents, prune_cache
    from audiobook.services.casting import Casting, casting_of, install_voices, more_voices, voices_here, write_voices
    from audiobook.services.check import Check, checked, sound_files
    from audiobook.services.compare_scripts import Change, Comparison, compared
    from audiobook.services.doctor import Finding, examine
    from audiobook.services.engine_samples import Sample, samples_of
    from audiobook.services.plan import Forecast, forecast_build
    from audiobook.services.plan_changes import Cause
    from audiobook.services.preview import Heard, make_preview, spoken, spoken_lines
    from audiobook.services.pronounce import Pronouncing, Unsure, pronouncing_of, tried
    from audiobook.services.re_record import ReRecording, re_record_lines
    from audiobook.services.revise import Revision, is_revision, revised, set_aside
    from audiobook.services.verify import Doubted, Verification, verify_file, whisper
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
    "Doubted",
    "Finding",
    "Forecast",
    "Heard",
    "Pronouncing",
    "ReRecording",
    "Revision",
    "Sample",
    "Unsure",
    "Verification",
    "Wanted",
    "address_formatter",
    "build",
    "cache_contents",
    "casting_of",
    "checked",
    "compared",
    "contents",
    "count_doubtful",
    "examine",
    "find_doubts",
    "find_misspelt_names",
    "forecast_build",
    "format_asked_for",
    "install_voices",
    "is_revision",
    "make_preview",
    "more_voices",
    "pronouncing_of",
    "prune_cache",
    "re_record_lines",
    "request_for",
    "revised",
    "samples_of",
    "script_of",
    "select_chapters",
    "set_aside",
    "sound_files",
    "spoken",
    "spoken_lines",
    "start_workers_early",
    "tried",
    "verify_file",
    "voices_here",
    "whisper",
    "write_text",
    "write_voices",
]

_HOMES = {
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
    "Doubted": "services.verify",
    "Finding": "services.doctor",
    "Heard": "services.preview",
    "ReRecording": "services.re_record",
    "Pronouncing": "services.pronounce",
    "Verification": "services.verify",
    "Revision": "services.revise",
    "Sample": "services.engine_samples",
    "CacheContents": "services.cache",
    "Unsure": "services.pronounce",
    "Wanted": "pipeline.plans",
    "address_formatter": "pipeline.doubts",
    "make_preview": "services.preview",
    "build": "pipeline.build",
    "casting_of": "services.casting",
    "checked": "services.check",
    "compared": "services.compare_scripts",
    "contents": "pipeline.scripts",
    "count_doubtful": "pipeline.doubts",
    "find_doubts": "pipeline.doubts",
    "examine": "services.doctor",
    "install_voices": "services.casting",
    "is_revision": "services.revise",
    "find_misspelt_names": "pipeline.doubts",
    "more_voices": "services.casting",
    "request_for": "pipeline.plans",
    "re_record_lines": "services.re_record",
    "pronouncing_of": "services.pronounce",
    "verify_file": "services.verify",
    "prune_cache": "services.cache",
    "revised": "services.revise",
    "samples_of": "services.engine_samples",
    "script_of": "pipeline.scripts",
    "select_chapters": "pipeline.scripts",
    "set_aside": "services.revise",
    "cache_contents": "services.cache",
    "sound_files": "services.check",
    "spoken": "services.preview",
    "spoken_lines": "services.preview",
    "tried": "services.pronounce",
    "voices_here": "services.casting",
    "whisper": "services.verify",
    "write_text": "writers",
    "write_voices": "services.casting",
}


__getattr__ = lazy_exports.loader(__name__, _HOMES)
