"""Names of English pages by a Stanford CoreNLP server that the operator runs (GPL: nothing of it is bundled).

It is asked as its server documents it: the text as the body, the wishes as JSON in `properties`. What it names is
looked for in the page like what a language model says, and goes the same way; what it does not name stands as read
without it.
"""

from urllib.parse import quote

import orjson

from graph.errors import Unavailable
from graph.keys import W
from ingest.fetching import FetchError, FetchOptions, SafeClient
from ingest.semantics.modelled import Called, Finder, Modelled
from ingest.semantics.page import Page

NAME = "corenlp"
TIMEOUT = 30.0
ANSWER_LIMIT = 10_000_000
"""Bytes of an answer: every token comes with a dozen of fields."""
MENTIONS = 400
WANTED = {"annotators": "tokenize,ssplit,pos,lemma,ner", "outputFormat": "json"}
KINDS = {
    "PERSON": W.WHO,
    "ORGANIZATION": W.WHO,
    "LOCATION": W.WHERE,
    "CITY": W.WHERE,
    "STATE_OR_PROVINCE": W.WHERE,
    "COUNTRY": W.WHERE,
}
"""Its classes of names that are entities here."""


class CoreNlp:
    """One server. Thread-safe. Raises FetchError for an address that cannot be one."""

    name = NAME

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        options = FetchOptions(timeout=TIMEOUT, wire_limit=ANSWER_LIMIT, unpacked_limit=ANSWER_LIMIT)
        self._client = SafeClient.of_service(f"{self._url}/", options)

    def read(self, page: Page, until: int) -> Modelled:
        """The names of a page, whose text is given up to `until`; none of one that is not English.

        Raises Unavailable: the page is read without it then.
        """
        made = Modelled(self.name)
        if page.language.split("-")[0].lower() not in ("en", ""):
            return made
        finder = Finder(page, until)
        seen = set[tuple[str, W]]()
        for text, w in self._mentions(finder.whole)[:MENTIONS]:
            if (text, w) in seen:
                continue
            seen.add((text, w))
            quotes = finder.all(text)
            made.unfounded += not quotes
            if quotes:
                made.names.append(Called(w, quotes))
        return made

    def _mentions(self, text: str) -> list[tuple[str, W]]:
        try:
            answer = self._client.post(
                f"{self._url}/?properties={quote(orjson.dumps(WANTED).decode(), safe='')}",
                text.encode("utf-8", "replace"),
                {"content-type": "text/plain; charset=utf-8"},
            )
        except FetchError as error:
            raise Unavailable(f"CoreNLP cannot be asked: {error}") from error
        if answer.status != 200:
            raise Unavailable(f"CoreNLP answered {answer.status}")
        try:
            told = orjson.loads(answer.body)
            return [
                (str(one["text"]), KINDS[one["ner"]])
                for sentence in told["sentences"]
                for one in sentence.get("entitymentions", ())
                if one["ner"] in KINDS
            ]
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise Unavailable("CoreNLP answered in a form that is not its own") from error
