"""Write MP3: encode segments, join their frames, and write header and tags."""
