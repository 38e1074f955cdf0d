"""Write M4B: AAC-LC in an MP4 file with chapters. Segments are encoded separately and joined without encoding again."""
