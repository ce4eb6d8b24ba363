"""One form for all addresses of a page, so that it is read once.

Of the query only what names a page is kept; whatever tells who sent the reader (utm_…, fbclid) goes, the fragment too.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from courlan import clean_url

from ingest.fetching import Guard
from ingest.fetching.addresses import Place

_KEPT = frozenset(
    """a aid article article_id articleid art_id c cat cid contentid content_id date day doc docid document edition
    entry f feed gid guid i id idarticle idx iid issue item itemid k key lang language lg list m mid mode month n name
    news newsid news_id nid no node number nr num offset p pag page pageid page_id paper part pid post postid post_id
    ref_id s section seq slug start story storyid story_id sub t tag tid title topic type u uid uri v vid view w
    year q query search y""".split()
)
_NUMBERED = re.compile(r"(?:id|_no|num|nr)$")
_SENT = re.compile(
    r"clid$|clkid$|clickid$|^(?:mc_[ce]id|[gw]braid|igshid|ncid|icid|s_cid|cmpid|campaign_?id|li_fat_id|sessionid|sid|utm_.*)$"
)
"""Who sent the reader, or who the reader is."""
_SPLIT = re.compile("[/?&=.#_-]")


def canonical(url: str) -> str:
    """The one form of an http or https address. Raises FetchError where nothing could be fetched from it."""
    place = Guard.place(url)
    cleaned = clean_url(place.url)
    place = Guard.place(cleaned) if cleaned else place
    return _put(place)


def host_of(url: str) -> str:
    """Host and odd port of an address, `www.` left out: what is learnt of one page of a site holds for the others."""
    return Guard.place(url).authority.removeprefix("www.")


def words_of(url: str) -> frozenset[str]:
    """The words that an address is made of."""
    parts = urlsplit(url.lower())
    return frozenset(_SPLIT.split(f"{parts.netloc}/{parts.path}")) - {""}


def _put(place: Place) -> str:
    path, _, query = place.path.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if _names_a_page(name.lower())]
    path = re.sub("/{2,}", "/", path)
    path = path.rstrip("/") or "/"
    asked = urlencode(sorted(kept))
    return f"{place.scheme}://{place.authority}{path}{f'?{asked}' if asked else ''}"


def _names_a_page(name: str) -> bool:
    return name in _KEPT or (bool(_NUMBERED.search(name)) and not _SENT.search(name))
