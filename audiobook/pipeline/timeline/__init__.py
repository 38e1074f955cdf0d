"""Record when each line and each sentence is heard.

store       writes the timeline chapter by chapter during a build, and loads it later
records     the cache record of one chapter
sentences   the sentences of a line
"""
