"""The words that analyses of news (models, taggers) use for parts of a record and for types of names. Closed lists."""

from graph.keys import W

Place = tuple[W | None, str | None]
"""The W that a type tells, None when it tells none, and the kind that it states."""

PARTS: dict[str, tuple[str, ...]] = {
    "id": ("id", "event_id"),
    "version": ("version",),
    "title": ("title", "headline"),
    "text": ("description", "summary", "text"),
    "occurred_at": ("occurred_at", "date", "event_date", "timestamp", "published_at", "publication_date"),
    "ended_at": ("ended_at", "end_date"),
    "category": ("category", "event_type"),
    "impact": ("impact", "impact_level", "severity"),
    "confidence": ("confidence", "confidence_score"),
    "risk_score": ("risk_score", "risk"),
    "sanctions": ("sanctions",),
    "relationships": ("relationships", "relations"),
    "sources": ("sources", "source", "url", "source_url"),
    "story": ("story",),
    "count": ("count",),
    "who": ("who",),
    "what": ("what",),
    "where": ("where",),
    "when": ("when",),
    "why": ("why",),
}
"""Parts of the 5-W shape with the names under which an analysis tells them, the first that is there counts."""
NAME = ("name", "text", "entity", "canonical_name", "mention")
TYPE = ("type", "kind", "entity_type", "label")
RELEVANCE = ("relevance", "relevance_score", "salience")
SUBJECT = ("subject", "source", "from", "head")
PREDICATE = ("predicate", "relation", "relationship", "relationship_type", "type")
OBJECT = ("object", "target", "to", "tail")
LIST = ("list", "source", "program", "name")

_TYPES: dict[Place, str] = {
    (W.WHO, "person"): "person per people persons individual individuals human actor politician",
    (
        W.WHO,
        "organization",
    ): "organization organizations organisation organisations org orgs company companies corporation business agency "
    "institution institutions ngo media party political_party international_organization",
    (W.WHO, "government"): "government governments govt ministry government_body",
    (W.WHO, "group"): "group groups norp militant_group armed_group ethnic_group community",
    (W.WHERE, "country"): "country countries state nation nations",
    (W.WHERE, "region"): "region regions province territory area county",
    (W.WHERE, "city"): "city cities town village capital",
    (W.WHERE, "facility"): "facility facilities fac building airport port base",
    (W.WHERE, None): "location locations loc place places gpe geo geopolitical_entity geopolitical where",
    (W.WHO, None): "who",
    (W.WHEN, None): "date dates time datetime when",
    (W.WHAT, None): "event events incident action activity what",
    (W.WHY, None): "why reason cause motive",
}
TYPES: dict[str, Place] = {word: place for place, words in _TYPES.items() for word in words.split()}
"""What a type word tells; all others tell nothing, so the name's form is asked."""
NO_NAMES = frozenset("money monetary quantity percent percentage cardinal ordinal number language url email".split())
"""Types of what is found in texts but is nobody and nowhere: left out."""
SETTING = frozenset(["", *"location place venue site setting scene where".split()])
"""Roles in which a place is where it happened; in any other it acts, so it is WHO."""
