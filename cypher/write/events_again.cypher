// events_again: new versions of events that are there, or their mentions alone, told anew.
// $rows   LIST<MAP>  id, props (MAP, or NULL: only mentions are told anew), ended (epoch milliseconds or NULL),
//                    mentions LIST<LIST> by place, see events
// $at     ZONED DATETIME  when recorded
// ->      mentions INTEGER
// door:   every ingest
// try:    MATCH (e:Event)-[:HAD_VERSION]->(v) RETURN e, v ORDER BY e.recorded_at DESC LIMIT 25
UNWIND $rows AS row
MATCH (e:Event {id: row.id})
FOREACH (props IN row.props |
  SET e = props, e.recorded_at = $at, e.occurred_at = datetime({epochMillis: props.ts}),
      e.ended_at = CASE WHEN row.ended IS NULL THEN NULL ELSE datetime({epochMillis: row.ended}) END
)
WITH e, row
UNWIND row.mentions AS p
MATCH (x)
WHERE elementId(x) = p[1]
CREATE (e)-[m:$(p[0]) {id: p[2], kid: p[3], aid: p[4], ts: p[5], alias: p[6], surface: p[7], weight: p[8], role: p[9],
                       alias0: p[10], relevance: p[11], score: p[12], risk: p[13], sanctions: p[14],
                       sanctioned: p[15], untyped: p[16], recorded_at: $at}]->(x)
RETURN count(m) AS mentions
