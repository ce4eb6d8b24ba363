"""Countries by name: exactly, for identity, and loosely, for guesses.

Exactly: the names that CLDR gives countries in many languages (by `babel`), with official and former names beside.
Loosely: `countrynames`, which also takes people, states and cities for their country ("Delaware", "French"); two such
names are far from one thing, so it serves guesses only.
"""

import re
import unicodedata
from functools import cache, lru_cache

from babel import Locale
from countrynames.data import DATA

from resolution.names import lists

_LOCALES = (
    "en fr es de it pt nl sv da nb fi pl cs sk hu ro bg el ru uk sr hr tr ar he fa ur hi bn ta th vi id ms zh zh_Hant "
    "ja ko ka hy az kk uz sw am".split()
)
_OTHER_NAMES = {
    "BO": "Plurinational State of Bolivia",
    "CD": "Democratic Republic of Congo|Democratic Republic of the Congo|DR Congo|DRC|Zaire",
    "CG": "Republic of the Congo|Congo Brazzaville",
    "CI": "Ivory Coast|Cote d Ivoire|Cote dIvoire",
    "CN": "People's Republic of China|PRC",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "GR": "Hellenic Republic",
    "GB": "UK|Great Britain|Britain|United Kingdom of Great Britain and Northern Ireland",
    "HK": "Hong Kong",
    "IE": "Republic of Ireland",
    "IR": "Islamic Republic of Iran",
    "KP": "DPRK|DPR Korea|Democratic People's Republic of Korea",
    "KR": "Republic of Korea",
    "LA": "Lao People's Democratic Republic",
    "MD": "Republic of Moldova",
    "MK": "Macedonia|Republic of Macedonia",
    "MM": "Myanmar|Burma",
    "NL": "Holland",
    "PS": "Palestine|State of Palestine|Occupied Palestinian Territory",
    "RU": "Russian Federation",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "SA": "KSA",
    "TR": "Turkey|Republic of Turkey",
    "TW": "Republic of China|Chinese Taipei",
    "TZ": "United Republic of Tanzania",
    "US": "US|USA|United States of America",
    "VA": "Vatican City State|Holy See",
    "VE": "Bolivarian Republic of Venezuela",
    "VN": "Viet Nam|Socialist Republic of Vietnam",
}
_NO_COUNTRY = frozenset({"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"})
"""Codes of CLDR that are letters but no country; world and continents have digits."""
_STYLE = re.compile(
    r"(?<![a-z])(?:the )?(?:(?:[a-z]+ ){0,3}"
    r"(?:republic|kingdom|state|commonwealth|sultanate|principality|emirate|union|duchy)"
    r" of (?:the )?(?P<of>[a-z ]+)|(?P<people>[a-z]+) (?:arab )?republic)"
)
_CLAIMED = frozenset({"CG", "CD", "CN", "TW", "KP", "KR", "IE", "GB", "US", "CY", "GE", "SS", "VA"})
"""Countries whose style says more than their name: which Congo, which Korea."""
_ACCENTS = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=50_000)
def country(name: str) -> str | None:
    """ISO 3166-1 code of the country that this is a name of, None for any other name."""
    return _countries().get(_folded(name))


@lru_cache(maxsize=50_000)
def official(name: str) -> str | None:
    """The same for a country's full style: Kingdom of Norway, Slovak Republic, Hashemite Kingdom of Jordan; None for
    any other name, and where two states or what is no state go by it."""
    found = _STYLE.fullmatch(_folded(name))
    if not found:
        return None
    home = found["of"] or lists.same("demonyms").get(found["people"]) or found["people"]
    code = country(home)
    return None if code in _CLAIMED else code


def country_word(word: str) -> str | None:
    """The same for a word in small Latin letters, as it stands."""
    return _countries().get(word)


@lru_cache(maxsize=50_000)
def within_country(name: str) -> bool:
    """Whether the name sounds like a country, or a part, city or people of one. A guess."""
    folded = _folded(name)
    return len(folded) > 2 and folded in _sounding()


@lru_cache(maxsize=50_000)
def country_of_part(name: str) -> str | None:
    """ISO 3166-1 code of the country that a name sounds like, or like a part, city or people of. A guess."""
    return _parts().get(_folded(name))


@cache
def _parts() -> dict[str, str]:
    return {_folded(name): code[:2] for code, names in DATA.items() for name in names}


@cache
def short_name(code: str) -> str:
    """The English name of a country by its code, folded."""
    return _folded(Locale.parse("en").territories[code])


@cache
def _countries() -> dict[str, str]:
    named: dict[str, str] = {}
    for locale in _LOCALES:
        territories: dict[str, str] = dict(Locale.parse(locale).territories)
        named |= {
            _folded(name): code for code, name in territories.items() if code.isalpha() and code not in _NO_COUNTRY
        }
    return named | {_folded(name): code for code, names in _OTHER_NAMES.items() for name in names.split("|")}


@cache
def _sounding() -> frozenset[str]:
    return frozenset(_folded(name) for names in DATA.values() for name in names)


def _folded(name: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", name.replace(".", "").replace("'", "").replace("\u2019", "")))
    letters = unicodedata.normalize("NFC", bare).casefold()
    kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in letters)
    return " ".join(kept.split())
