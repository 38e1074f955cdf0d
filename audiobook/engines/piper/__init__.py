"""Piper, small neural voices (the extra `piper`)."""
