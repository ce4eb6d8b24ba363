// erase_outbox: outbox records without what was erased.
// $rows   LIST<MAP>  change, payload (JSON)
// ->      written INTEGER
// door:   POST /api/retractions with erase
// try:    MATCH (o:Outbox) RETURN o LIMIT 5
UNWIND $rows AS row
MATCH (o:Outbox {change: row.change})
SET o.payload = row.payload
RETURN count(o) AS written
