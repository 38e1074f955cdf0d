"""Write WAV: 16-bit samples, with chapters and tags in RIFF chunks."""
