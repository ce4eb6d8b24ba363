"""Word lists of names, each a text file whose head says where it comes from; none is made from test data."""

from functools import cache
from importlib.resources import files


def lines(name: str) -> list[str]:
    """Lines of a list without its head."""
    text = (files("resolution.names.lists") / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def groups(name: str) -> dict[str, frozenset[int]]:
    """For each word the numbers of the lines it stands in."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines(name)):
        for word in line.split():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def same(name: str) -> dict[str, str]:
    """For each name of a list of lines `one|other|third` the first of its line."""
    return {other: line.split("|")[0] for line in lines(name) for other in line.split("|")}


@cache
def legal_forms() -> dict[tuple[str, ...], str]:
    """Words of each way to write a legal form -> the name of its family."""
    found: dict[tuple[str, ...], str] = {}
    for line in lines("legal_forms"):
        family, _, forms = line.partition(":")
        for form in forms.split(","):
            found.setdefault(tuple(form.replace("&", " ").split()), family)
    return found
