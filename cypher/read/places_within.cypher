// places_within: a place and all places that are told to lie in it: by a relationship, by their path, or by their country.
// $key    STRING   key of any alias of the place
// $limit  INTEGER  places within at most
// ->      key STRING, name STRING, kind STRING, keys LIST<STRING> (its own first)
// door:   GET /api/entities/trending?within=
// try:    :params {key: '9f2c…', limit: 20000}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (x)<-[:NAMES]-(a:Alias)
  RETURN collect(DISTINCT toLower(a.name)) + collect(DISTINCT a.normalised) AS names
}
CALL (x, names) {
  CALL (x, names) {
    MATCH (y:Where)
    WHERE y <> x AND (toLower(y.country) IN names OR any(step IN y.path WHERE toLower(step) IN names))
    RETURN y
    UNION
    MATCH (x)<-[r:RELATED]-(y:Entity)
    WHERE r.closed_at IS NULL AND y <> x AND toLower(r.predicate) IN ['located_in', 'located in', 'part_of', 'part of', 'capital of']
    RETURN y
  }
  WITH DISTINCT y LIMIT $limit
  RETURN collect(y.key) AS inner
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, [x.key] + inner AS keys
LIMIT 1
