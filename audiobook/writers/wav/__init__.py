"""WAV: uncompressed samples, with cue points and labels for the chapters."""
