"""The command line, one file a subject; `api/cli.py` puts them together."""
