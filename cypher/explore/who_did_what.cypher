// who_did_what: who did what with whom, newest first: one row an event, the five W's side by side.
// $name    STRING   any name it has, without titles and accents
// $limit   INTEGER  rows at most
// ->       when STRING, who LIST<STRING>, what LIST<STRING>, where LIST<STRING>, why LIST<STRING>, title STRING, id STRING
// door:    GET /api/entities/{key}/timeline
// try:     :params {name: 'Halden Marine', limit: 25}
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
CALL (x) {
  MATCH (x)<-[m:WHO|WHERE]-(e:Event)
  WHERE m.kid IS NOT NULL
  RETURN DISTINCT e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
}
RETURN toString(date(e.occurred_at)) AS when,
       [(e)-[m:WHO]->(o) WHERE m.kid IS NOT NULL | o.name + coalesce(' (' + m.role + ')', '')] AS who,
       [(e)-[m:WHAT]->(o) WHERE m.kid IS NOT NULL | o.name] AS what,
       [(e)-[m:WHERE]->(o) WHERE m.kid IS NOT NULL | o.name] AS where,
       [(e)-[m:WHY]->(o) WHERE m.kid IS NOT NULL | o.name] AS why, e.title AS title, e.id AS id
ORDER BY when DESC, id DESC
