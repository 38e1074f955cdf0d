"""When each line and each sentence is heard.

store       written by a build chapter by chapter, and read again later
records     the lines of one chapter as the cache keeps them
sentences   the sentences of a line
"""
