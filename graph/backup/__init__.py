"""Backup and restore of the whole graph as one file: what it says, not how it is stored. See docs/operations.md."""

from graph.backup.file import Summary, inspect
from graph.backup.restoring import Restored, refuse_unfinished, restore
from graph.backup.writing import Backed, backup

__all__ = ["Backed", "Restored", "Summary", "backup", "inspect", "refuse_unfinished", "restore"]
