"""Fitting the weight tables to labelled pairs: a development command, never called by the service."""
