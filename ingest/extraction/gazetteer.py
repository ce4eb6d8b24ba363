"""Names of places that are known without a graph: countries in many languages, larger cities, wide regions."""

import unicodedata
from functools import cache
from importlib.resources import files

from ingest.extraction.tagging import usual
from resolution.names.territory import country

_REGIONS = frozenset(
    name.strip().lower()
    for name in (
        "Africa, Asia, Europe, North America, South America, Latin America, Central America, Oceania,"
        " Antarctica, Arctic,"
        " Middle East, Balkans, Caucasus, Caribbean, Scandinavia, Baltics, Sahel, Maghreb, Kurdistan, Kashmir, Crimea,"
        " Donbas, Siberia, Tibet, Xinjiang, Gaza, Gaza Strip, West Bank, Golan Heights, Sinai,"
        " Catalonia, Basque Country,"
        " Scotland, Wales, England, Northern Ireland, Bavaria, Saxony, Brittany, Sicily, Sardinia,"
        " Corsica, Punjab, Sindh,"
        " Balochistan, Darfur, Tigray, Biafra, Ontario, Quebec, Alberta, British Columbia, Queensland, New South Wales,"
        " Hebei, Sichuan, Guangdong, Yunnan, Hubei, Hunan, Henan, Shandong, Silicon Valley, Wall Street, Kremlin,"
        " White House, Downing Street, Capitol, Pentagon, Westminster, Manhattan, Brooklyn, Hollywood"
    ).split(",")
)


@cache
def _cities() -> frozenset[str]:
    text = (files("ingest.extraction") / "places.txt").read_text(encoding="utf-8")
    names = [line.lower() for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(names) | {plain for plain in map(_plain, names) if not usual(plain)}


def _plain(name: str) -> str:
    """Without marks on letters: news mostly write Malmo and Bogota."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def known_place(name: str) -> bool:
    """True when the name, its article apart, is a country's, a larger city's or a region's."""
    lower = name.lower().removeprefix("the ").strip(" .")
    return lower in _REGIONS or lower in _cities() or country(name) is not None
