"""Build an audiobook: from a request to its files. `build.py` is the whole flow on one screen.

build                  a request → a result
start_ahead            starts worker processes while other modules are being loaded
scripts                a file → its script, cached after the analysis; selection of chapters
analysis               the analysis of a book, in a separate process for a large book
doubts                 the lines whose speaker is doubtful
narration_ahead        records the narrator's lines while the book is still analysed
planning               script + cast → segments of cues
spoken_lines           the spoken form of each line, cached
voice_levels           the gain of every voice
synthesize_and_encode  records and encodes at the same time
segment_encoder        renders, encodes and caches one segment
live_playback          plays the book while it is built
tags                   the path of the output, and its tags
deliver                writes the finished files unless they are up to date
plans                  the plan of a build: made, cached, and found by its output file
accounting             the ledger: an account of every word and frame
"""
