"""GraphML and GEXF: entities and events as nodes, mentions, causes and shared events as edges.

Written by hand, since libraries want the whole graph in memory first. What XML cannot hold is left out.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from graph.exporting.content import Content, ExportedEntity, ExportedEvent

_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {"mentions": "int", "n": "int", "latitude": "double", "longitude": "double", "weight": "double"}
NODE = ("label", "type", "kind", "mentions", "at", "last", "category", "latitude", "longitude")
EDGE = ("type", "role", "surface", "n", "at")
Values = dict[str, str | int | float | None]
Node = tuple[str, Values]
Joined = tuple[str, str, str, Values]


def nodes(content: Content) -> Iterator[Node]:
    """Id and values of each node."""
    for entity in content.entities():
        yield f"entity:{entity.key}", _of_entity(entity)
    for event in content.events():
        yield f"event:{event.id}", _of_event(event)


def edges(content: Content) -> Iterator[Joined]:
    """Id, source, target and values of each edge."""
    for event in content.events():
        own, at = f"event:{event.id}", event.at.isoformat()
        for mention in event.mentions:
            told: Values = {"type": mention.w, "role": mention.role, "surface": mention.surface, "n": None, "at": at}
            yield f"{own}#{mention.id}", own, f"entity:{mention.key}", told
        for cause in event.linked:
            yield f"{own}<{cause}", own, f"event:{cause}", {"type": "CAUSED_BY", "at": at}
    for tie in content.ties():
        one, other = f"entity:{tie.source}", f"entity:{tie.target}"
        yield f"{one}-{other}", one, other, {"type": "CO_MENTIONED", "n": tie.n}


def graphml(content: Content) -> Iterator[str]:
    """GraphML (graphml.graphdrawing.org)."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for domain, names in (("node", NODE), ("edge", EDGE)):
        for name in names:
            kind = _TYPES.get(name, "string")
            yield f'<key id="{domain[0]}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="pentad" edgedefault="directed">\n'
    for key, values in nodes(content):
        yield f"<node id={_quoted(key)}>{_data('n', values)}</node>\n"
    for key, source, target, values in edges(content):
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge id={_quoted(key)} {ends}>{_data('e', values)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def gexf(content: Content) -> Iterator[str]:
    """GEXF 1.3 (gexf.net), as Gephi opens it."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for domain, names in (("node", NODE[1:]), ("edge", EDGE)):
        yield f'<attributes class="{domain}">\n'
        for name in names:
            kind = {"int": "integer"}.get(_TYPES.get(name, "string"), _TYPES.get(name, "string"))
            yield f'<attribute id="{domain[0]}_{name}" title="{name}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for key, values in nodes(content):
        label = _quoted(str(values.pop("label") or key))
        yield f"<node id={_quoted(key)} label={label}>{_attvalues('n', values)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for key, source, target, values in edges(content):
        weight = f' weight="{values["n"]}"' if values.get("n") else ""
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge id={_quoted(key)} {ends}{weight}>{_attvalues('e', values)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _of_entity(entity: ExportedEntity) -> Values:
    latitude, longitude = entity.point or (None, None)
    return {
        "label": entity.name,
        "type": "entity",
        "kind": entity.kind,
        "mentions": entity.mentions,
        "at": entity.first_seen.isoformat() if entity.first_seen else None,
        "last": entity.last_seen.isoformat() if entity.last_seen else None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _of_event(event: ExportedEvent) -> Values:
    return {"label": event.title, "type": "event", "at": event.at.isoformat(), "category": event.category}


def _data(domain: str, values: Values) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{escape(_clean(value))}</data>'
        for name, value in values.items()
        if value is not None
    )


def _attvalues(domain: str, values: Values) -> str:
    told = "".join(
        f'<attvalue for="{domain}_{name}" value={_quoted(value)}/>'
        for name, value in values.items()
        if value is not None
    )
    return f"<attvalues>{told}</attvalues>" if told else ""


def _quoted(value: object) -> str:
    return quoteattr(_clean(value))


def _clean(value: object) -> str:
    return _REFUSED.sub("", str(value))
