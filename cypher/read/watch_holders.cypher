// watch_holders: the entities that hold some names now.
// $keys  LIST<STRING>  alias keys
// ->     asked STRING, key STRING, name STRING, kind STRING
// door:  POST /api/watches, and what follows the change feed for watches
// try:   :params {keys: ['9f2c…']}
UNWIND $keys AS asked
MATCH (:Alias {key: asked})-[:NAMES]->(x:Entity)
RETURN asked, x.key AS key, x.name AS name, x.kind AS kind
