"""Compared aspects of two names, one a file: each a pure function whose docstring the analyst reads."""
