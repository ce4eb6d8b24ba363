"""Countries and their parts by name, in many languages, from the data of the `countrynames` library.

Its own look-up scans all codes for each name and caches without bound; this one is a dictionary with a bounded cache.
"""

from functools import cache, lru_cache

from countrynames.data import DATA
from countrynames.util import normalize_name, process_data


@lru_cache(maxsize=50_000)
def territory(name: str) -> str | None:
    """ISO 3166 code of a country (two letters) or of a part of one (longer), None for any other name."""
    normalised = normalize_name(name)
    code = _codes().get(normalised) if normalised else None
    return None if code == "FAIL" else code


@cache
def _codes() -> dict[str, str]:
    return {normalised: code for code, normalised, _ in process_data(DATA)}
