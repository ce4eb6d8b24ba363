"""How long a read of the past may take."""

SECONDS = 30.0
"""One answer may take so long."""
