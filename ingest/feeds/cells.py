"""Cells of tables: what several formats share."""

from urllib.parse import urlsplit

from graph.errors import InvalidInput


def text_of(line: bytes) -> str:
    """A line as text. Raises InvalidInput."""
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"is no UTF-8 at byte {error.start}") from error


def cells_of(line: bytes, wanted: int) -> list[str]:
    """The cells of a line that tabs part. Raises InvalidInput for another number of them."""
    cells = text_of(line).split("\t")
    if len(cells) != wanted:
        raise InvalidInput(f"has {len(cells)} cells, this format has {wanted}")
    return [cell.strip() for cell in cells]


def point(latitude: str, longitude: str) -> list[float] | None:
    """A point of the earth; None where the cells hold none."""
    try:
        found = [float(latitude), float(longitude)]
    except ValueError:
        return None
    return found if abs(found[0]) <= 90 and abs(found[1]) <= 180 else None


def report(url: str, name: str = "") -> dict[str, str] | None:
    """Where it was told: an address, and the publisher by name or by its host."""
    if "://" in url:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return {"url": url, "name": name or host} if name or host else {"url": url}
    told = name or url
    return {"name": told} if told else None


def some(**fields: object) -> dict[str, object]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
