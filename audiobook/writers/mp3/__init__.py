"""MP3: frames, joining, tags."""
