"""The build of an audiobook, from a request to its files; `build.py` is the whole flow on one screen.

build                  a request → a result
start_ahead            processes that a first build needs, started while the rest is loaded
scripts                a file → its script, from the cache where it was analysed before; chapters chosen
analysis               the analysis, step by step; of a large book in a process of its own
doubts                 the lines whose speaker is doubtful
narration_ahead        the narrator's lines, recorded while the rest is analysed
planning               script + cast → segments of cues
spoken_lines           the spoken form of each line, worked out once and cached
voice_levels           the gain of every voice
synthesize_and_encode  recording and encoding at the same time
segment_encoder        one segment rendered, encoded and cached
live_playback          the book played while it is made
tags                   the name of the file, and what it says about the book
deliver                the finished files, written unless they are there already
plans                  the plan of a build: made, kept in the cache, and found again by its file
accounting             the ledger: what became of every word and frame
"""
