"""What answers of the Reconciliation API must look like, as JSON Schemas in our own words.

They demand what the schemas of the specification demand (W3C Entity Reconciliation Community Group: 0.2, final report
of 2023-04-10, and 1.0-draft): the same required members, types and patterns. All other members are left open.
"""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
MOMENT = r"^-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$"


def thing(required: str, **members: Schema) -> Schema:
    return {"type": "object", "properties": members, "required": required.split()}


def exactly(**members: Schema) -> Schema:
    return {**thing(" ".join(members), **members), "additionalProperties": False}


def listed(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


KIND: Schema = {"oneOf": [thing("id", id=TEXT, name=TEXT), TEXT]}
NAMED = thing("id name", id=TEXT, name=TEXT, description=TEXT)
VALUE: Schema = {
    "oneOf": [
        {"type": "object", "additionalProperties": False},
        {**NAMED, "additionalProperties": False},
        exactly(str=TEXT),
        exactly(float=NUMBER),
        exactly(int={"type": "integer"}),
        exactly(date={"type": "string", "pattern": MOMENT}),
    ]
}
META = listed(
    thing("id name", id=TEXT, name=TEXT, type=thing("id", id=TEXT), service={"type": "string", "pattern": "^https?://"})
)
PROPOSED = thing("properties", properties=listed(NAMED), type=TEXT, limit=NUMBER)
SUGGESTED = thing("result", result=listed(NAMED))
ENTITIES = thing("result", result=listed({**NAMED, "properties": {**NAMED["properties"], "notable": listed(KIND)}}))


def candidate(required: str, feature: Schema) -> Schema:
    members: dict[str, Schema] = {"id": TEXT, "name": TEXT, "description": TEXT, "score": NUMBER, "match": FLAG}
    return thing(required, **members, type=listed(KIND), features=listed(feature))


def manifest(version: str, required: str, pattern: str, **members: Schema) -> Schema:
    return thing(
        f"versions name {required}",
        versions={**listed(TEXT), "contains": {"const": version}},
        name=TEXT,
        view=thing("url", url={"type": "string", "pattern": pattern}),
        defaultTypes=listed(thing("id name", id=TEXT, name=TEXT), uniqueItems=True),
        **members,
    )


FEATURE_VALUE: Schema = {"oneOf": [FLAG, NUMBER]}
FEATURE_02: Schema = {"type": "object", "properties": {"id": TEXT, "value": FEATURE_VALUE}}
SERVICE: Schema = {
    "type": "object",
    "properties": {
        "service_url": TEXT,
        "service_path": TEXT,
        "flyout_service_url": TEXT,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}
SIZE: dict[str, Schema] = {"width": {"type": "integer"}, "height": {"type": "integer"}}
SETTING = thing("type name", type={"enum": ["number", "text", "checkbox", "select"]}, name=TEXT)
V02: dict[str, Schema] = {
    "manifest": manifest(
        "0.2",
        "identifierSpace schemaSpace",
        r"\{\{id\}\}",
        identifierSpace=TEXT,
        schemaSpace=TEXT,
        suggest={"type": "object", "properties": dict.fromkeys(("entity", "property", "type"), SERVICE)},
        preview=thing("url width height", url={"type": "string", "pattern": r"\{\{id\}\}"}, **SIZE),
        extend=thing("", propose_properties=SERVICE, property_settings=listed(SETTING)),
    ),
    "results": {
        "type": "object",
        "additionalProperties": thing("result", result=listed(candidate("id name score", FEATURE_02))),
    },
    "extension": thing(
        "rows meta",
        meta=META,
        rows={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": listed(VALUE)}},
    ),
}
V10: dict[str, Schema] = {
    "manifest": manifest(
        "1.0-draft",
        "view",
        r"\{.*id.*\}",
        suggest=thing("entity property type", entity=FLAG, property=FLAG, type=FLAG),
        preview=thing("width height", **SIZE),
        extend=thing("", proposeProperties=FLAG, propertySettings=listed(SETTING)),
        standardizedScore=FLAG,
    ),
    "results": thing(
        "results",
        results=listed(
            thing(
                "candidates",
                candidates=listed(
                    candidate("id name", thing("id name value", id=TEXT, name=TEXT, value=FEATURE_VALUE))
                ),
            )
        ),
    ),
    "extension": thing(
        "rows meta",
        meta=META,
        rows=listed(thing("id", id=TEXT, properties=listed(thing("id", id=TEXT, values=listed(VALUE))))),
    ),
}
