"""What a language model is told, as texts that a person can read."""

from functools import cache
from importlib.resources import files


@cache
def prompt(name: str) -> str:
    """The text of one prompt."""
    return files("api.ask.prompts").joinpath(f"{name}.txt").read_text(encoding="utf-8")
