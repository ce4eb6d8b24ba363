"""Watches: saved entities, pairs, searches and examples that tell when something about them is new."""
