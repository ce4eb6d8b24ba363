"""Reads as they would have been answered at a past time: by what was recorded and who was taken for whom then."""
