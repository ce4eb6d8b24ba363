// reader_interests: what a read adds to interests: one to each name that the content speaks of.
// $reader   STRING          id of the reader
// $aliases  LIST<STRING>    alias keys
// $n        INTEGER         number of the read
// $at       ZONED DATETIME  when it was read
// ->        entities LIST<STRING> (keys)
// door:     POST /api/contents/{id}/read
// try:      MATCH p = (:Reader)-[:INTERESTED_IN]->(:Entity) RETURN p LIMIT 25
MATCH (r:Reader {id: $reader})
UNWIND $aliases AS alias
MATCH (:Alias {key: alias})-[:NAMES]->(x:Entity)
MERGE (r)-[i:INTERESTED_IN {alias: alias}]->(x)
ON CREATE SET i.reads = [], i.first_seen = $at, i.last_seen = $at
SET i.reads = i.reads + $n,
    i.first_seen = CASE WHEN $at < i.first_seen THEN $at ELSE i.first_seen END,
    i.last_seen = CASE WHEN $at > i.last_seen THEN $at ELSE i.last_seen END,
    i.decay_factor = 1.0
RETURN collect(DISTINCT x.key) AS entities
