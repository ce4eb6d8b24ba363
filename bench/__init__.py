"""Measures Pentad beside the raw limit of its parts, in one run on one machine: ratios, never seconds, are claimed."""
