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

from audiobook import homes

if TYPE_CHECKING:
    from audiobook.delivering import write_text
    from audiobook.production.auditions import Heard, audition, spoken, spoken_lines
    from audiobook.production.castings import (
        Casting,
        casting_of,
        install_voices,
        more_voices,
        voices_here,
        write_voices,
    )
    from audiobook.production.checks import Check, checked, sound_files
    from audiobook.production.checkup import Finding, examine
    from audiobook.production.comparing import Change, Comparison, compared
    from audiobook.production.doubts import Doubt, addresses, doubtful, doubts_of, misspelt
    from audiobook.production.flow import build
    from audiobook.production.orders import Wanted, order_for
    from audiobook.production.pickups import Pickup, picked_up
    from audiobook.production.pronouncing import Pronouncing, Unsure, pronouncing_of, tried
    from audiobook.production.proofing import Doubted, Proof, proofed, whisper
    from audiobook.production.revising import Revision, is_revision, revised, set_aside
    from audiobook.production.samples import Sample, samples_of
    from audiobook.production.scripts import ChapterRow, Contents, contents, script_of, selected
    from audiobook.production.shelves import ShelfContents, prune_shelf, shelf_contents

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
    "Casting": "production.castings",
    "Change": "production.comparing",
    "ChapterRow": "production.scripts",
    "Check": "production.checks",
    "Comparison": "production.comparing",
    "Contents": "production.scripts",
    "Doubt": "production.doubts",
    "Doubted": "production.proofing",
    "Finding": "production.checkup",
    "Heard": "production.auditions",
    "Pickup": "production.pickups",
    "Pronouncing": "production.pronouncing",
    "Proof": "production.proofing",
    "Revision": "production.revising",
    "Sample": "production.samples",
    "ShelfContents": "production.shelves",
    "Unsure": "production.pronouncing",
    "Wanted": "production.orders",
    "addresses": "production.doubts",
    "audition": "production.auditions",
    "build": "production.flow",
    "casting_of": "production.castings",
    "checked": "production.checks",
    "compared": "production.comparing",
    "contents": "production.scripts",
    "doubtful": "production.doubts",
    "doubts_of": "production.doubts",
    "examine": "production.checkup",
    "install_voices": "production.castings",
    "is_revision": "production.revising",
    "misspelt": "production.doubts",
    "more_voices": "production.castings",
    "order_for": "production.orders",
    "picked_up": "production.pickups",
    "pronouncing_of": "production.pronouncing",
    "proofed": "production.proofing",
    "prune_shelf": "production.shelves",
    "revised": "production.revising",
    "samples_of": "production.samples",
    "script_of": "production.scripts",
    "selected": "production.scripts",
    "set_aside": "production.revising",
    "shelf_contents": "production.shelves",
    "sound_files": "production.checks",
    "spoken": "production.auditions",
    "spoken_lines": "production.auditions",
    "tried": "production.pronouncing",
    "voices_here": "production.castings",
    "whisper": "production.proofing",
    "write_text": "delivering",
    "write_voices": "production.castings",
}


__getattr__ = homes.loader(__name__, _HOMES)
