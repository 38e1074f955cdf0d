"""FLAC: lossless; segments are encoded in parallel, and their frames are renumbered when they are joined."""
