// backup_events_beside: events that name changed ones as their cause, or mention entities whose names moved.
// $events    LIST<STRING>  ids
// $entities  LIST<STRING>  keys
// ->         events LIST<STRING>
// door:      pentad backup
// try:       :params {events: ['made-007'], entities: []}
CALL () {
  UNWIND $events AS id
  MATCH (:Event {id: id})<-[:CAUSED_BY|FOLLOWS|PART_OF]-(e:Event)
  RETURN collect(DISTINCT e.id) AS following
}
CALL () {
  UNWIND $entities AS key
  MATCH (:Entity {key: key})<-[:WHO|WHAT|WHERE|WHEN|WHY]-(e:Event)
  RETURN collect(DISTINCT e.id) AS naming
}
RETURN following + naming AS events
