// related_place: relationships whose end is a mention that was placed stand on its new alias, and `related_follow_…` brings them along.
// $rows   LIST<MAP>  event (id), mention (id), alias (key)
// ->      placed INTEGER
// door:   split, reviews, pentad dedupe
// try:    MATCH (s)-[r:RELATED]->(o) RETURN s, r, o LIMIT 25
UNWIND $rows AS row
MATCH ()-[r:RELATED {event: row.event}]->()
WHERE r.subject = row.mention OR r.object = row.mention
SET r.salias = CASE WHEN r.subject = row.mention THEN row.alias ELSE r.salias END,
    r.oalias = CASE WHEN r.object = row.mention THEN row.alias ELSE r.oalias END
RETURN count(r) AS placed
