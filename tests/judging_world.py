"""For tests of decisions: a world with the service that decides, and the graph told in lines that a way of coming about
does not show in.

`dump` holds what reads can see: events, mentions, aliases, entities with their counts, names, kinds and attributes,
live judgements, relationships. It leaves out times of recording, change numbers, versions, history, what was revoked,
and names that were founded for single mentions which went back: nobody is told under them.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from neo4j import Driver
from redis import Redis

from graph.alias import Alias
from graph.database import Database
from graph.judgement import Author
from ingest.judging import Decision, Judging, Order
from ingest.pipeline import Pipeline
from tests.factory import NOW, World, person, told

_SHOWN_OF = {
    "Event": ("id", "version", "content_hash", "title", "ts"),
    "Alias": ("key", "name", "normalised", "family", "discriminator", "kind", "mentions", "first_seen", "last_seen"),
    "Entity": (
        *(
            "key",
            "kid",
            "name",
            "kind",
            "kind_source",
            "aliases",
            "roles",
            "role_counts",
            "ws",
            "mentions",
            "first_seen",
        ),
        *("last_seen", "sector", "country", "affiliations"),
    ),
    "Judgement": ("a", "b", "verdict", "by", "score", "reason", "event", "mention"),
}
_OF_MENTION = (
    *("id", "kid", "aid", "ts", "alias", "alias0", "surface", "role", "relevance", "score", "weight", "risk"),
    *("closed_kid", "closed_aid"),
)
_OF_RELATED = ("id", "predicate", "salias", "oalias", "subject", "object")


_CLASH = "what is stated of the two clashes"
"""A negative that says what the two names say by themselves: whether it was ever written down decides nothing."""


_MENTION = re.compile("[0-9a-f]{32}")


class Court(World):
    """A world that can decide."""

    def __init__(self, graph: Database, redis: Redis | None = None) -> None:
        super().__init__(graph, redis, NOW)
        self.judging = self.judge_by(self.pipeline)

    def judge_by(self, pipeline: Pipeline) -> Judging:
        """The service on one pipeline's index."""
        return Judging(pipeline, self.graph, lambda: self.now, self.projections)

    def merge(self, *keys: str, author: str = "ann", **more: Any) -> Decision:
        """A person joins the entities of these aliases."""
        return self.judging.merge(keys, Order(author=author, cause="the same", **more))

    def split(self, *keys: str, author: str = "ann", **more: Any) -> Decision:
        """A person parts these aliases from the rest of their entity."""
        return self.judging.split(keys, (), Order(author=author, cause="somebody else", **more))

    def split_mentions(self, *mentions: tuple[str, str], author: str = "ann") -> Decision:
        """A person says that single mentions (event, id) of one entity are somebody else."""
        return self.judging.split((), mentions, Order(author=author, cause="somebody else"))

    def undo(self, decision: Decision, author: str = "ann") -> Decision:
        """Takes a decision back."""
        return self.judging.undo(decision.id, Order(author=author, cause="taken back"))


def key_of(name: str, family: str = "person") -> str:
    """Key of the alias of a plain name."""
    return Alias.of(name, name.casefold(), family, "", family).key


def people(*names: str, prefix: str = "e") -> list[dict[str, Any]]:
    """One event a name."""
    return [told(f"{prefix}{n}", who=person(name)) for n, name in enumerate(names)]


def dump(driver: Driver, *, closed: bool = True) -> list[str]:
    """All that a read can see, one line each, sorted. Without `closed` what former versions of events told is left out,
    with the placements that were made of it."""
    with driver.session() as session:
        nodes = session.run("MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS p").data()
        edges = session.run(
            "MATCH (a)-[r]->(b) RETURN elementId(a) AS a, type(r) AS type, elementId(b) AS b, properties(r) AS p"
        ).data()
    if not closed:
        edges = [edge for edge in edges if "closed_at" not in edge["p"]]
        told = {edge["p"].get("id") for edge in edges}
        nodes = [node for node in nodes if node["p"].get("mention") is None or node["p"]["mention"] in told]
    founded = [node["p"] for node in nodes if _MENTION.fullmatch(node["p"].get("discriminator", ""))]
    gone = {p["key"] for p in founded if not p["mentions"]}
    nodes = [node for node in nodes if gone.isdisjoint(node["p"].get(end) for end in ("key", "a", "b"))]
    names: dict[str, str] = {}
    lines: list[str] = []
    called = {
        p["key"]: f"{p['name']} {p['family']} {p['discriminator']}" for p in (n["p"] for n in nodes) if "aid" in p
    }
    born = {key: place for place, key in enumerate(_by_birth(nodes))}
    for node in nodes:
        label = next((label for label in node["labels"] if label in _SHOWN_OF), None)
        p = node["p"]
        if label is None or (label == "Judgement" and ("revoked_at" in p or p["reason"] == _CLASH)):
            continue
        names[node["id"]] = f"{label} {p.get('key') or p.get('id')}"
        shown = {**p, **{end: called.get(p[end], p[end]) for end in ("a", "b") if end in p}}
        line = f"{':'.join(sorted(node['labels']))} {_told(shown, _SHOWN_OF[label])}"
        lines.append(line + (f" {born[p['key']]}" if label == "Alias" else ""))
    for edge in edges:
        if edge["a"] in names and edge["b"] in names and edge["type"] not in ("OF", "CO_MENTIONED"):
            shown = _OF_RELATED if edge["type"] == "RELATED" else _OF_MENTION
            lines.append(f"{names[edge['a']]} -{edge['type']}-> {names[edge['b']]} {_told(edge['p'], shown)}")
    return sorted(lines)


def _by_birth(nodes: list[dict[str, Any]]) -> list[str]:
    aliases = [node["p"] for node in nodes if "Alias" in node["labels"]]
    return [p["key"] for p in sorted(aliases, key=lambda p: (p["born"], p["key"]))]


def _told(p: Mapping[str, Any], shown: tuple[str, ...]) -> str:
    kept = {name: p[name] for name in shown if p.get(name) is not None}
    if "a" in kept and "b" in kept:
        kept["a"], kept["b"] = sorted((kept["a"], kept["b"])) if "mention" not in kept else (kept["a"], kept["b"])
    return json.dumps(kept, sort_keys=True, default=str, ensure_ascii=False)


__all__ = ["Author", "Court", "dump", "key_of", "people"]
