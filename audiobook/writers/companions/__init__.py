"""Write files that go with the sound: captions in several formats, and a page that shows the text while it is heard.

table      the table of these files
captions   lines of a caption, cut from the sentences of a timeline
subtitles  SRT, WebVTT, LRC and ASS
page       one HTML page that plays the audiobook and shows its text
"""
