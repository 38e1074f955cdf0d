"""FLAC: compressed without loss, encoded by segments and joined without encoding again."""
