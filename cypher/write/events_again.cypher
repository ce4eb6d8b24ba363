// events_again: new versions of events that are there, or their mentions alone, told anew.
// $rows   LIST<MAP>  id, props (MAP, or NULL: only mentions are told anew), ended (epoch milliseconds or NULL),
//                    mentions LIST<LIST> by place, see events
// $names  LIST<LIST>  by place, see events
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
WITH e, p, $names[p[1]] AS name
MATCH (x)
WHERE elementId(x) = name[0]
CREATE (e)-[m:$(p[0]) {id: p[2], kid: name[1], aid: name[2], ts: e.ts, alias: name[3], surface: p[3], weight: p[4],
                       role: p[5], alias0: p[8], relevance: p[6], score: p[7], risk: p[9], sanctions: p[10],
                       sanctioned: p[11], untyped: p[12], recorded_at: $at}]->(x)
RETURN count(m) AS mentions
