"""Frozen dataclasses and pure functions, without input or output."""
