"""Whether the names are the same once spaces and order are set aside."""


def same_letters(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """1 when the romanised names are written with the same letters, run together or with the same words in another
    order; else 0."""
    return float("".join(a) == "".join(b) or sorted(a) == sorted(b))
