// events: writes events, new ones and new versions of known ones, each with its mentions: an edge to an entity.
// $rows   LIST<MAP>  id, props (MAP, or NULL: only mentions are told anew), ended (epoch milliseconds or NULL),
//                    mentions LIST<MAP>: w (type of the edge: WHO, WHAT, WHERE, WHEN, WHY), entity (element id), props
// $at     ZONED DATETIME  when recorded
// ->      mentions INTEGER
// door:   every ingest
// try:    MATCH (e:Event) OPTIONAL MATCH (e)-[m:WHO]->(x) RETURN e, m, x ORDER BY e.recorded_at DESC LIMIT 25
UNWIND $rows AS row
MERGE (e:Event {id: row.id})
FOREACH (props IN row.props |
  SET e = props, e.recorded_at = $at, e.occurred_at = datetime({epochMillis: props.ts}),
      e.ended_at = CASE WHEN row.ended IS NULL THEN NULL ELSE datetime({epochMillis: row.ended}) END
)
WITH e, row
UNWIND row.mentions AS told
MATCH (x)
WHERE elementId(x) = told.entity
WITH e, x, told.w AS w, told.props AS p
// The properties one by one: a map set as a whole costs a third more. What is NULL is not written.
CREATE (e)-[m:$(w) {id: p.id, kid: p.kid, aid: p.aid, ts: p.ts, alias: p.alias, alias0: p.alias0, surface: p.surface,
                    role: p.role, relevance: p.relevance, score: p.score, weight: p.weight, risk: p.risk,
                    sanctions: p.sanctions, sanctioned: p.sanctioned, untyped: p.untyped, recorded_at: $at}]->(x)
RETURN count(m) AS mentions
