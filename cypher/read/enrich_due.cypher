// enrich_due: sure events that wait to be looked up, the earliest first, each with whom it names that has no item yet.
// $limit   INTEGER         events at most
// $before  ZONED DATETIME  entities looked up since then are left out
// ->       id STRING, keys LIST<STRING>
// door:    jobs of kind enrichment
// try:     :params {limit: 20, before: datetime('2026-01-01T00:00:00Z')}
MATCH (e:Event)
WHERE e.enrich_due IS NOT NULL
WITH e ORDER BY e.enrich_due, e.id LIMIT $limit
RETURN e.id AS id,
       COLLECT {
         MATCH (e)-[m:WHO|WHERE]->(x:Entity)
         WHERE m.kid IS NOT NULL AND x.wikidata IS NULL AND x.kind <> 'unspecified'
           AND (x.enrich_tried_at IS NULL OR x.enrich_tried_at < $before)
         RETURN DISTINCT x.key ORDER BY x.key
       } AS keys
