// past_within: names that may lie in a place: those of whose country or path something is stated that holds one of its names, and those that were related to it as a part by a time.
// $keys   LIST<STRING>    alias keys of the place
// $names  LIST<STRING>    its names in lower case, as they are written in JSON
// $known  ZONED DATETIME  told by then, and not closed yet
// $limit  INTEGER         names at most
// ->      stated LIST<STRING> (alias keys), related LIST<STRING> (alias keys)
// door:   GET /api/entities/trending?within= and GET /api/search?place= with known_at or identity_at
// try:    :params {keys: ['9f2c…'], names: ['"norway"'], known: datetime(), limit: 20000}
CALL () {
  MATCH (a:Alias)
  WHERE a.attributes IS NOT NULL AND (a.attributes CONTAINS '"country"' OR a.attributes CONTAINS '"path"')
    AND any(name IN $names WHERE toLower(a.attributes) CONTAINS name)
  WITH a LIMIT $limit
  RETURN collect(a.key) AS stated
}
CALL () {
  UNWIND $keys AS key
  MATCH (:Entity)-[r:RELATED {oalias: key}]->(:Entity)
  WHERE r.recorded_at <= $known AND (r.closed_at IS NULL OR r.closed_at > $known)
    AND toLower(r.predicate) IN ['located_in', 'located in', 'part_of', 'part of', 'capital of']
  WITH DISTINCT r.salias AS alias LIMIT $limit
  RETURN collect(alias) AS related
}
RETURN stated, related
