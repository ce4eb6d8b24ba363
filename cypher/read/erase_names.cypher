// erase_names: the names that withdrawn events and documents speak of.
// $events     LIST<STRING>  event ids
// $documents  LIST<STRING>  document ids
// ->          aliases LIST<STRING>
// door:       POST /api/retractions with erase
// try:        :params {events: ['made-001'], documents: []}
CALL () {
  UNWIND $events AS id
  MATCH (:Event {id: id})-[m:WHO|WHAT|WHERE|WHEN|WHY]->()
  UNWIND [m.alias, m.alias0] AS alias
  RETURN alias
  UNION
  UNWIND $documents AS id
  MATCH (:Document {id: id})-[:MAKES]->(:Claim)-[r:ABOUT]->()
  RETURN r.alias AS alias
}
WITH DISTINCT alias WHERE alias IS NOT NULL
RETURN collect(alias) AS aliases
