"""Who speaks each turn: candidates, clues, the learned ranker, and the decoding of conversations."""
