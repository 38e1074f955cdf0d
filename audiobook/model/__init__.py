"""Values only: frozen dataclasses without input or output."""
