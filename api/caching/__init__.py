"""Answers kept as bytes: given again, exactly, until something that they show is changed (decision 30)."""
