"""Decides who speaks each turn: candidates, features, the learned ranker, and decoding."""
