// readers_decay: keeps on each interest by what it is worth less today, of some readers.
// $readers  LIST<STRING>    ids
// $now      ZONED DATETIME
// $decay    FLOAT           factor for each full 30 days since the last read
// ->        changed INTEGER
// door:     the schedule reader-decay
// try:      MATCH (r:Reader)-[i:INTERESTED_IN]->(x) RETURN r.id, x.name, i.decay_factor LIMIT 25
UNWIND $readers AS id
MATCH (r:Reader {id: id})-[i:INTERESTED_IN]->(x:Entity)
WITH r, x, collect(i) AS edges, max(i.last_seen) AS last
WITH r, edges, $decay ^ ((CASE WHEN last < $now THEN $now.epochMillis - last.epochMillis ELSE 0 END) / 2592000000) AS factor
UNWIND edges AS i
WITH r, i, factor
WHERE i.decay_factor <> factor
SET i.decay_factor = factor
WITH r, count(i) AS changed
MATCH (g:Gate {name: 'gate'})
SET g.readers = coalesce(g.readers, 0) + 1, r.touch = g.readers
RETURN sum(changed) AS changed
