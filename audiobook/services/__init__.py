"""The order of it all: what the command line and a library user call. The rooms do the work.

flow        an order → an edition: the whole build on one screen
starting    what a first build will need, started while the rest of this is loaded
scripts     a file → its script, from the shelf where it was analysed before; chapters chosen
analysing   the analysis, step by step, of a large book in a process of its own
comparing   two scripts of a book: who changed voice
decisions   what a person decided in a script, found again in the book
revising    a book analysed again under these
doubts      the lines worth a person's look
castings    script + voices files → cast, and back into the file
arranging   script + cast → reels of cues
phrasing    what is said of each line, worked out once and kept
levelling   the gain of every voice
narrating   the narrator's lines, recorded while the rest is analysed
listening   the book played while it is made
pressing    recording and encoding at the same time
presses     one reel rendered, encoded, kept
editions    the finished files, written unless they already stand there
ledgers     what became of every word and frame, and whether it adds up
tagging     what the file is called and what it says about itself
auditions   a text in a voice
samples     the same dialogue in every engine
pronouncing the words an engine may get wrong, and how the voices files have them said
checkup     what is installed and what is missing
checks      a sound file held against what publishers ask for
orders      how a finished file was ordered
timing      where each line lies in a finished file
proofing    a finished file listened to, and held against the script
pickups     the lines that were not said as they stand, recorded once more
shelves     what is kept, and letting it go

Nothing of it is loaded before it is asked for: a process that reads a book needs none of what delivers one.
"""

from typing import TYPE_CHECKING

from audiobook.runtime import lazy_exports

if TYPE_CHECKING:
    from audiobook.pipeline.build import build
    from audiobook.pipeline.casts import Casting, casting_of, install_voices, more_voices, voices_here, write_voices
    from audiobook.pipeline.doubts import Doubt, addresses, doubtful, doubts_of, misspelt
    from audiobook.pipeline.noted_requests import Wanted, order_for
    from audiobook.pipeline.scripts import ChapterRow, Contents, contents, script_of, selected
    from audiobook.services.cache import ShelfContents, prune_shelf, shelf_contents
    from audiobook.services.check import Check, checked, sound_files
    from audiobook.services.compare_scripts import Change, Comparison, compared
    from audiobook.services.doctor import Finding, examine
    from audiobook.services.engine_samples import Sample, samples_of
    from audiobook.services.preview import Heard, audition, spoken, spoken_lines
    from audiobook.services.pronounce import Pronouncing, Unsure, pronouncing_of, tried
    from audiobook.services.re_record import Pickup, picked_up
    from audiobook.services.revise import Revision, is_revision, revised, set_aside
    from audiobook.services.verify import Doubted, Proof, proofed, whisper
    from audiobook.writers import write_text

__all__ = [
    "Casting",
    "Change",
    "ChapterRow",
    "Check",
    "Comparison",
    "Contents",
    "Doubt",
    "Doubted",
    "Finding",
    "Heard",
    "Pickup",
    "Pronouncing",
    "Proof",
    "Revision",
    "Sample",
    "ShelfContents",
    "Unsure",
    "Wanted",
    "addresses",
    "audition",
    "build",
    "casting_of",
    "checked",
    "compared",
    "contents",
    "doubtful",
    "doubts_of",
    "examine",
    "install_voices",
    "is_revision",
    "misspelt",
    "more_voices",
    "order_for",
    "picked_up",
    "pronouncing_of",
    "proofed",
    "prune_shelf",
    "revised",
    "samples_of",
    "script_of",
    "selected",
    "set_aside",
    "shelf_contents",
    "sound_files",
    "spoken",
    "spoken_lines",
    "tried",
    "voices_here",
    "whisper",
    "write_text",
    "write_voices",
]

_HOMES = {
    "Casting": "pipeline.casts",
    "Change": "services.compare_scripts",
    "ChapterRow": "pipeline.scripts",
    "Check": "services.check",
    "Comparison": "services.compare_scripts",
    "Contents": "pipeline.scripts",
    "Doubt": "pipeline.doubts",
    "Doubted": "services.verify",
    "Finding": "services.doctor",
    "Heard": "services.preview",
    "Pickup": "services.re_record",
    "Pronouncing": "services.pronounce",
    "Proof": "services.verify",
    "Revision": "services.revise",
    "Sample": "services.engine_samples",
    "ShelfContents": "services.cache",
    "Unsure": "services.pronounce",
    "Wanted": "pipeline.noted_requests",
    "addresses": "pipeline.doubts",
    "audition": "services.preview",
    "build": "pipeline.build",
    "casting_of": "pipeline.casts",
    "checked": "services.check",
    "compared": "services.compare_scripts",
    "contents": "pipeline.scripts",
    "doubtful": "pipeline.doubts",
    "doubts_of": "pipeline.doubts",
    "examine": "services.doctor",
    "install_voices": "pipeline.casts",
    "is_revision": "services.revise",
    "misspelt": "pipeline.doubts",
    "more_voices": "pipeline.casts",
    "order_for": "pipeline.noted_requests",
    "picked_up": "services.re_record",
    "pronouncing_of": "services.pronounce",
    "proofed": "services.verify",
    "prune_shelf": "services.cache",
    "revised": "services.revise",
    "samples_of": "services.engine_samples",
    "script_of": "pipeline.scripts",
    "selected": "pipeline.scripts",
    "set_aside": "services.revise",
    "shelf_contents": "services.cache",
    "sound_files": "services.check",
    "spoken": "services.preview",
    "spoken_lines": "services.preview",
    "tried": "services.pronounce",
    "voices_here": "pipeline.casts",
    "whisper": "services.verify",
    "write_text": "writers",
    "write_voices": "pipeline.casts",
}


__getattr__ = lazy_exports.loader(__name__, _HOMES)
