"""What marked-up documents share: markup, elements, and the flow of their text."""
