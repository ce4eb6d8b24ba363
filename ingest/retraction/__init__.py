"""Withdrawing documents and sources: seen before it is done, undone, or erased for good."""
