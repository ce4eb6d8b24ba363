// events: writes events, new ones and new versions of known ones.
// $rows   LIST<MAP>  id, props, ended (epoch milliseconds or NULL)
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest
// try:    MATCH (e:Event) RETURN e ORDER BY e.recorded_at DESC LIMIT 5
UNWIND $rows AS row
MERGE (e:Event {id: row.id})
SET e = row.props, e.recorded_at = $at, e.occurred_at = datetime({epochMillis: row.props.ts}),
    e.ended_at = CASE WHEN row.ended IS NULL THEN NULL ELSE datetime({epochMillis: row.ended}) END
RETURN count(e) AS written
