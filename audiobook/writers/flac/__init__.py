"""Write FLAC (lossless). Segments are encoded separately and joined without encoding them again."""
