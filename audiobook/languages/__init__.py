"""Everything that is specific to a language, a folder a language."""
