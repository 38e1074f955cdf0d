"""Write Opus in Ogg. Segments are encoded separately and joined without encoding them again."""
