"""espeak-ng through pyttsx3, and the speech of Windows and macOS."""
