"""Kokoro-82M, a neural engine (the extra `kokoro`)."""
