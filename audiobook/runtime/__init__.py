"""What every room uses of the machine: the cache, locks, files, ffmpeg, playback, memory and cores."""
